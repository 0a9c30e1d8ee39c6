package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.state.Nanos;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether what one price says may be acted on: at once, or only when a second quote says so too, or
 * it has stood for a while. One bad tick must not close a position.
 *
 * @param rule whose notes and timers it keeps
 * @param patience zero acts at once
 */
record Confirmation(RuleId rule, Duration patience) {

  /**
   * Judges a breach.
   *
   * @param subject a contract id, or {@code account}
   * @param quoted whether this is a quote that the breach was judged by
   * @return whether to act on it now
   */
  boolean confirms(RuleInput input, String subject, boolean quoted, Verdict.Builder verdict) {
    if (patience.isZero()) {
      return true;
    }
    Long since = input.remembered(rule + "/since/" + subject);
    if (since == null) {
      verdict.remember("since/" + subject, Nanos.of(input.now()));
      verdict.wake("confirm/" + subject, input.now().plus(patience));
      return false;
    }
    Instant due = Nanos.toInstant(since).plus(patience);
    boolean second = quoted && input.trigger() == Trigger.QUOTE;
    return second || !due.isAfter(input.now());
  }

  /** There is no breach, or nothing to judge: the next one is a first one again. */
  void clear(RuleInput input, String subject, Verdict.Builder verdict) {
    if (!patience.isZero() && input.remembered(rule + "/since/" + subject) != null) {
      verdict.forget("since/" + subject);
      verdict.sleep("confirm/" + subject);
    }
  }
}
