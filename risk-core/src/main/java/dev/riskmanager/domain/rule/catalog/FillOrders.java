package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Verdict;
import java.util.Optional;

/**
 * The stop and the target that are placed at a fill, for as many contracts as it added and nothing
 * covers yet.
 *
 * @param stopTicks distance of the stop from the entry
 * @param targetTicks distance of the target from the entry
 */
record FillOrders(Optional<Long> stopTicks, Optional<Long> targetTicks) {

  /**
   * Places them.
   *
   * @param added contracts by which the position grew, &gt; 0
   */
  void place(RuleInput input, ManagedPosition managed, long added, Verdict.Builder verdict) {
    String symbol = managed.contract().symbol();
    OrderSide side = OrderSide.closing(managed.position().side());
    long size = managed.position().size();
    if (stopTicks.isPresent()) {
      long open = Math.min(added, size - Cover.byStops(input.account(), managed.position()));
      if (open > 0) {
        verdict.automate(
            new Decision.PlaceStop(
                ManagedPosition.cause(input, "stop at the fill"),
                symbol,
                managed.id(),
                side,
                open,
                managed.behindMarket(managed.tightTick(managed.fromEntry(-stopTicks.get())))));
      }
    }
    if (targetTicks.isPresent()) {
      long open = Math.min(added, size - Cover.byLimits(input.account(), managed.position()));
      if (open > 0) {
        verdict.automate(
            new Decision.PlaceTarget(
                ManagedPosition.cause(input, "target at the fill"),
                symbol,
                managed.id(),
                side,
                open,
                managed.aheadOfMarket(managed.nearTick(managed.fromEntry(targetTicks.get())))));
      }
    }
  }
}
