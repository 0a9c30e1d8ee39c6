package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.timer.Timer;
import java.util.Optional;

/** What falls due in an account at an instant: resets, ends of lockouts, timers, in this order. */
final class Deadlines {
  private Deadlines() {}

  /** Fires what is due at exactly this instant. */
  static void fire(AccountStep step) {
    boolean changed = rollDays(step);
    changed |= Endings.expire(step);
    if (changed && step.state.phase() != Phase.NEW) {
      step.review();
    }
    for (Timer timer : step.state.timers()) {
      // One that fired before it may have cancelled or moved it.
      if (!timer.deadline().isAfter(step.now)
          && timer.equals(step.state.timers().find(timer.name()))) {
        step.state = step.state.withTimers(step.state.timers().without(timer.name()));
        fire(step, timer);
      }
    }
  }

  private static boolean rollDays(AccountStep step) {
    boolean rolled = false;
    for (DayLedger day : step.state.trades().days()) {
      if (!day.end().isAfter(step.now)) {
        step.state = step.state.withTrades(step.state.trades().rolled(day));
        Episodes.atReset(step, day.reset());
        DayLedger next = step.state.trades().day(day.reset());
        Cause cause =
            new Cause(
                step.now, step.state.id(), Optional.empty(), false, false, "reset " + day.reset());
        step.lines.reset(new Decision.Reset(cause, day.reset(), next.tradingDay()));
        rolled = true;
      }
    }
    return rolled;
  }

  private static void fire(AccountStep step, Timer timer) {
    if (Guard.judges(timer.name())) {
      Guard.apply(step, Optional.of(Guard.judged(timer.name())));
    } else if (Blindness.isDue(timer.name())) {
      Blindness.due(step);
    } else if (AdminStep.isDelayedUnlock(timer.name())) {
      AdminStep.fireDelayedUnlock(step, timer);
    } else {
      step.look(Trigger.TIMER, Optional.empty(), Optional.of(timer.name()));
    }
  }
}
