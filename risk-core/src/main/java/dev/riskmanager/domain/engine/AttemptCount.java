package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.state.Attempts;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.state.TradeBook;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Counts what the guard undoes, by the orders behind it: in each lockout in force that covers the
 * symbol and is older than the order.
 */
final class AttemptCount {
  private AttemptCount() {}

  /** An entry order is cancelled; the leg of a bracket is no attempt beside its entry. */
  static void order(AccountStep step, Order order, String symbol) {
    if (order.parentOrderId().isPresent()) {
      known(step, order);
      return;
    }
    Attempts.Way way = new Attempts.Way(order.contract(), order.side());
    Attempts tried = step.state.locks().attempts();
    count(step, symbol, tried.cancelled(way, order.id(), order.createdAt()), lockout -> true);
  }

  /** An order is cancelled that is no attempt against a lockout, as by the decision of a rule. */
  static void known(AccountStep step, Order order) {
    Locks locks = step.state.locks();
    Attempts.Way way = new Attempts.Way(order.contract(), order.side());
    Attempts.Met met = locks.attempts().cancelled(way, order.id(), order.createdAt());
    step.state = step.state.withLocks(locks.withAttempts(met.attempts()));
  }

  /**
   * A position is closed or reduced.
   *
   * @param held signed contracts, beyond what may stay
   */
  static void position(AccountStep step, ContractId contract, long held) {
    count(
        step,
        step.market.symbol(contract),
        step.state.locks().attempts().undone(contract, held, step.now),
        lockout -> !Baseline.permits(lockout.baseline().of(contract), held));
  }

  /** A fill was told. */
  static void fill(AccountStep step, Trade trade) {
    String symbol = step.market.symbol(trade.contract());
    if (trade.voided() || !step.state.locks().guards(symbol)) {
      return;
    }
    Attempts tried = step.state.locks().attempts();
    Attempts.Fill fill =
        new Attempts.Fill(
            trade.executedAt(),
            trade.profitAndLoss().isEmpty(),
            step.before.holding(trade.contract()).shownAt(trade, step.now).isPresent(),
            tried.closes(trade.contract(), trade.side()));
    Attempts.Way way = new Attempts.Way(trade.contract(), trade.side());
    count(
        step, symbol, tried.told(way, trade.orderId(), placed(step, trade), fill), lockout -> true);
  }

  /** When the order of a fill was placed; at its first fill, where it was not seen working. */
  private static Instant placed(AccountStep step, Trade trade) {
    Order working = step.before.orders().find(trade.orderId());
    if (working != null) {
      return working.createdAt();
    }
    TradeBook.OrderFills fills = step.state.trades().fills().find(trade.orderId());
    Instant first = fills == null ? trade.executedAt() : fills.firstAt();
    return first.isBefore(trade.executedAt()) ? first : trade.executedAt();
  }

  private static void count(
      AccountStep step, String symbol, Attempts.Met met, Predicate<Lockout> forbids) {
    Locks locks = step.state.locks().withAttempts(met.attempts());
    for (Lockout lockout : locks.active()) {
      if (Locks.covers(lockout, symbol) && forbids.test(lockout)) {
        long more = met.unnamed() ? 1 : 0;
        for (Instant placed : met.orders()) {
          more += placed.isAfter(lockout.lockedAt()) ? 1 : 0;
        }
        locks = more == 0 ? locks : locks.withLockout(lockout.withMoreAttempts(more));
      }
    }
    step.state = step.state.withLocks(locks);
  }
}
