package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;

/**
 * Knows market orders that are a close, most likely ours: the venue gives our closes no tag. Where
 * the core does not know a position yet, its close looks like an entry to it; cancelled, the
 * position would stay.
 */
final class OwnCloses {
  private final Book book;
  private final Closing closing;

  OwnCloses(Book book, Closing closing) {
    this.book = book;
    this.closing = closing;
  }

  /**
   * Whether an order, as read, closes no more than what is held, and may still fill. What of
   * several orders together is too much is none. Where the position has gone, the order may have,
   * too: the orders are read with it.
   */
  boolean isOne(Order order) {
    return closing.hasTried(order.contract())
        && closing.mayFill(order)
        && book.position(order.contract())
            .map(held -> fits(order, held))
            .orElseGet(() -> book.ordersSent().seq() < book.positionsSent().seq());
  }

  private boolean fits(Order order, Position held) {
    if (order.side() != OrderSide.closing(held.side())) {
      return false;
    }
    long sum =
        book.ordersOf(order.contract()).stream()
            .filter(o -> o.type() == OrderType.MARKET && o.side() == order.side())
            .filter(o -> o.id() <= order.id())
            .mapToLong(Order::remaining)
            .sum();
    return sum <= held.size();
  }

  /**
   * Whether an order that no read since that decision has shown may be one; a read will tell. A
   * limit or a stop is none.
   */
  boolean mayBeOne(Goals.Cancel cancel, Moment now) {
    Decision.CancelOrder order = cancel.decision();
    return cancel.market()
        && book.ordersSent().seq() <= cancel.seq()
        && closing.mayHaveSent(order.contract(), order.side(), order.size(), now);
  }
}
