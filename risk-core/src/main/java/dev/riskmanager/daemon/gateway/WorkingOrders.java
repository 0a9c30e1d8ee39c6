package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.payload.Translation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the orders that may still fill. {@code Order/v2/query} alone shows suspended children, but
 * it is young: where it does not exist {@code Order/searchOpen} has to do, and where its pages
 * cannot be followed to the end {@code Order/searchOpen} is asked as well.
 */
final class WorkingOrders {
  private static final Logger LOG = LoggerFactory.getLogger(WorkingOrders.class);

  private static final int PAGE = 500;
  private static final int MAX_PAGES = 20;

  /** A missing operation may be back after maintenance. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(5);

  private final RestVenue venue;
  private final InstantSource clock;
  private volatile Instant queryMissingUntil = Instant.MIN;

  /** One page: its orders and how many there are in all, −1 when that was not said. */
  private record Page(List<Order> orders, long total) {}

  WorkingOrders(RestVenue venue, InstantSource clock) {
    this.venue = venue;
    this.clock = clock;
  }

  VenueReply<List<Order>> read(AccountId account) {
    if (clock.instant().isBefore(queryMissingUntil)) {
      return searchOpen(account);
    }
    Map<Long, Order> found = new TreeMap<>();
    Duration took = Duration.ZERO;
    for (int page = 0; page < MAX_PAGES; page++) {
      VenueReply<Page> reply = query(account, page);
      took = took.plus(reply.took());
      switch (reply) {
        case VenueReply.Done<Page>(Page rows, Duration _) -> {
          int before = found.size();
          rows.orders().forEach(order -> found.put(order.id(), order));
          boolean all =
              rows.total() >= 0 ? found.size() >= rows.total() : rows.orders().size() < PAGE;
          if (all) {
            return new VenueReply.Done<>(working(found.values()), took);
          }
          if (found.size() == before) {
            return completed(account, found, took);
          }
        }
        case VenueReply.Refused<Page> refused
            when refused.name().equals("HTTP 404") || refused.name().equals("HTTP 400") -> {
          LOG.warn("Order/v2/query is not available here: suspended orders cannot be seen");
          queryMissingUntil = clock.instant().plus(ASK_AGAIN);
          return searchOpen(account);
        }
        default -> {
          return failed(reply);
        }
      }
    }
    return completed(account, found, took);
  }

  private VenueReply<List<Order>> completed(
      AccountId account, Map<Long, Order> found, Duration took) {
    LOG.warn("Order/v2/query of account {} does not give all its orders", account);
    VenueReply<List<Order>> open = searchOpen(account);
    if (open instanceof VenueReply.Done<List<Order>> done) {
      done.value().forEach(order -> found.put(order.id(), order));
      return new VenueReply.Done<>(working(found.values()), took.plus(done.took()));
    }
    return open;
  }

  private VenueReply<Page> query(AccountId account, int page) {
    ObjectNode body = RestVenue.object();
    ObjectNode filter = body.putObject("filter").put("accountId", account.value());
    var statuses = filter.putArray("statuses");
    for (OrderStatus status : OrderStatus.values()) {
      if (status.isWorking() && status != OrderStatus.UNKNOWN) {
        statuses.add(status.code());
      }
    }
    body.put("pageSize", PAGE).put("pageOffset", page).put("includeTotalCount", true);
    return venue.call(
        Operation.ORDER_QUERY,
        body,
        reply -> {
          JsonNode total = reply.get("totalCount");
          return new Page(
              RestVenue.every(Translation.orders(RestVenue.list(reply, "orders"))),
              total != null && total.isIntegralNumber() ? total.longValue() : -1);
        });
  }

  private VenueReply<List<Order>> searchOpen(AccountId account) {
    ObjectNode body = RestVenue.object().put("accountId", account.value());
    return venue.call(
        Operation.ORDER_SEARCH_OPEN,
        body,
        reply -> working(RestVenue.every(Translation.orders(RestVenue.list(reply, "orders")))));
  }

  private static List<Order> working(Collection<Order> orders) {
    List<Order> working = new ArrayList<>(orders);
    working.removeIf(order -> !order.status().isWorking());
    working.sort(Comparator.comparingLong(Order::id));
    return List.copyOf(working);
  }

  /** The same failure as the reply of another type. */
  private static VenueReply<List<Order>> failed(VenueReply<Page> reply) {
    return switch (reply) {
      case VenueReply.Done<Page> _ -> throw new IllegalArgumentException("not a failure");
      case VenueReply.Refused<Page> r ->
          new VenueReply.Refused<>(
              r.code(), r.name(), r.message(), r.gone(), r.permanent(), r.took());
      case VenueReply.Throttled<Page> t -> new VenueReply.Throttled<>(t.took());
      case VenueReply.Ambiguous<Page> a -> new VenueReply.Ambiguous<>(a.why(), a.took());
      case VenueReply.Unauthorized<Page> u -> new VenueReply.Unauthorized<>(u.why(), u.took());
      case VenueReply.Unreachable<Page> u -> new VenueReply.Unreachable<>(u.why(), u.took());
    };
  }
}
