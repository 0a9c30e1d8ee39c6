package dev.riskmanager.recording;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AdminRequested;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.WireJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as lines of a recording: what {@link RecordingFormat} reads back. Pure. */
public final class RecordingEncoder {
  /** The venue has no such status, so it is read back as the unknown one it stands for. */
  private static final int SOME_UNKNOWN_STATUS = 99;

  private RecordingEncoder() {}

  /** The line of an event, without its end. */
  public static String line(Instant t, RiskEvent event) {
    ObjectNode line = object().put("t", t.toString());
    switch (event) {
      case RiskEvent.AccountReported e -> put(line, "GatewayUserAccount", account(e.row()));
      case RiskEvent.OrderReported e -> put(line, "GatewayUserOrder", order(e.order()));
      case RiskEvent.PositionReported e -> put(line, "GatewayUserPosition", reported(e));
      case RiskEvent.TradeReported e -> put(line, "GatewayUserTrade", trade(e.trade()));
      case RiskEvent.QuoteReported e ->
          put(line, "GatewayQuote", quote(e)).put("contractId", e.contract().value());
      case RiskEvent.MarketTraded e ->
          put(line, "GatewayTrade", price(object(), "price", Optional.of(e.price())))
              .put("contractId", e.contract().value());
      case RiskEvent.ContractsListed e ->
          put(line, "Contracts", rows(e.contracts(), RecordingEncoder::contract));
      case SnapshotTaken e ->
          put(line, e.reconciliation() ? "Reconciled" : "Snapshot", snapshot(e));
      case RiskEvent.ClockTicked _ -> put(line, "Clock", object());
      case RiskEvent.Disconnected e -> put(line, "Disconnected", disconnected(e));
      case RiskEvent.Reconnected _ -> put(line, "Reconnected", object());
      case RiskEvent.Held e ->
          put(
              line,
              "Held",
              object().put("accountId", e.account().value()).put("reason", e.reason()));
      case AdminRequested e -> put(line, "Admin", admin(e));
    }
    return WireJson.mapper().writeValueAsString(line);
  }

  /** A line whose payload is not an event of the core. */
  public static String line(Instant t, String name, JsonNode data) {
    ObjectNode line = object().put("t", t.toString());
    return WireJson.mapper().writeValueAsString(put(line, name, data));
  }

  private static ObjectNode put(ObjectNode line, String name, JsonNode data) {
    line.put("event", name);
    line.set("data", data);
    return line;
  }

  private static ObjectNode object() {
    return WireJson.mapper().createObjectNode();
  }

  private static <T> ArrayNode rows(List<T> values, Function<T, ObjectNode> row) {
    ArrayNode rows = WireJson.mapper().createArrayNode();
    values.forEach(value -> rows.add(row.apply(value)));
    return rows;
  }

  private static ObjectNode disconnected(RiskEvent.Disconnected e) {
    ObjectNode data = object().put("reason", e.reason());
    e.since().ifPresent(since -> data.put("since", since.toString()));
    return data;
  }

  private static ObjectNode account(Account a) {
    return money(object().put("id", a.id().value()).put("name", a.name()), "balance", a.balance())
        .put("canTrade", a.canTrade())
        .put("isVisible", a.visible())
        .put("simulated", a.simulated());
  }

  private static ObjectNode order(Order o) {
    OrderStatus status = o.status();
    ObjectNode row =
        object()
            .put("id", o.id())
            .put("accountId", o.account().value())
            .put("contractId", o.contract().value())
            .put("creationTimestamp", o.createdAt().toString())
            .put("updateTimestamp", o.updatedAt().toString())
            .put("status", status == OrderStatus.UNKNOWN ? SOME_UNKNOWN_STATUS : status.code())
            .put("type", o.type().code())
            .put("side", o.side().code())
            .put("size", o.size())
            .put("fillVolume", o.filled());
    price(row, "limitPrice", o.limitPrice());
    price(row, "stopPrice", o.stopPrice());
    o.trailDistance().ifPresent(value -> row.put("trailDistance", value));
    o.parentOrderId().ifPresent(value -> row.put("parentOrderId", value));
    o.linkedOrderId().ifPresent(value -> row.put("linkedOrderId", value));
    if (!o.customTag().isEmpty()) {
      row.put("customTag", o.customTag());
    }
    return row;
  }

