package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.state.Episode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One configured rule: a pure function of the books. It never calls the venue, reads no clock and
 * keeps nothing between calls; what it must remember it puts into its verdict.
 */
public interface RiskRule {
  RuleId id();

  RulePolicy policy();

  /**
   * What makes it look. {@link Trigger#REVIEW} is left out only by rules that judge single trades.
   */
  Set<Trigger> triggers();

  Episode.Ends episodeEnds();

  /**
   * What of its parameters is stricter in which direction. Every key that it reads moves an aspect
   * of it: what tightens takes effect at once, what loosens waits for the reset.
   */
  Strictness strictness();

  /** Judges the books after an event. Must not throw; if it does, the rule is shown FAILED. */
  Verdict evaluate(RuleInput input);

  /** Where it stands now. */
  Reading read(RuleInput input);

  /**
   * What a finding of its own rests on, asked right after it was found.
   *
   * @param input the books it was found in
   */
  default Basis basis(RuleInput input, Decision.ViolationFound found) {
    return Basis.of().formula(found.observed() + " against " + found.limit());
  }

  /**
   * Dollars that are past the limit now; asked again when what was decided has been done. Empty
   * when the limit is not one of money, or is not passed.
   *
   * @param input the books as they are now
   */
  default Optional<Money> pastLimit(RuleInput input, Decision.ViolationFound found) {
    return Optional.empty();
  }

  /** Its own reset; empty when it follows the account's. */
  default Optional<ResetTime> ownReset() {
    return Optional.empty();
  }

  /**
   * Whether it is asked about each trade by itself, in the order of their execution, when several
   * were missed: what it finds may be over when the last of them has been booked.
   */
  default boolean judgesEachTrade() {
    return !triggers().contains(Trigger.REVIEW);
  }

  /**
   * Whether it still judges what a lockout let stay: see {@code rules.md} §4, last point but one.
   */
  default boolean guardsBaseline() {
    return false;
  }

  /** Whether it follows the trades of what it answered also where a lockout lets nothing stay. */
  default boolean followsTrades() {
    return false;
  }

  /** Whether a lockout of one symbol gates it: 002, 004, 005, 008, 011, 012. */
  default boolean gatedBySymbolLockout() {
    return false;
  }

  /** Whether a lockout of this rule without an end must last on. */
  default boolean stillHolds(Lockout lockout, RuleInput input) {
    return true;
  }

  /** The next session start for a lockout that ends then; empty when the rule knows no sessions. */
  default Optional<Instant> nextSessionStart(RuleInput input, Optional<String> symbol) {
    return Optional.empty();
  }

  /** The symbols that its configuration names, in capitals, and patterns of them. */
  default List<String> symbolsNamed() {
    return List.of();
  }

  /** The name in the log: {@code DailyRealizedLoss}. */
  default String title() {
    StringBuilder text = new StringBuilder();
    for (String word : id().key().split("_", -1)) {
      text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return text.toString();
  }
}
