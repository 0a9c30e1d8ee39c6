package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Nanos;
import dev.riskmanager.domain.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A blind window of an account: from the loss of the connection that tells of it to the reading
 * after it is back. What the account's owner wants done once it lasts too long ({@code
 * general.blind}) is done at a deadline of its own.
 */
final class Blindness {
  /** The hub tells again; the reading is still to come. */
  private static final String BACK = RuleId.BLIND + "/back";

  /** When everything was last read while the hub did not tell. */
  private static final String READ = RuleId.BLIND + "/read";

  private static final String TIMER = RuleId.BLIND + "/after";

  /** When an engine began that has not read the account yet. */
  static final String BEGUN = RuleId.BLIND + "/begun";

  /**
   * How long the first reading of a start may take before positions are closed that nobody has read
   * yet: a start is no sign that anything is wrong, and what was closed cannot be had back.
   */
  private static final Duration START = Duration.ofSeconds(30);

  private Blindness() {}

  /**
   * The hub is gone.
   *
   * @param since the last sign of life
   */
  static void lost(AccountStep step, Instant since) {
    Table<String, Long> memory = step.state.memory().without(BACK).without(READ);
    boolean unread = step.state.phase() != Phase.RUNNING;
    if (unread && !memory.containsKey(BEGUN)) {
      memory = memory.with(BEGUN, Nanos.of(step.now));
    }
    if (step.state.blindSince().isPresent()) {
      // Not read since the last loss: the same window goes on.
      step.state = step.state.withMemory(memory);
      return;
    }
    Instant from = since.isBefore(step.now) ? since : step.now;
    step.state = step.state.withMemory(memory.with(AccountState.BLIND_SINCE, Nanos.of(from)));
    Instant due = from.plus(step.rules.general().blindAfter());
    if (due.isAfter(step.now)) {
      wake(step, due);
    } else {
      due(step);
    }
  }

  private static void wake(AccountStep step, Instant due) {
    Timer timer = new Timer(step.state.id(), TIMER, due, "seen nothing for too long");
    step.state = step.state.withTimers(step.state.timers().with(TIMER, timer));
  }

  /** Until when positions are not closed because the account has not been read since a start. */
  private static Instant patience(AccountStep step) {
    Long begun = step.state.memory().find(BEGUN);
    if (begun != null) {
      return Nanos.toInstant(begun).plus(START);
    }
    // Fell due while the engine was down; when it began is not told yet.
    return step.state.phase() == Phase.RESTORED ? step.now.plus(START) : Instant.MIN;
  }

  static boolean isDue(String timer) {
    return timer.equals(TIMER);
  }

  /** It has lasted for as long as the owner lets it. */
  static void due(AccountStep step) {
    Instant since = step.state.blindSince().orElse(null);
    if (since == null) {
      return;
    }
    Duration blind = Duration.between(since, step.now);
    String reason =
        "nothing was seen of the account for "
            + blind.toSeconds()
            + " s: the connection is gone since "
            + since.truncatedTo(ChronoUnit.SECONDS);
    switch (step.rules.general().blind()) {
      case SHOW -> {}
      case ALERT ->
          step.lines
              .plan()
              .add(
                  new Decision.Alert(
                      step.cause(RuleId.BLIND, false, reason), Optional.empty(), Optional.empty()));
      case HOLD -> Holds.begin(step, RuleId.BLIND, reason, false);
      case FLATTEN -> {
        Instant patience = patience(step);
        if (patience.isAfter(step.now)) {
          wake(step, patience);
        } else {
          Holds.begin(step, RuleId.BLIND, reason, true);
        }
      }
    }
  }

  /** The hub tells again. */
  static void back(AccountStep step) {
    if (step.state.blindSince().isEmpty()) {
      return;
    }
    Long read = step.state.memory().find(READ);
    if (read != null && read == Nanos.of(step.now)) {
      end(step);
      step.review();
    } else {
      step.state = step.state.withMemory(step.state.memory().with(BACK, 1L));
    }
  }

  /**
   * The account was read, whole.
   *
   * @param reconciliation after a gap, not at a start
   */
  static void read(AccountStep step, boolean reconciliation) {
    if (step.state.blindSince().isEmpty()) {
      return;
    }
    if (!reconciliation || step.state.memory().containsKey(BACK)) {
      // What was added under the hold, while nobody could look, is undone by the same reading.
      Guard.apply(step, Optional.empty());
      end(step);
    } else {
      step.state = step.state.withMemory(step.state.memory().with(READ, Nanos.of(step.now)));
    }
  }

  private static void end(AccountStep step) {
    step.state =
        step.state
            .withMemory(
                step.state
                    .memory()
                    .without(AccountState.BLIND_SINCE)
                    .without(BACK)
                    .without(READ)
                    .without(BEGUN))
            .withTimers(step.state.timers().without(TIMER));
    step.activeLockout(RuleId.BLIND, Optional.empty())
        .ifPresent(hold -> Endings.end(step, hold, "reconciliation"));
  }
}
