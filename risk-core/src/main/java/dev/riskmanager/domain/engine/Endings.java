package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.state.Locks;

/** How lockouts end: at their time, with their condition, or because somebody ends them. */
final class Endings {
  private Endings() {}

  /** Ends lockouts without an end whose condition is over. */
  static void releaseConditions(AccountStep step) {
    for (Lockout lockout : step.state.locks().active()) {
      boolean conditional =
          !lockout.isHold()
              && (lockout.type() == LockoutType.CONDITION || lockout.type() == LockoutType.SYMBOL);
      if (conditional && !stillHolds(step, lockout)) {
        end(step, lockout, lockout.type() == LockoutType.SYMBOL ? "configuration" : "condition");
      }
    }
  }

  /**
   * A rule that is configured no more blocks no symbol; but that the venue does not let the account
   * trade is so whether a rule asks or not.
   */
  private static boolean stillHolds(AccountStep step, Lockout lockout) {
    return lockout.type() == LockoutType.CONDITION
        ? step.state.row().isEmpty() || !step.state.canTrade()
        : step.rules
            .rule(lockout.rule())
            .filter(rule -> rule.stillHolds(lockout, step.input(Trigger.REVIEW)))
            .isPresent();
  }

  /** Ends those whose time is over; whether there were any. */
  static boolean expire(AccountStep step) {
    boolean ended = false;
    for (Lockout lockout : step.state.locks().active()) {
      if (!lockout.isActiveAt(step.now)) {
        end(step, lockout, lockout.type() == LockoutType.HARD ? "reset" : "expired");
        ended = true;
      }
    }
    return ended;
  }

  /**
   * Ends one that is in force.
   *
   * @param by what ended it, or who
   */
  static void end(AccountStep step, Lockout known, String by) {
    // With all that was undone under it until now.
    Lockout lockout = step.state.locks().active().get(Locks.Key.of(known)).orElse(known);
    step.state = step.state.withLocks(step.state.locks().without(lockout));
    if (step.state.locks().active().isEmpty()) {
      step.state = step.state.withTimers(Guard.withoutJudgeTimers(step.state.timers()));
    }
    Guard.forgetUnguarded(step);
    step.state =
        step.state.withTimers(step.state.timers().without(AdminStep.delayedUnlockTimer(lockout)));
    Missed.ended(step, lockout);
    MissedGrowth.ended(step, lockout);
    step.lines.cleared(
        new Decision.LockoutCleared(
            step.cause(lockout.rule(), false, lockout.reason()), lockout, by));
  }
}
