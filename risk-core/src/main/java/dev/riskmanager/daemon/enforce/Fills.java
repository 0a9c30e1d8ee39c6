package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Market orders that close a position and still work, as reads show them: a close that has not
 * filled yet, ours, the trader's, or ours from before a restart. A second close on top of it would
 * open the other side, so it is waited for; but not for ever.
 */
final class Fills {
  /** A market order that works for longer is not believed to fill. */
  static final long PATIENCE = 5 * Timing.SECOND;

  /** A close that nobody lets us see the fate of is believed to be over after that time. */
  static final long BLIND_PATIENCE = 2 * Timing.SECOND;

  /** A market order that works is looked at after that, and then ever more rarely. */
  private static final long LOOK = 50 * Timing.MILLI;

  private static final int MORE_RARELY = 3;

  private final Book book;
  private final SortedMap<Long, Long> seenSince = new TreeMap<>();
  private Moment looked = new Moment(Instant.EPOCH, -Timing.NEVER);

  Fills(Book book) {
    this.book = book;
  }

  /** Notes what the newest reads show. */
  void look(Moment now) {
    looked = now;
    seenSince.keySet().removeIf(id -> book.order(id).isEmpty());
    for (Order order : book.orders()) {
      if (order.type() == OrderType.MARKET) {
        seenSince.putIfAbsent(order.id(), now.nanos());
      }
    }
  }

  /** Whether that is a market order that was still believed to fill when the reads were noted. */
  boolean mayFill(Order order) {
    return order.type() == OrderType.MARKET && isAwaited(order, looked);
  }

  /** Whether any market order works in that contract, whatever is held there. */
  boolean isBusy(ContractId contract, Moment now) {
    return book.ordersOf(contract).stream()
        .anyMatch(order -> order.type() == OrderType.MARKET && isAwaited(order, now));
  }

  private static boolean isClosing(Order order, Position held) {
    return order.type() == OrderType.MARKET && order.side() == OrderSide.closing(held.side());
  }

  /** Whether a close of what is held in that contract may still fill. */
  boolean isFilling(ContractId contract, Moment now) {
    return book.position(contract)
        .filter(
            held ->
                book.ordersOf(contract).stream()
                    .filter(order -> isClosing(order, held))
                    .anyMatch(order -> isAwaited(order, now)))
        .isPresent();
  }

  private boolean isAwaited(Order order, Moment now) {
    Long since = seenSince.get(order.id());
    return since == null || now.nanos() - since < PATIENCE;
  }

  /**
   * When what is waited for is to be looked at again: looks are few, and the hub tells of the fill.
   */
  long lookAgainAfter(ContractId contract, Moment now) {
    long longest = LOOK;
    for (Order order : book.ordersOf(contract)) {
      Long since = seenSince.get(order.id());
      if (since != null && isAwaited(order, now)) {
        longest = Math.max(longest, MORE_RARELY * (now.nanos() - since));
      }
    }
    return Math.min(longest, PATIENCE);
  }

  /** What is waited for is looked at again. */
  void needs(Moment now, List<Need> out) {
    for (Position held : book.positions()) {
      if (isFilling(held.contract(), now)) {
        Moment read = book.positionsSent().moment();
        long due = read.nanos() + lookAgainAfter(held.contract(), read);
        out.add(new Need(book.positionsSent().seq(), due, Look.AGAIN));
        return;
      }
    }
  }
}
