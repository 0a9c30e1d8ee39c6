package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.rule.RuleInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position that RULE-012 manages, and the arithmetic of its ticks: what is better, tighter, and
 * behind the market for its side.
 *
 * @param mark null when there is no fresh one
 */
record ManagedPosition(Position position, Contract contract, @Nullable Price mark) {
  /** The rule that manages it. */
  static final RuleId RULE = new RuleId(12, "trade_management");

  static Cause cause(RuleInput input, String reason) {
    return new Cause(
        input.now(), input.account().id(), Optional.of(RULE), input.locked(), false, reason);
  }

  static ManagedPosition of(RuleInput input, Position position, Contract contract) {
    Price mark = input.freshMark(position.contract()).map(Mark::price).orElse(null);
    return new ManagedPosition(position, contract, mark);
  }

  ContractId id() {
    return position.contract();
  }

  boolean isLong() {
    return position.side() == Side.LONG;
  }

  /** The entry and that many ticks in the position's favour; negative ones against it. */
  Price fromEntry(long ticks) {
    return ahead(position.averagePrice(), ticks);
  }

  /** A price and that many ticks in the position's favour; negative ones against it. */
  Price ahead(Price price, long ticks) {
    return price.plus(contract.tickSize().times(isLong() ? ticks : -ticks));
  }

  /** Whether a price is that many ticks or more better than the entry. */
  boolean hasGained(Price price, long ticks) {
    return isAtLeastAsGood(price, fromEntry(ticks));
  }

  /** Whether a price is the other, or better for the position. */
  boolean isAtLeastAsGood(Price price, Price other) {
    return isLong() ? price.isAtLeast(other) : price.isAtMost(other);
  }

  boolean isBetter(Price price, Price other) {
    return !isAtLeastAsGood(other, price);
  }

  /** The tick at or next to a price on the side of gains: a stop there leaves less to lose. */
  Price tightTick(Price price) {
    return isLong() ? price.ceilingTo(contract.tickSize()) : price.floorTo(contract.tickSize());
  }

  /** The tick at or next to a price on the side of losses: a target there is reached earlier. */
  Price nearTick(Price price) {
    return isLong() ? price.floorTo(contract.tickSize()) : price.ceilingTo(contract.tickSize());
  }

  /** Whether a stop stands behind the market: a long's below it. Unknown counts as behind. */
  boolean isBehindMarket(Price stop) {
    return mark == null || isBetter(mark, stop);
  }

  /** That stop, or the nearest tick behind the market when the market has passed it. */
  Price behindMarket(Price stop) {
    return mark == null || isBehindMarket(stop) ? stop : nearTick(mark.plus(epsilon(false)));
  }

  /** That target, or the nearest tick ahead of the market when the market has passed it. */
  Price aheadOfMarket(Price target) {
    return mark == null || isBetter(target, mark) ? target : tightTick(mark.plus(epsilon(true)));
  }

  /** The smallest step there is, in the position's favour or against it. */
  private Price epsilon(boolean inFavour) {
    return new Price(inFavour == isLong() ? 1 : -1);
  }
}
