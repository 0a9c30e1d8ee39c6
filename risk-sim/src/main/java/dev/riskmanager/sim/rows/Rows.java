package dev.riskmanager.sim.rows;

import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.OrderView;
import dev.riskmanager.sim.exchange.PositionView;
import dev.riskmanager.sim.exchange.TradeView;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The venue's rows as JSON. Over REST a member without a value is printed as null and times have
 * six fractional digits; on the hub it is left out and times have seven.
 */
public enum Rows {
  REST,
  /** REST, with the members only newer operations print. */
  REST_FULL,
  HUB;

  public ObjectNode account(AccountView a) {
    ObjectNode row = Json.object();
    row.put("id", a.id());
    row.put("name", a.name());
    row.put("balance", Json.plain(a.balance()));
    row.put("canTrade", a.canTrade());
    row.put("isVisible", true);
    row.put("simulated", true);
    return row;
  }

  public ObjectNode contract(Contract c) {
    ObjectNode row = Json.object();
    row.put("id", c.id());
    row.put("name", c.name());
    row.put("description", c.description());
    row.put("tickSize", c.tickSize());
    row.put("tickValue", c.tickValue());
    row.put("activeContract", c.active());
    row.put("symbolId", c.symbolId());
    return row;
  }

  public ObjectNode order(OrderView o) {
    ObjectNode row = Json.object();
    row.put("id", o.id());
    row.put("accountId", o.accountId());
    row.put("contractId", o.contract().id());
    row.put("symbolId", o.contract().symbolId());
    row.put("creationTimestamp", time(o.created()));
    row.put("updateTimestamp", time(o.updated()));
    row.put("status", o.status().code());
    row.put("type", o.type().code());
    row.put("side", o.side().code());
    row.put("size", o.size());
    nullable(row, "limitPrice", o.limitPrice());
    nullable(row, "stopPrice", o.stopPrice());
    row.put("fillVolume", o.fillVolume());
    nullable(row, "filledPrice", o.filledPrice());
    if (o.customTag() != null || this != HUB) {
      row.put("customTag", o.customTag());
    }
    if (o.trailDistance() != null || this == REST_FULL) {
      row.put("trailDistance", o.trailDistance());
      row.put("trailPrice", o.trailPrice() == null ? null : Json.plain(o.trailPrice()));
    }
    if (o.parentOrderId() != null || this == REST_FULL) {
      row.put("parentOrderId", o.parentOrderId());
    }
    if (o.linkedOrderId() != null || this == REST_FULL) {
      row.put("linkedOrderId", o.linkedOrderId());
    }
    return row;
  }

  public ObjectNode position(PositionView p) {
    ObjectNode row = Json.object();
    row.put("id", p.id());
    row.put("accountId", p.accountId());
    row.put("contractId", p.contract().id());
    row.put("contractDisplayName", p.contract().displayName());
    row.put("creationTimestamp", time(p.created()));
    row.put("type", p.type());
    row.put("size", p.size());
    row.put("averagePrice", Json.plain(p.averagePrice()));
    return row;
  }

  public ObjectNode trade(TradeView t) {
    ObjectNode row = Json.object();
    row.put("id", t.id());
    row.put("accountId", t.accountId());
    row.put("contractId", t.contract().id());
    row.put("creationTimestamp", time(t.created()));
    row.put("price", Json.plain(t.price()));
    nullable(row, "profitAndLoss", t.profitAndLoss());
    row.put("fees", Json.plain(t.fees()));
    if (t.commissions() != null) {
      row.put("commissions", Json.plain(t.commissions()));
    }
    row.put("side", t.side().code());
    row.put("size", t.size());
    row.put("voided", t.voided());
    row.put("orderId", t.orderId());
    return row;
  }

  private String time(Instant time) {
    return this == HUB ? Stamps.hub(time) : Stamps.rest(time);
  }

  private void nullable(ObjectNode row, String name, @Nullable BigDecimal value) {
    if (value != null) {
      row.put(name, Json.plain(value));
    } else if (this != HUB) {
      row.putNull(name);
    }
  }
}
