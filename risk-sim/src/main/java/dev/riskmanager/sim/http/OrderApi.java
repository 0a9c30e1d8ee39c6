package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.exchange.Exchange;
import dev.riskmanager.sim.exchange.OrderChange;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderRequest.Bracket;
import dev.riskmanager.sim.exchange.OrderStatus;
import dev.riskmanager.sim.exchange.OrderView;
import dev.riskmanager.sim.exchange.Outcome;
import dev.riskmanager.sim.exchange.Reader;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.rows.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders: placing, changing, cancelling, finding. */
final class OrderApi {
  private static final int DEFAULT_PAGE = 100;
  private static final int MOST_ROWS = 1_000;
  private static final Set<Integer> LIVE =
      Stream.of(OrderStatus.values())
          .filter(s -> !s.finished())
          .map(OrderStatus::code)
          .collect(Collectors.toUnmodifiableSet());

  private final Exchange exchange;
  private final Reader reader;

  OrderApi(Exchange exchange) {
    this.exchange = exchange;
    this.reader = exchange.reader();
  }

  ObjectNode place(Call call) {
    Body b = call.body();
    return placed(call.operation(), exchange.place(request(b, b.wide("accountId"))));
  }

  /** The reply to a placed order: its id, even when it was rejected. */
  static ObjectNode placed(Operation operation, Outcome outcome) {
    ObjectNode reply = Json.object();
    reply.put("orderId", outcome.orderId());
    ObjectNode envelope = Envelope.of(operation, outcome);
    envelope.properties().forEach(e -> reply.set(e.getKey(), e.getValue()));
    return reply;
  }

  static OrderRequest request(Body b, long accountId) {
    return new OrderRequest(
        accountId,
        b.text("contractId"),
        b.integer("type"),
        b.integer("side"),
        b.integer("size"),
        b.optionalDecimal("limitPrice"),
        b.optionalDecimal("stopPrice"),
        b.optionalDecimal("trailPrice"),
        b.optionalText("customTag"),
        bracket(b, "stopLossBracket"),
        bracket(b, "takeProfitBracket"));
  }

  private static @Nullable Bracket bracket(Body b, String name) {
    Body leg = b.optionalObject(name);
    return leg == null ? null : new Bracket(leg.integer("ticks"), leg.integer("type"));
  }

  ObjectNode modify(Call call) {
    Body b = call.body();
    OrderChange change =
        new OrderChange(
            b.optionalInteger("size"),
            b.optionalDecimal("limitPrice"),
            b.optionalDecimal("stopPrice"),
            b.optionalDecimal("trailPrice"));
    return Envelope.of(
        call.operation(), exchange.modify(b.wide("accountId"), b.wide("orderId"), change));
  }

  ObjectNode cancel(Call call) {
    Body b = call.body();
    return Envelope.of(call.operation(), exchange.cancel(b.wide("accountId"), b.wide("orderId")));
  }

  ObjectNode search(Call call) {
    Body b = call.body();
    long account = b.wide("accountId");
    Instant from = b.time("startTimestamp");
    Instant to = b.optionalTime("endTimestamp");
    return rows(call, account, () -> reader.search(account, from, to));
  }

  ObjectNode searchOpen(Call call) {
    long account = call.body().wide("accountId");
    return rows(call, account, () -> reader.working(account));
  }

  private ObjectNode rows(Call call, long account, Supplier<List<OrderView>> rows) {
    return reader.hasAccount(account)
        ? Envelope.rows("orders", rows.get(), Rows.REST::order)
        : Envelope.noRows("orders", call.operation(), Reason.ACCOUNT_NOT_FOUND);
  }

  ObjectNode byId(Call call) {
    Body b = call.body();
    long id = b.wide("orderId");
    Optional<OrderView> found =
        reader.orders(b.wide("accountId"), o -> o.id() == id).stream().findFirst();
    ObjectNode reply = Json.object();
    found.ifPresentOrElse(
        o -> reply.set("order", Rows.REST_FULL.order(o)), () -> reply.putNull("order"));
    return Envelope.close(reply, found.isPresent() ? 0 : 1, null);
  }

  /** The only operation that shows Pending and Suspended orders. */
  ObjectNode query(Call call) {
    Body b = call.body();
    Body filter = b.optionalObject("filter");
    if (filter == null) {
      throw new BadRequest("The filter field is required.");
    }
    long account = filter.wide("accountId");
    if (!reader.hasAccount(account)) {
      return Envelope.noRows("orders", call.operation(), Reason.ACCOUNT_NOT_FOUND);
    }
    List<Integer> statuses = statuses(filter.node().get("statuses"));
    String contract = filter.optionalText("contractId");
    Instant after = filter.optionalTime("createdAfter");
    Instant before = filter.optionalTime("createdBefore");
    Predicate<OrderView> wanted =
        o ->
            (statuses.isEmpty() || statuses.contains(o.status().code()))
                && (contract == null || contract.equals(o.contract().id()))
                && (after == null || !o.created().isBefore(after))
                && (before == null || !o.created().isAfter(before));
    boolean live = !statuses.isEmpty() && LIVE.containsAll(statuses);
    List<OrderView> all =
        new ArrayList<>(live ? reader.live(account, wanted) : reader.orders(account, wanted));
    all.sort(order(within(b, "sortBy", 0, 1, 0), within(b, "sortDirection", 0, 1, 0)));
    int size = within(b, "pageSize", 1, MOST_ROWS, DEFAULT_PAGE);
    int offset = within(b, "pageOffset", 0, Integer.MAX_VALUE, 0);
    List<OrderView> page = all.stream().skip(offset).limit(size).toList();
    Function<OrderView, ObjectNode> row = Rows.REST_FULL::order;
    ObjectNode reply = Json.object();
    var list = reply.putArray("orders");
    page.forEach(o -> list.add(row.apply(o)));
    if (b.flag("includeTotalCount", false)) {
      reply.put("totalCount", all.size());
    } else {
      reply.putNull("totalCount");
    }
    return Envelope.close(reply, 0, null);
  }

  private static Comparator<OrderView> order(int sortBy, int direction) {
    Comparator<OrderView> byId = Comparator.comparingLong(OrderView::id);
    Comparator<OrderView> ascending =
        sortBy == 1 ? byId : Comparator.comparing(OrderView::created).thenComparing(byId);
    return direction == 1 ? ascending.reversed() : ascending;
  }

  private static List<Integer> statuses(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return List.of();
    }
    List<Integer> result = new ArrayList<>();
    for (JsonNode status : node.values()) {
      if (!status.isInt()) {
        throw new BadRequest("The statuses field must be a list of numbers.");
      }
      result.add(status.intValue());
    }
    if (!node.isArray()) {
      throw new BadRequest("The statuses field must be a list of numbers.");
    }
    return result;
  }

  private static int within(Body b, String name, int min, int max, int absent) {
    Integer value = b.optionalInteger(name);
    if (value == null) {
      return absent;
    }
    if (value < min || value > max) {
      throw new BadRequest("The " + name + " field must be from " + min + " to " + max + ".");
    }
    return value;
  }
}
