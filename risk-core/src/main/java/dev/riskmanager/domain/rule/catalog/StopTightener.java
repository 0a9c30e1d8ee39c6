package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the stops of a position belong by now, and how they get there: only ever nearer, at most
 * once a second, the newest level only.
 */
public record StopTightener(Optional<Breakeven> breakeven, Optional<Trailing> trailing) {

  /** From this many ticks of profit the stop goes to the entry, plus the offset in its favour. */
  public record Breakeven(long triggerTicks, long offsetTicks) {}

  /** From this many ticks of profit the stop stays that distance behind the best mark. */
  public record Trailing(long activationTicks, long distanceTicks) {}

  /**
   * Moves every stop that stands looser than it belongs.
   *
   * @param best the best mark since the position opened or grew
   */
  void tighten(RuleInput input, ManagedPosition managed, Price best, Verdict.Builder verdict) {
    Price level = level(managed, best);
    if (level == null) {
      return;
    }
    for (LongMap.Entry<Order> entry : input.account().orders()) {
      Order order = entry.value();
      Price stop = order.stopPrice().orElse(null);
      if (stop != null && isMovable(order) && isOf(input, order, managed)) {
        StopNotes.Asked asked = StopNotes.asked(input, order, stop);
        if (managed.isBetter(level, asked.standing())) {
          move(input, managed, order, stop, level, asked, verdict);
        }
      }
    }
  }

  /**
   * A trailing stop follows the market by itself; a suspended or pending one cannot be moved yet.
   */
  private static boolean isMovable(Order order) {
    return order.status() == OrderStatus.OPEN
        && (order.type() == OrderType.STOP || order.type() == OrderType.STOP_LIMIT);
  }

  private static boolean isOf(RuleInput input, Order order, ManagedPosition managed) {
    return Cover.protects(input.account(), order, managed.position());
  }

  /**
   * The tightest tick that has been reached and is still behind the market; null when there is
   * none.
   */
  private @Nullable Price level(ManagedPosition managed, Price best) {
    Price entry =
        breakeven
            .filter(b -> managed.hasGained(best, b.triggerTicks()))
            .map(b -> managed.tightTick(managed.fromEntry(b.offsetTicks())))
            .filter(managed::isBehindMarket)
            .orElse(null);
    Price trail =
        trailing
            .filter(t -> managed.hasGained(best, t.activationTicks()))
            .map(t -> managed.tightTick(managed.ahead(best, -t.distanceTicks())))
            .filter(managed::isBehindMarket)
            .orElse(null);
    return entry == null || (trail != null && managed.isBetter(trail, entry)) ? trail : entry;
  }

  private static void move(
      RuleInput input,
      ManagedPosition managed,
      Order order,
      Price stop,
      Price level,
      StopNotes.Asked asked,
      Verdict.Builder verdict) {
    if (asked.notBefore().isAfter(input.now())) {
      StopNotes.wake(order, asked.notBefore(), verdict);
      return;
    }
    StopNotes.ask(input, order, stop, level, verdict);
    verdict.automate(
        new Decision.ModifyStop(
            ManagedPosition.cause(input, "stop follows the market"),
            managed.contract().symbol(),
            order.contract(),
            order.id(),
            order.side(),
            order.size(),
            level));
  }
}
