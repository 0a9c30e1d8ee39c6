package dev.riskmanager.payload;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Fields.Malformed;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One payload or row each, member by member (gateway-api §2.5 to §2.8, §5.6, §5.7). What a rule
 * decides by has no default; only what the venue's own documents leave out may be absent. Pure.
 */
final class Payloads {
  private Payloads() {}

  static Account account(JsonNode data) throws Malformed {
    Fields f = Fields.of(data);
    return new Account(
        f.account("id"),
        f.text("name", ""),
        f.money("balance"),
        f.flag("canTrade"),
        f.flag("isVisible", true),
        f.flag("simulated", true));
  }

  static Order order(JsonNode data) throws Malformed {
    Fields f = Fields.of(data);
    long size = f.integer("size", 1, Fields.MAX_SIZE);
    Instant created = f.time("creationTimestamp");
    return new Order(
        f.id("id"),
        f.account("accountId"),
        f.contract("contractId"),
        OrderStatus.ofCode((int) f.integer("status", 0, Integer.MAX_VALUE)),
        OrderType.ofCode((int) f.integer("type", 0, Integer.MAX_VALUE)),
        side(f),
        size,
        f.optionalInteger("fillVolume", 0, size).orElse(0L),
        f.optionalPrice("limitPrice"),
        f.optionalPrice("stopPrice"),
        f.optionalInteger("trailDistance", Integer.MIN_VALUE, Integer.MAX_VALUE),
        f.optionalId("parentOrderId"),
        f.optionalId("linkedOrderId"),
        created,
        f.optionalTime("updateTimestamp").orElse(created),
        f.text("customTag", ""));
  }

  /** A position of type 0 or size 0 is flat: it is told once and then no more. */
  static RiskEvent.PositionReported position(JsonNode data) throws Malformed {
    Fields f = Fields.of(data);
    AccountId account = f.account("accountId");
    ContractId contract = f.contract("contractId");
    long type = f.integer("type", 0, 2);
    long size = f.integer("size", 0, Fields.MAX_SIZE);
    if (type == 0 || size == 0) {
      return new RiskEvent.PositionReported(account, contract, Optional.empty());
    }
    Position position =
        new Position(
            f.id("id"),
            account,
            contract,
            type == 1 ? Side.LONG : Side.SHORT,
            size,
            f.price("averagePrice"),
            f.time("creationTimestamp"));
    return new RiskEvent.PositionReported(account, contract, Optional.of(position));
  }

  static Trade trade(JsonNode data) throws Malformed {
    Fields f = Fields.of(data);
    Money fees = f.optionalMoney("fees").orElse(Money.ZERO);
    Money commissions = f.optionalMoney("commissions").orElse(Money.ZERO);
    return new Trade(
        f.id("id"),
        f.account("accountId"),
        f.contract("contractId"),
        side(f),
        f.integer("size", 1, Fields.MAX_SIZE),
        f.price("price"),
        f.optionalMoney("profitAndLoss"),
        fees.plus(commissions),
        f.id("orderId"),
        f.time("creationTimestamp"),
        f.flag("voided", false));
  }

  private static OrderSide side(Fields f) throws Malformed {
    return f.integer("side", 0, 1) == 0 ? OrderSide.BUY : OrderSide.SELL;
  }

  static RiskEvent.QuoteReported quote(@Nullable String contractId, JsonNode data)
      throws Malformed {
    Fields f = Fields.of(data);
    return new RiskEvent.QuoteReported(
        contractOf(contractId, f, "contract"),
        f.quoted("lastPrice"),
        f.quoted("bestBid"),
        f.quoted("bestAsk"));
  }

  static RiskEvent.MarketTraded marketTrade(@Nullable String contractId, JsonNode data)
      throws Malformed {
    Fields f = Fields.of(data);
    Price price =
        f.quoted("price").orElseThrow(() -> new Malformed("member price is missing or 0"));
    return new RiskEvent.MarketTraded(contractOf(contractId, f, "contractId"), price);
  }

  private static ContractId contractOf(@Nullable String told, Fields f, String member)
      throws Malformed {
    if (told != null && !told.isBlank()) {
      return new ContractId(told);
    }
    return f.has(member) ? f.contract(member) : f.contract("contractId");
  }

  static Contract contract(JsonNode data) throws Malformed {
    Fields f = Fields.of(data);
    String name = f.text("name");
    ContractId id = f.contract("id");
    Price tickSize = f.price("tickSize");
    Money tickValue = f.money("tickValue");
    if (tickSize.signum() <= 0) {
      throw new Malformed("member tickSize is not positive");
    }
    if (tickValue.signum() <= 0) {
      throw new Malformed("member tickValue is not positive");
    }
    return new Contract(id, Contract.symbolOf(name), name, tickSize, tickValue);
  }
}
