package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The orders this engine placed never outlive their position and never become larger than it: one
 * that did would open a position of its own.
 */
final class OwnOrders {
  private OwnOrders() {}

  /** Cancels and shrinks what is too much. */
  static void tidy(RuleInput input, Verdict.Builder verdict) {
    for (LongMap.Entry<Order> entry : input.account().orders()) {
      Order order = entry.value();
      if (isOurs(input, order)) {
        Position position = input.account().holding(order.contract()).position().orElse(null);
        if (position == null || order.side().increases(position.side())) {
          cancel(input, order, "its position is gone", verdict);
        }
      }
    }
    // Under a lockout the guard does it, with everybody's orders.
    if (!input.locked()) {
      for (Holding holding : input.account().holdings()) {
        holding
            .position()
            .ifPresent(
                position -> {
                  shrink(input, position, true, verdict);
                  shrink(input, position, false, verdict);
                });
      }
    }
  }

  private static boolean isOurs(RuleInput input, Order order) {
    return order.isPlacedByEngine()
        && order.status() != OrderStatus.PENDING_CANCELLATION
        && !StopNotes.isCancelled(input, order.id());
  }

  /**
   * Stops, or targets, for more contracts than are held: those nearest to the market stay, they
   * fill first.
   */
  private static void shrink(
      RuleInput input, Position position, boolean stops, Verdict.Builder verdict) {
    List<Order> ours = new ArrayList<>(0);
    for (LongMap.Entry<Order> entry : input.account().orders()) {
      Order order = entry.value();
      if (order.contract().equals(position.contract())
          && order.type().isStop() == stops
          && !order.side().increases(position.side())
          && isOurs(input, order)) {
        ours.add(order);
      }
    }
    Comparator<Order> nearest = Comparator.comparing(order -> order.price().orElse(Price.ZERO));
    boolean highestFirst = stops == position.side().sign() > 0;
    ours.sort(highestFirst ? nearest.reversed() : nearest);
    long left = position.size();
    for (Order order : ours) {
      long size = StopNotes.sizeOf(input, order);
      long remaining = Math.max(0, size - order.filled());
      long stays = Math.min(remaining, left);
      left -= stays;
      if (stays == 0 && remaining > 0) {
        cancel(input, order, "its part of the position is gone", verdict);
      } else if (stays < remaining) {
        resize(input, order, order.filled() + stays, verdict);
      }
    }
  }

  private static void cancel(RuleInput input, Order order, String reason, Verdict.Builder verdict) {
    StopNotes.cancelled(order.id(), verdict);
    verdict.automate(
        new Decision.CancelOrder(
            ManagedPosition.cause(input, reason),
            input.symbol(order.contract()),
            order.contract(),
            order.id(),
            order.side(),
            order.size()));
  }

  private static void resize(RuleInput input, Order order, long toSize, Verdict.Builder verdict) {
    StopNotes.resized(order.id(), toSize, verdict);
    verdict.automate(
        new Decision.ResizeOrder(
            ManagedPosition.cause(input, "larger than its position"),
            input.symbol(order.contract()),
            order.contract(),
            order.id(),
            order.side(),
            order.size(),
            toSize));
  }
}
