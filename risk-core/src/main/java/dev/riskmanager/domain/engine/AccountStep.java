package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.state.MarketState;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One account at one instant: the working copy of a step. It lives for that step alone; what it
 * began with and what it returns are immutable.
 */
final class AccountStep {
  final Instant now;
  final MarketState market;
  final RuleSet rules;
  final List<Step.RuleFailure> failures;
  AccountState state;
  long nextLockoutId;

  final List<Decision> resets = new ArrayList<>();
  final List<Decision> cleared = new ArrayList<>();
  final List<Decision> blocked = new ArrayList<>();
  final List<Decision> violations = new ArrayList<>();
  final List<Decision> lockouts = new ArrayList<>();
  final Plan plan = new Plan();

  AccountStep(
      Instant now,
      MarketState market,
      RuleSet rules,
      AccountState state,
      long nextLockoutId,
      List<Step.RuleFailure> failures) {
    this.now = now;
    this.market = market;
    this.rules = rules;
    this.state = state;
    this.nextLockoutId = nextLockoutId;
    this.failures = failures;
  }

  RuleInput input(Trigger trigger, Optional<Trade> trade, Optional<String> timer) {
    return new RuleInput(now, trigger, trade, timer, state, market, rules.general());
  }

  RuleInput input(Trigger trigger) {
    return input(trigger, Optional.empty(), Optional.empty());
  }

  /** What was decided, in order. */
  List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    all.addAll(resets);
    all.addAll(cleared);
    all.addAll(blocked);
    all.addAll(violations);
    all.addAll(lockouts);
    all.addAll(plan.lines());
    return all;
  }

  /** After the books took in an order, position or trade of this account. */
  void afterEvent(Trigger trigger, Optional<Trade> newTrade, Optional<String> symbol) {
    Episodes.end(this);
    if (state.locks().accountLocked()) {
      Lockout lockout = state.locks().governing().orElseThrow();
      blocked.add(
          new Decision.PrecheckBlocked(
              new Cause(
                  now, state.id(), Optional.of(lockout.rule()), false, false, lockout.reason()),
              lockout,
              symbol,
              Optional.empty()));
    }
    look(trigger, newTrade, Optional.empty());
  }

  /** Rules or guard, whichever is due, without a pre-check line. */
  void look(Trigger trigger, Optional<Trade> newTrade, Optional<String> timer) {
    if (state.locks().accountLocked()) {
      Guard.apply(this, Optional.empty());
      if (hasBaselinePositions()) {
        new Judgement(this, true).evaluate(trigger, newTrade, timer);
        Guard.apply(this, Optional.empty());
      }
    } else {
      new Judgement(this, false).evaluate(trigger, newTrade, timer);
      Guard.apply(this, Optional.empty());
    }
  }

  /** A price of something held: only what reads prices is asked. */
  void onQuote() {
    boolean locked = state.locks().accountLocked();
    if (!locked || hasBaselinePositions()) {
      new Judgement(this, locked).evaluate(Trigger.QUOTE, Optional.empty(), Optional.empty());
      if (!lockouts.isEmpty()) {
        Guard.apply(this, Optional.empty());
      }
    }
  }

  /**
   * All rules that judge the state, and for each trade never seen before those that judge trades.
   */
  void review(List<Trade> newTrades) {
    Episodes.end(this);
    releaseConditions();
    boolean locked = state.locks().accountLocked();
    if (locked) {
      Guard.apply(this, Optional.empty());
      if (!hasBaselinePositions()) {
        return;
      }
    }
    Judgement judgement = new Judgement(this, locked);
    judgement.review(newTrades);
    Guard.apply(this, Optional.empty());
  }

  /** Ends lockouts without an end whose condition is over. */
  void releaseConditions() {
    for (Lockout lockout : state.locks().active()) {
      boolean conditional =
          lockout.type() == LockoutType.CONDITION || lockout.type() == LockoutType.SYMBOL;
      if (conditional) {
        Optional<RiskRule> rule = rules.rule(lockout.rule());
        boolean holds = rule.isPresent() && rule.get().stillHolds(lockout, input(Trigger.REVIEW));
        if (!holds) {
          end(lockout, lockout.type() == LockoutType.SYMBOL ? "configuration" : "condition");
        }
      }
    }
  }

  private boolean hasBaselinePositions() {
    for (Lockout lockout : state.locks().active()) {
      if (lockout.isAccountWide() && !lockout.baseline().isZero()) {
        return !state.isFlat();
      }
    }
    return false;
  }

  /** Fires what is due at exactly this instant. */
  void fireDeadlines() {
    boolean changed = rollDays();
    changed |= expireLockouts();
    if (changed) {
      review(List.of());
    }
    for (Timer timer : state.timers()) {
      if (!timer.deadline().isAfter(now)) {
        state = state.withTimers(state.timers().without(timer.name()));
        fire(timer);
      }
    }
  }

  private boolean rollDays() {
    boolean rolled = false;
    for (DayLedger day : state.trades().days()) {
      if (!day.end().isAfter(now)) {
        state = state.withTrades(state.trades().rolled(day));
        Episodes.atReset(this, day.reset());
        DayLedger next = state.trades().day(day.reset());
        resets.add(
            new Decision.Reset(
                new Cause(now, state.id(), Optional.empty(), false, false, "reset " + day.reset()),
                day.reset(),
                next.tradingDay(),
                Optional.empty()));
        rolled = true;
      }
    }
    return rolled;
  }

  private boolean expireLockouts() {
    boolean ended = false;
    for (Lockout lockout : state.locks().active()) {
      if (!lockout.isActiveAt(now)) {
        end(lockout, lockout.type() == LockoutType.HARD ? "reset" : "expired");
        ended = true;
      }
    }
    return ended;
  }

  void end(Lockout lockout, String by) {
    state = state.withLocks(state.locks().without(lockout));
    if (state.locks().active().isEmpty()) {
      state = state.withTimers(Guard.withoutJudgeTimers(state.timers()));
    }
    state = state.withTimers(state.timers().without(AdminStep.delayedUnlockTimer(lockout)));
    cleared.add(
        new Decision.LockoutCleared(
            new Cause(now, state.id(), Optional.of(lockout.rule()), false, false, lockout.reason()),
            lockout,
            by));
  }

  private void fire(Timer timer) {
    if (Guard.judges(timer.name())) {
      Guard.apply(this, Optional.of(Guard.judged(timer.name())));
    } else if (AdminStep.isDelayedUnlock(timer.name())) {
      AdminStep.fireDelayedUnlock(this, timer);
    } else {
      look(Trigger.TIMER, Optional.empty(), Optional.of(timer.name()));
    }
  }

  /** A cause at this instant. */
  Cause cause(RuleId rule, boolean guard, String reason) {
    return new Cause(now, state.id(), Optional.of(rule), guard, false, reason);
  }

  void setLockout(Lockout lockout, Cause cause) {
    state = state.withLocks(state.locks().withLockout(lockout));
    lockouts.add(new Decision.LockoutSet(cause, lockout));
  }

  Optional<Lockout> activeLockout(RuleId rule, Optional<String> symbol) {
    return state.locks().active().get(new Locks.Key(rule, symbol.orElse("")));
  }
}