  private static ObjectNode reported(RiskEvent.PositionReported e) {
    return e.position()
        .map(RecordingEncoder::position)
        .orElseGet(
            () -> positionOf(e.account().value(), e.contract()).put("type", 0).put("size", 0));
  }

  private static ObjectNode positionOf(long account, ContractId contract) {
    return object().put("accountId", account).put("contractId", contract.value());
  }

  private static ObjectNode position(Position p) {
    ObjectNode row =
        positionOf(p.account().value(), p.contract())
            .put("id", p.id())
            .put("creationTimestamp", p.openedAt().toString())
            .put("type", p.side() == Side.LONG ? 1 : 2)
            .put("size", p.size());
    return price(row, "averagePrice", Optional.of(p.averagePrice()));
  }

  static ObjectNode trade(Trade t) {
    ObjectNode row =
        object()
            .put("id", t.id())
            .put("accountId", t.account().value())
            .put("contractId", t.contract().value())
            .put("creationTimestamp", t.executedAt().toString());
    price(row, "price", Optional.of(t.price()));
    t.profitAndLoss().ifPresent(value -> money(row, "profitAndLoss", value));
    return money(row, "fees", t.fees())
        .put("side", t.side().code())
        .put("size", t.size())
        .put("voided", t.voided())
        .put("orderId", t.orderId());
  }

  private static ObjectNode quote(RiskEvent.QuoteReported e) {
    ObjectNode row = price(object(), "lastPrice", e.last());
    price(row, "bestBid", e.bid());
    return price(row, "bestAsk", e.ask());
  }

  static ObjectNode contract(Contract c) {
    ObjectNode row = object().put("id", c.id().value()).put("name", c.name());
    price(row, "tickSize", Optional.of(c.tickSize()));
    return money(row, "tickValue", c.tickValue()).put("symbolId", c.id().productId());
  }

  private static ObjectNode snapshot(SnapshotTaken e) {
    ObjectNode data = object();
    e.only().ifPresent(account -> data.put("only", account.value()));
    e.accounts().ifPresent(rows -> data.set("accounts", rows(rows, RecordingEncoder::account)));
    e.positions().ifPresent(rows -> data.set("positions", rows(rows, RecordingEncoder::position)));
    e.orders().ifPresent(rows -> data.set("orders", rows(rows, RecordingEncoder::order)));
    e.trades().ifPresent(rows -> data.set("trades", rows(rows, RecordingEncoder::trade)));
    return data;
  }

  private static ObjectNode admin(AdminRequested e) {
    ObjectNode data = object();
    ObjectNode params = object().put("accountId", e.account().value());
    switch (e) {
      case RiskEvent.UnlockRequested unlock -> {
        data.put("method", "unlock");
        unlock
            .rule()
            .ifPresent(rule -> params.put("ruleId", rule.toString()).put("rule", rule.key()));
        unlock.symbol().ifPresent(symbol -> params.put("symbol", symbol));
      }
      case RiskEvent.LockRequested lock -> {
        data.put("method", "lock");
        params.put("until", lock.until().toString());
      }
      case RiskEvent.FlattenRequested _ -> data.put("method", "flatten");
    }
    params.put("reason", e.reason());
    data.set("params", params);
    return data.put("by", e.by());
  }

  private static ObjectNode price(ObjectNode row, String name, Optional<Price> price) {
    price.ifPresent(value -> row.put(name, plain(value.toBigDecimal())));
    return row;
  }

  private static ObjectNode money(ObjectNode row, String name, Money money) {
    return row.put(name, plain(money.toBigDecimal()));
  }

  private static BigDecimal plain(BigDecimal value) {
    return value.stripTrailingZeros();
  }
}
