package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Locks;
import java.util.Optional;

/**
 * Accounts that are held: what is there may stay and shrink, nothing may be added, and every rule
 * goes on as if the account were free.
 */
final class Holds {
  private Holds() {}

  /**
   * Holds the account; one that is held for that cause already stays as it is.
   *
   * @param cause {@link RuleId#BLIND} or {@link RuleId#BOOKS}
   * @param flatten nothing of what is there may stay either
   */
  static void begin(AccountStep step, RuleId cause, String reason, boolean flatten) {
    if (step.activeLockout(cause, Optional.empty()).isPresent()) {
      return;
    }
    Lockout hold =
        new Lockout(
            step.nextLockoutId++,
            step.state.id(),
            cause,
            Optional.empty(),
            LockoutType.CONDITION,
            reason,
            step.now,
            Optional.empty(),
            flatten ? Baseline.ZERO : baseline(step),
            step.rules.general().reset().tradingDay(step.now));
    step.setLockout(hold, step.cause(cause, false, reason));
    if (flatten) {
      step.lines.plan().cancelAll(step.cause(cause, false, reason));
      step.lines.plan().closeAll(step.cause(cause, false, reason));
      Guard.underWay(step);
    }
    Guard.apply(step, Optional.empty());
  }

  private static Baseline baseline(AccountStep step) {
    return step.state.phase() == Phase.RUNNING
        ? Guard.impliedBaseline(step.state)
        : Baseline.UNREAD;
  }

  /** The positions are known now: holds that wait for them let them stay. */
  static void takeBaselines(AccountStep step) {
    if (step.state.phase() != Phase.RUNNING) {
      return;
    }
    Locks locks = step.state.locks();
    for (Lockout lockout : locks.active()) {
      if (lockout.baseline().unread()) {
        locks = locks.withLockout(lockout.withBaseline(Guard.impliedBaseline(step.state)));
      }
    }
    if (locks != step.state.locks()) {
      step.state = step.state.withLocks(locks);
    }
  }

  /** Whether that contract has grown beyond what a hold lets stay, and so is being closed. */
  static boolean isBeyond(AccountStep step, ContractId contract) {
    return step.state.locks().guards(step.market.symbol(contract))
        && !Baseline.permits(step.stays(contract), step.state.holding(contract).held());
  }
}
