package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;

/** What is done about orders: an entry is cancelled, what protects a position stays. */
final class OrderGuard {
  private OrderGuard() {}

  /** Cancels one that would increase exposure, and resizes one that is too large. */
  static void apply(AccountStep step, Order order, String symbol) {
    AccountState state = step.state;
    if (order.status() == OrderStatus.PENDING_CANCELLATION
        || order.remaining() == 0
        || state.locks().cancelled().containsKey(order.id())) {
      return;
    }
    long coverable = coverable(state, order);
    if (coverable == 0) {
      step.lines
          .plan()
          .add(cancel(order, symbol, Guard.cause(step, symbol, "entry order while locked")));
      AttemptCount.order(step, order, symbol);
      step.state = step.state.withLocks(step.state.locks().withCancelled(order.id()));
      return;
    }
    if (order.remaining() <= coverable) {
      step.state = state.withLocks(state.locks().withoutResized(order.id()));
      return;
    }
    long toSize = order.filled() + coverable;
    // What was asked for may be under way: it is never taken back for the sake of more.
    boolean asked = state.locks().resized().get(order.id()).filter(s -> s <= toSize).isPresent();
    if (!asked) {
      Cause cause = Guard.cause(step, symbol, "larger than the position of " + coverable);
      step.lines.plan().add(resize(order, symbol, toSize, cause));
      step.state = state.withLocks(state.locks().withResized(order.id(), toSize));
    }
  }

  /**
   * Contracts that an order would close; 0 when it is an entry. A position that is about to open or
   * to close is looked at both ways: its only stop must never be taken away.
   */
  private static long coverable(AccountState state, Order order) {
    Holding holding = state.holding(order.contract());
    return Math.max(opposed(order, holding.signedSize()), opposed(order, holding.implied()));
  }

  private static Decision.ResizeOrder resize(Order order, String symbol, long toSize, Cause cause) {
    return new Decision.ResizeOrder(
        cause, symbol, order.contract(), order.id(), order.side(), order.size(), toSize);
  }

  /** Contracts of a signed position that such an order would close; 0 when it is an entry. */
  private static long opposed(Order order, long signedPosition) {
    return signedPosition == 0 || order.side().increases(Side.ofSigned(signedPosition))
        ? 0
        : Math.abs(signedPosition);
  }

  private static Decision.CancelOrder cancel(Order order, String symbol, Cause cause) {
    return new Decision.CancelOrder(
        cause, symbol, order.contract(), order.id(), order.side(), order.size());
  }

  /**
   * Cancels orders that a rule asked for. One that is an entry only because it is too large, and
   * whose position stays, is what protects that position: it is made as small instead.
   */
  static void cancelOrders(AccountStep step, Iterable<Order> orders, Cause cause) {
    for (Order order : orders) {
      String symbol = step.market.symbol(order.contract());
      long coverable = coverable(step.state, order);
      boolean protects = coverable > 0 && !step.lines.plan().closes(order.contract());
      step.lines
          .plan()
          .add(
              protects
                  ? resize(order, symbol, order.filled() + coverable, cause)
                  : cancel(order, symbol, cause));
    }
  }

  /**
   * The unfilled rest of the order that brought a lockout about is cancelled, unless it is a stop:
   * of a stop, the rest is what still protects.
   */
  static void cancelRest(AccountStep step, long orderId) {
    Order order = step.state.orders().find(orderId);
    if (order == null
        || order.type().isStop()
        || order.remaining() == 0
        || order.status() == OrderStatus.PENDING_CANCELLATION
        || step.state.locks().cancelled().containsKey(orderId)) {
      return;
    }
    String symbol = step.market.symbol(order.contract());
    step.lines
        .plan()
        .add(
            cancel(
                order,
                symbol,
                Guard.cause(step, symbol, "rest of the order that led to the lockout")));
    step.state = step.state.withLocks(step.state.locks().withCancelled(orderId));
    AttemptCount.known(step, order);
  }
}
