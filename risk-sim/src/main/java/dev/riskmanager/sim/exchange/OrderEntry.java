package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.Quote;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** New orders, changes and cancels, as they arrive; called under the lock. */
final class OrderEntry {
  private final Floor floor;
  private final OrderChecks checks;
  private final Matcher matcher;

  OrderEntry(Floor floor, Matcher matcher) {
    this.floor = floor;
    this.checks = new OrderChecks(floor);
    this.matcher = matcher;
  }

  /**
   * @param price where a market order fills at once; null for the market
   */
  Outcome place(OrderRequest r, @Nullable BigDecimal price) {
    Account account = floor.accounts.get(r.accountId());
    if (account == null) {
      return Outcome.refused(Reason.ACCOUNT_NOT_FOUND);
    }
    Optional<Contract> found = floor.catalog.byId(r.contractId());
    if (found.isEmpty()) {
      return Outcome.refused(Reason.CONTRACT_NOT_FOUND);
    }
    Contract contract = found.get();
    if (!contract.active() && floor.knobs.get(TradingKnobs.REJECT_INACTIVE)) {
      return Outcome.refused(Reason.CONTRACT_NOT_ACTIVE);
    }
    if (!floor.canTrade(account)) {
      return Outcome.refused(
          floor.knobs.get(TradingKnobs.CAN_TRADE_CODE) == 10
              ? Reason.ACCOUNT_REJECTED
              : Reason.ACCOUNT_VIOLATION);
    }
    Optional<OrderType> type = OrderType.of(r.type());
    if (type.isEmpty() || (r.side() != 0 && r.side() != 1)) {
      return Outcome.refused(Reason.REJECTED, "Invalid order type or side.");
    }
    Order order = order(account, contract, type.get(), r);
    order.forcedPrice = type.get() == OrderType.MARKET ? price : null;
    account.orders.put(order.id, order);
    Reason reason = Reason.REJECTED;
    String wrong;
    if (floor.tradable(contract)) {
      wrong = checks.place(r, contract, type.get(), account);
    } else {
      wrong = OrderChecks.NOT_TRADING;
      if (!floor.inSession() && floor.knobs.get(TradingKnobs.SESSION_CODE) == 5) {
        reason = Reason.OUTSIDE_HOURS;
      }
    }
    if (r.customTag() != null) {
      account.tags.add(r.customTag());
    }
    if (wrong != null) {
      order.status = OrderStatus.REJECTED;
      floor.after(TradingKnobs.REJECT_MS, () -> floor.finish(order, OrderStatus.REJECTED));
      return new Outcome(reason, wrong, order.id);
    }
    Brackets.attach(floor, order, r);
    matcher.submit(order);
    return Outcome.ok(order.id);
  }

  private Order order(Account account, Contract contract, OrderType type, OrderRequest r) {
    OrderSide side = r.side() == OrderSide.BUY.code() ? OrderSide.BUY : OrderSide.SELL;
    Order order =
        new Order(
            floor.nextOrderId(0),
            account.id,
            contract,
            floor.now(),
            type,
            side,
            r.size(),
            r.customTag());
    Quote quote = floor.quote(contract);
    switch (type) {
      case LIMIT -> order.limitPrice = r.limitPrice();
      case JOIN_BID -> order.limitPrice = quote.bid();
      case JOIN_ASK -> order.limitPrice = quote.ask();
      case STOP -> order.stopPrice = r.stopPrice();
      case STOP_LIMIT -> {
        order.limitPrice = r.limitPrice();
        order.stopPrice = r.stopPrice();
      }
      case TRAILING_STOP -> trail(order, r.trailPrice(), quote.last());
      case MARKET -> {}
    }
    return order;
  }

  /** The level asked for fixes a distance in whole ticks; the distance then follows the market. */
  private static void trail(Order order, @Nullable BigDecimal level, BigDecimal last) {
    if (level != null) {
      int ticks = order.contract.ticksIn(last.subtract(level));
      order.trailTicks = ticks;
      order.stopPrice = last.subtract(order.contract.ticks((long) ticks * order.side.sign() * -1));
    }
  }

  Outcome modify(long accountId, long orderId, OrderChange change) {
    Account account = floor.accounts.get(accountId);
    if (account == null) {
      return Outcome.refused(Reason.ACCOUNT_NOT_FOUND);
    }
    Order order = account.orders.get(orderId);
    if (order == null || order.status.finished()) {
      return Outcome.refused(Reason.ORDER_NOT_FOUND);
    }
    if (order.status != OrderStatus.OPEN) {
      return Outcome.refused(Reason.PENDING);
    }
    if (!floor.tradable(order.contract)) {
      return Outcome.refused(Reason.REJECTED, OrderChecks.NOT_TRADING);
    }
    BigDecimal limit = change.limitPrice() == null ? order.limitPrice : change.limitPrice();
    BigDecimal stop = change.stopPrice() == null ? order.stopPrice : change.stopPrice();
    String wrong =
        change.limitPrice() == null && change.stopPrice() == null
            ? null
            : checks.prices(order.contract, order.type, order.side, limit, stop);
    if (wrong == null && change.trailPrice() != null) {
      wrong = checks.trail(order.contract, change.trailPrice(), false);
    }
    if (wrong == null && change.size() != null && change.size() <= order.filled) {
      wrong = "Invalid order size.";
    }
    if (wrong != null) {
      return Outcome.refused(Reason.REJECTED, wrong);
    }
    order.limitPrice = order.limitPrice == null ? null : limit;
    order.stopPrice = order.stopPrice == null ? null : stop;
    if (order.type == OrderType.TRAILING_STOP) {
      trail(order, change.trailPrice(), floor.quote(order.contract).last());
    }
    if (change.size() != null) {
      order.size = change.size();
    }
    order.updated = floor.now();
    floor.changed(order);
    matcher.arrived(order);
    return Outcome.ok(orderId);
  }

  Outcome cancel(long accountId, long orderId) {
    Account account = floor.accounts.get(accountId);
    if (account == null) {
      return Outcome.refused(Reason.ACCOUNT_NOT_FOUND);
    }
    Order order = account.orders.get(orderId);
    if (order == null) {
      return Outcome.refused(Reason.ORDER_NOT_FOUND);
    }
    if (order.status.finished()) {
      return Outcome.refused(
          switch (floor.knobs.get(TradingKnobs.CANCEL_FINISHED_CODE).intValue()) {
            case 3 -> Reason.REJECTED;
            case 4 -> Reason.PENDING;
            case 5 -> Reason.UNKNOWN_ERROR;
            default -> Reason.ORDER_NOT_FOUND;
          });
    }
    if (order.status == OrderStatus.PENDING && order.type == OrderType.MARKET) {
      return Outcome.refused(Reason.PENDING);
    }
    matcher.cancel(order);
    return Outcome.ok(orderId);
  }
}
