package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.Attempts;
import dev.riskmanager.domain.state.TradeBook;
import java.time.Instant;

/** Counts what the guard undoes, by the orders behind it. */
final class AttemptCount {
  private AttemptCount() {}

  /** An entry order is cancelled. One from before the lockout is no attempt against it. */
  static void order(AccountStep step, Order order, String symbol) {
    Attempts attempts = step.state.locks().attempts();
    Attempts.Aim aim = new Attempts.Aim(order.contract(), order.side(), 0);
    boolean counts = order.createdAt().isAfter(since(step, symbol));
    keep(step, attempts.withOrder(order.id(), aim, counts));
  }

  /**
   * A position is closed or reduced.
   *
   * @param held signed contracts, beyond what may stay
   * @param closing those of the close that is outstanding, 0 for none
   */
  static void position(AccountStep step, ContractId contract, long held, long closing) {
    OrderSide side = held > 0 ? OrderSide.BUY : OrderSide.SELL;
    Attempts before = step.state.locks().attempts();
    Attempts after = withFills(step, contract, side, before);
    boolean growth = Long.signum(closing) == Long.signum(held);
    if (after == before && !growth) {
      after = before.withPosition(contract, side, step.state.trades().fills());
    }
    keep(step, after);
  }

  /** With the orders whose fills are known, and whose working was never seen. */
  private static Attempts withFills(
      AccountStep step, ContractId contract, OrderSide side, Attempts before) {
    Instant since = since(step, step.market.symbol(contract));
    Attempts attempts = before;
    for (LongMap.Entry<Trade> entry : step.state.trades().trades()) {
      Trade trade = entry.value();
      boolean opens = trade.profitAndLoss().isEmpty() && !trade.voided();
      if (opens
          && trade.side() == side
          && trade.contract().equals(contract)
          && trade.executedAt().isAfter(since)) {
        TradeBook.OrderFills fills = step.state.trades().fills().find(trade.orderId());
        boolean counts = fills == null || fills.firstAt().isAfter(since);
        Attempts.Aim aim = new Attempts.Aim(contract, side, fills == null ? 1 : fills.fills());
        attempts = attempts.withOrder(trade.orderId(), aim, counts);
      }
    }
    return attempts;
  }

  private static Instant since(AccountStep step, String symbol) {
    return step.state.locks().governing(symbol).orElseThrow().lockedAt();
  }

  private static void keep(AccountStep step, Attempts attempts) {
    step.state = step.state.withLocks(step.state.locks().withAttempts(attempts));
  }
}
