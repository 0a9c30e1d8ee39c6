package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.EndedOrder;

/** How much of a position is protected, from the orders that are working now. */
final class Cover {
  private Cover() {}

  /** Contracts of a position that stops (types 3, 4 and 5) on the other side would close. */
  static long byStops(AccountState account, Position position) {
    long cover = 0;
    for (LongMap.Entry<Order> entry : account.orders()) {
      Order order = entry.value();
      cover += order.type().isStop() && protects(account, order, position) ? order.remaining() : 0;
    }
    return cover;
  }

  /** Contracts of a position that limit orders on the other side would close. */
  static long byLimits(AccountState account, Position position) {
    long cover = 0;
    for (LongMap.Entry<Order> entry : account.orders()) {
      Order order = entry.value();
      boolean limit = order.type() == OrderType.LIMIT;
      cover += limit && protects(account, order, position) ? order.remaining() : 0;
    }
    return cover;
  }

  /** Whether an order is on the other side of a position, and stands. */
  static boolean protects(AccountState account, Order order, Position position) {
    return order.contract().equals(position.contract())
        && !order.side().increases(position.side())
        && stands(account, order);
  }

  /** A suspended child stands only when the entry it belongs to has filled. */
  private static boolean stands(AccountState account, Order order) {
    return switch (order.status()) {
      case OPEN, PENDING -> true;
      case SUSPENDED -> order.parentOrderId().filter(id -> hasFilled(account, id)).isPresent();
      case NONE, FILLED, CANCELLED, EXPIRED, REJECTED, PENDING_CANCELLATION, UNKNOWN -> false;
    };
  }

  private static boolean hasFilled(AccountState account, long parent) {
    Order working = account.orders().find(parent);
    EndedOrder ended = account.endedOrders().find(parent);
    return (working != null && working.filled() > 0)
        || (ended != null && ended.filled())
        || account.trades().fills().containsKey(parent);
  }
}
