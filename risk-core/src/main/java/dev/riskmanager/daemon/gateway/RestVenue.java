package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.RestClient.Exchange;
import dev.riskmanager.daemon.gateway.RestClient.Lane;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Fields;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.WireJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The venue's REST operations over HTTP. An expired token is renewed once; reads, closes and
 * cancels are then sent again, everything else is answered with {@code Unauthorized} so that the
 * caller reads first (rules §5).
 *
 * <p>Every request makes one line in the log "api"; tokens and keys are never in it.
 */
public final class RestVenue implements Venue {
  private static final Logger API = LoggerFactory.getLogger("api");

  private final RestClient client;
  private final TokenSource tokens;
  private final WorkingOrders workingOrders;

  RestVenue(RestClient client, TokenSource tokens, InstantSource clock) {
    this.client = client;
    this.tokens = tokens;
    this.workingOrders = new WorkingOrders(this, clock);
  }

  /**
   * All of them: an account that the venue has stopped is no "active" one, and would seem unknown
   * instead of stopped.
   */
  @Override
  public VenueReply<List<Account>> accounts() {
    ObjectNode body = object().put("onlyActiveAccounts", false);
    return call(
        Operation.ACCOUNT_SEARCH,
        body,
        reply -> every(Translation.accounts(list(reply, "accounts"))));
  }

  @Override
  public VenueReply<List<Position>> openPositions(AccountId account) {
    return call(
        Operation.POSITION_SEARCH_OPEN,
        of(account),
        reply -> every(Translation.positions(list(reply, "positions"))));
  }

  @Override
  public VenueReply<List<Order>> workingOrders(AccountId account) {
    return workingOrders.read(account);
  }

  @Override
  public VenueReply<List<Trade>> trades(AccountId account, Instant since) {
    ObjectNode body = of(account).put("startTimestamp", since.toString());
    return call(
        Operation.TRADE_SEARCH,
        body,
        reply ->
            usable(Translation.trades(list(reply, "trades"))).stream()
                .filter(trade -> !trade.executedAt().isBefore(since))
                .sorted(Comparator.comparing(Trade::executedAt).thenComparingLong(Trade::id))
                .toList());
  }

  @Override
  public VenueReply<List<Contract>> contracts() {
    ObjectNode body = object().put("live", false);
    return call(
        Operation.CONTRACT_AVAILABLE,
        body,
        reply -> usable(Translation.contracts(list(reply, "contracts"))));
  }

  @Override
  public VenueReply<Contract> contract(ContractId contract) {
    ObjectNode body = object().put("contractId", contract.value());
    return call(
        Operation.CONTRACT_BY_ID,
        body,
        reply -> {
          JsonNode row = reply.get("contract");
          List<Contract> rows =
              every(
                  Translation.contracts(
                      WireJson.mapper()
                          .createArrayNode()
                          .add(row == null ? NullNode.getInstance() : row)));
          if (rows.isEmpty()) {
            throw new Fields.Malformed("member contract is missing");
          }
          return rows.getFirst();
        });
  }

  @Override
  public VenueReply<Void> closePosition(AccountId account, ContractId contract) {
    ObjectNode body = of(account).put("contractId", contract.value());
    return change(Operation.POSITION_CLOSE, body, Lane.CLOSES);
  }

  @Override
  public VenueReply<Void> partialClose(AccountId account, ContractId contract, long size) {
    ObjectNode body = of(account).put("contractId", contract.value()).put("size", size);
    return change(Operation.POSITION_PARTIAL_CLOSE, body, Lane.CLOSES);
  }

  @Override
  public VenueReply<Void> cancelOrder(AccountId account, long orderId) {
    return change(Operation.ORDER_CANCEL, of(account).put("orderId", orderId), Lane.GENERAL);
  }

  @Override
  public VenueReply<Void> modifyOrder(
      AccountId account,
      long orderId,
      Optional<Long> size,
      Optional<Price> limit,
      Optional<Price> stop) {
    ObjectNode body = of(account).put("orderId", orderId);
    size.ifPresent(value -> body.put("size", value));
    limit.ifPresent(value -> body.put("limitPrice", plain(value)));
    stop.ifPresent(value -> body.put("stopPrice", plain(value)));
    return change(Operation.ORDER_MODIFY, body, Lane.GENERAL);
  }

