package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import java.util.Comparator;
import java.util.List;

/**
 * Fits protective orders to a position that was reduced: all stops together, and all other closing
 * orders together, may fill no more contracts than are held. The venue does not rescale brackets
 * (gateway-api.md §6.4), and whatever fills beyond the position opens the other side.
 */
final class Protection {
  private Protection() {}

  /**
   * Contracts this order may still fill: older orders are served first.
   *
   * @param all the orders of the contract
   * @return 0 when the others cover the position already
   */
  static long allotted(Order order, List<Order> all, Position held) {
    long left = held.size();
    List<Order> sameKind =
        all.stream()
            .filter(o -> o.side() == order.side())
            .filter(o -> o.type().isStop() == order.type().isStop())
            .sorted(Comparator.comparingLong(Order::id))
            .toList();
    for (Order earlier : sameKind) {
      if (earlier.id() == order.id()) {
        break;
      }
      left -= Math.min(left, earlier.remaining());
    }
    return Math.min(left, order.remaining());
  }
}
