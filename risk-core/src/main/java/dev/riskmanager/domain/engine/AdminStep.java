package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.timer.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an authenticated admin asked for. */
final class AdminStep {
  private static final String UNLOCK = "unlock/";

  private AdminStep() {}

  static void apply(AccountStep step, RiskEvent.AdminRequested request) {
    switch (request) {
      case RiskEvent.UnlockRequested unlock -> unlock(step, unlock);
      case RiskEvent.LockRequested lock -> lock(step, lock);
      case RiskEvent.FlattenRequested flatten -> flatten(step, flatten);
    }
  }

  private static void unlock(AccountStep step, RiskEvent.UnlockRequested request) {
    List<Lockout> now = new ArrayList<>();
    for (Lockout lockout : step.state.locks().active()) {
      boolean named =
          request.rule().map(rule -> rule.compareTo(lockout.rule()) == 0).orElse(true)
              && (request.symbol().isEmpty()
                  || lockout.symbol().filter(request.symbol().get()::equalsIgnoreCase).isPresent());
      RulePolicy.AdminUnlock policy = policy(step, lockout.rule());
      if (named && policy.allowed()) {
        if (policy.delay().isZero()) {
          now.add(lockout);
        } else {
          delay(step, lockout, policy, request);
        }
      }
    }
    release(step, now, "admin:" + request.by());
  }

  private static RulePolicy.AdminUnlock policy(AccountStep step, RuleId rule) {
    return step.rules
        .rule(rule)
        .map(r -> r.policy().adminUnlock())
        .orElse(RulePolicy.AdminUnlock.ALLOWED);
  }

  private static void delay(
      AccountStep step,
      Lockout lockout,
      RulePolicy.AdminUnlock policy,
      RiskEvent.UnlockRequested request) {
    String name = delayedUnlockTimer(lockout);
    if (!step.state.timers().containsKey(name)) {
      Timer timer =
          new Timer(step.state.id(), name, step.now.plus(policy.delay()), "admin:" + request.by());
      step.state = step.state.withTimers(step.state.timers().with(name, timer));
    }
  }

  static String delayedUnlockTimer(Lockout lockout) {
    return lockout.unlockTimer();
  }

  static boolean isDelayedUnlock(String timer) {
    return timer.startsWith(UNLOCK);
  }

  static void fireDelayedUnlock(AccountStep step, Timer timer) {
    for (Lockout lockout : step.state.locks().active()) {
      if (delayedUnlockTimer(lockout).equals(timer.name())) {
        release(step, List.of(lockout), timer.purpose());
        return;
      }
    }
  }

  /** Ends the lockouts, acknowledges the breaches they stood for, and evaluates everything else. */
  private static void release(AccountStep step, List<Lockout> lockouts, String by) {
    if (lockouts.isEmpty()) {
      return;
    }
    for (Lockout lockout : lockouts) {
      step.rules.rule(lockout.rule()).ifPresent(rule -> acknowledge(step, rule, lockout));
      Endings.end(step, lockout, by);
    }
    step.review();
  }

  /** From here on the rule acts again only when it is worse than now. */
  private static void acknowledge(AccountStep step, RiskRule rule, Lockout lockout) {
    List<Violation> found = new Judgement(step, false).measure(rule);
    Episodes.forgetMadeGood(step, rule, found);
    for (Violation violation : found) {
      if (violation.lockSymbol().equals(lockout.symbol())) {
        Episode.Key key = violation.key(rule);
        step.state =
            step.state
                .withAcknowledged(step.state.acknowledged().with(key, violation.badness()))
                .withEpisodes(step.state.episodes().without(key));
      }
    }
  }

  private static void lock(AccountStep step, RiskEvent.LockRequested request) {
    if (!request.until().isAfter(step.now)) {
      return;
    }
    Optional<Lockout> known = step.state.locks().active().get(new Locks.Key(RuleId.MANUAL, ""));
    Lockout lockout =
        new Lockout(
            known.map(Lockout::id).orElse(step.nextLockoutId),
            step.state.id(),
            RuleId.MANUAL,
            Optional.empty(),
            LockoutType.MANUAL,
            request.reason(),
            known.map(Lockout::lockedAt).orElse(step.now),
            Optional.of(request.until()),
            known.map(Lockout::baseline).orElseGet(() -> Guard.impliedBaseline(step.state)),
            step.rules.general().reset().tradingDay(step.now),
            known.map(Lockout::attempts).orElse(0L));
    if (known.isPresent() && !lockout.endsAfter(known.get())) {
      return;
    }
    if (known.isEmpty()) {
      step.nextLockoutId++;
    }
    step.setLockout(lockout, step.cause(RuleId.MANUAL, false, request.reason()));
    Guard.apply(step, Optional.empty());
  }

  private static void flatten(AccountStep step, RiskEvent.FlattenRequested request) {
    Cause cause = step.cause(RuleId.MANUAL, false, request.reason());
    step.lines.plan().cancelAll(cause);
    step.lines.plan().closeAll(cause);
    Guard.underWay(step);
  }
}