  @Override
  public VenueReply<Long> placeOrder(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      Optional<Price> limit,
      Optional<Price> stop,
      String customTag) {
    ObjectNode body =
        of(account)
            .put("contractId", contract.value())
            .put("type", type.code())
            .put("side", side.code())
            .put("size", size)
            .put("customTag", customTag);
    limit.ifPresent(value -> body.put("limitPrice", plain(value)));
    stop.ifPresent(value -> body.put("stopPrice", plain(value)));
    return call(Operation.ORDER_PLACE, body, reply -> Fields.of(reply).id("orderId"));
  }

  /** A request whose success carries nothing. */
  @SuppressWarnings("NullAway") // Void has no value but null, and the port asks for Void.
  private VenueReply<Void> change(Operation operation, ObjectNode body, Lane lane) {
    return call(operation, body, lane, reply -> null);
  }

  <T> VenueReply<T> call(Operation operation, ObjectNode body, Replies.Reader<T> reader) {
    return call(operation, body, Lane.GENERAL, reader);
  }

  private <T> VenueReply<T> call(
      Operation operation, ObjectNode body, Lane lane, Replies.Reader<T> reader) {
    VenueReply<T> reply;
    try {
      reply = callWithToken(operation, body, lane, reader);
    } catch (LoginException.Rejected e) {
      reply = new VenueReply.Unauthorized<>(String.valueOf(e.getMessage()), Duration.ZERO);
    } catch (LoginException.Unavailable e) {
      reply = new VenueReply.Unreachable<>(String.valueOf(e.getMessage()), Duration.ZERO);
    } catch (LoginException e) {
      throw new AssertionError("sealed", e);
    }
    API.info(
        "{}{} {} {} ms",
        operation.path(),
        subject(body),
        Replies.describe(reply),
        reply.took().toMillis());
    return reply;
  }

  private <T> VenueReply<T> callWithToken(
      Operation operation, ObjectNode body, Lane lane, Replies.Reader<T> reader)
      throws LoginException {
    TokenSource.Token token = tokens.current();
    Exchange exchange = client.send(operation, body, token.value(), lane);
    if (!Replies.isUnauthorized(exchange)) {
      return Replies.of(operation, exchange, reader);
    }
    Duration before = exchange.took();
    try {
      token = tokens.replace(token);
    } catch (LoginException e) {
      return new VenueReply.Unauthorized<>(
          "the token was refused and a new one is not to be had: " + e.getMessage(), before);
    }
    if (!operation.repeatsAfterRenewal()) {
      return new VenueReply.Unauthorized<>("the token was refused and is renewed now", before);
    }
    return Replies.of(operation, client.send(operation, body, token.value(), lane), reader);
  }

  /** What a request is about, for the log: ids only. */
  private static String subject(ObjectNode body) {
    StringBuilder subject = new StringBuilder();
    for (String name : List.of("accountId", "contractId", "orderId", "size")) {
      JsonNode value = body.get(name);
      if (value != null) {
        subject.append(' ').append(name).append('=').append(value.asString(""));
      }
    }
    return subject.toString();
  }

  static ObjectNode object() {
    return WireJson.mapper().createObjectNode();
  }

  private static ObjectNode of(AccountId account) {
    return object().put("accountId", account.value());
  }

  private static BigDecimal plain(Price price) {
    return price.toBigDecimal().stripTrailingZeros();
  }

  /** A payload list; the venue may leave an empty one out or print null. */
  static JsonNode list(JsonNode reply, String name) {
    JsonNode rows = reply.get(name);
    return rows == null ? NullNode.getInstance() : rows;
  }

  /** All rows or none: what a row that cannot be read stands for must not seem absent. */
  static <T> List<T> every(Translation.Rows<T> rows) throws Fields.Malformed {
    if (!rows.rejected().isEmpty()) {
      throw new Fields.Malformed(rows.rejected().getFirst().toString());
    }
    return rows.rows();
  }

  /** The rows that can be read; the others are said in the log. */
  private static <T> List<T> usable(Translation.Rows<T> rows) throws Fields.Malformed {
    for (Translation.Rejected rejected : rows.rejected()) {
      if (rows.rows().isEmpty() && rejected.reason().equals("it is not a list")) {
        throw new Fields.Malformed(rejected.toString());
      }
      LoggerFactory.getLogger(RestVenue.class).error("Row left out: {}", rejected);
    }
    return rows.rows();
  }
}
