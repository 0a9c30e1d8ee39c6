package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.state.Nanos;
import java.time.Duration;

/**
 * Whether what one price says may be acted on: at once, or only when a second quote says so too, or
 * it has stood for a while. One bad tick must not close a position.
 *
 * @param rule whose notes and timers it keeps
 * @param patience zero acts at once
 */
record Confirmation(RuleId rule, Duration patience) {
  /** The subject of a sum over the account. */
  static final String ACCOUNT = "account";

  private static final int LONGEST = 600_000;

  /** Reads {@code confirm_ms}: a whole number of milliseconds, 0 when absent. */
  static Confirmation read(RuleId rule, Settings section) {
    return new Confirmation(rule, Duration.ofMillis(section.whole("confirm_ms", 0, 0, LONGEST)));
  }

  /**
   * Judges a breach. Of a sum, only another quote of the contract whose quote broke it is a second
   * one: the others repeat the same price.
   *
   * @param subject a contract id, or {@link #ACCOUNT}
   * @return whether to act on it now
   */
  boolean confirms(RuleInput input, String subject, Verdict.Builder verdict) {
    if (patience.isZero()) {
      return true;
    }
    Long since = input.remembered(rule + "/since/" + subject);
    if (since == null) {
      verdict.remember("since/" + subject, Nanos.of(input.now()));
      verdict.wake("confirm/" + subject, input.now().plus(patience));
      if (subject.equals(ACCOUNT)) {
        input.quoted().ifPresent(contract -> verdict.remember("first/" + contract, 1));
      }
      return false;
    }
    boolean due = !Nanos.toInstant(since).plus(patience).isAfter(input.now());
    return due || isSecond(input, subject);
  }

  private boolean isSecond(RuleInput input, String subject) {
    if (input.trigger() != Trigger.QUOTE) {
      return false;
    }
    return !subject.equals(ACCOUNT)
        || firstNotes(input).isEmpty()
        || input
            .quoted()
            .filter(contract -> input.remembered(firstNote() + contract) != null)
            .isPresent();
  }

  private String firstNote() {
    return rule + "/first/";
  }

  private Table<String, Long> firstNotes(RuleInput input) {
    Table<String, Long> memory = input.account().memory();
    Table<String, Long> found = Table.empty();
    for (int i = 0; i < memory.size(); i++) {
      if (memory.keyAt(i).startsWith(firstNote())) {
        found = found.with(memory.keyAt(i), memory.valueAt(i));
      }
    }
    return found;
  }

  /** There is no breach, or nothing to judge: the next one is a first one again. */
  void clear(RuleInput input, String subject, Verdict.Builder verdict) {
    if (patience.isZero() || input.remembered(rule + "/since/" + subject) == null) {
      return;
    }
    verdict.forget("since/" + subject);
    verdict.sleep("confirm/" + subject);
    if (subject.equals(ACCOUNT)) {
      Table<String, Long> notes = firstNotes(input);
      for (int i = 0; i < notes.size(); i++) {
        verdict.forget(notes.keyAt(i).substring(rule.toString().length() + 1));
      }
    }
  }
}
