package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.state.Locks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one step decides for one account, brought into the order of {@code interfaces.md} §8. Owned
 * by that step.
 */
final class Lines {
  private final List<Decision> resets = new ArrayList<>(0);
  private final List<Decision> cleared = new ArrayList<>(0);
  private final List<Decision> blocked = new ArrayList<>(0);
  private final List<Decision> violations = new ArrayList<>(0);
  private final List<Decision.LockoutSet> lockouts = new ArrayList<>(0);
  private @org.jspecify.annotations.Nullable Plan plan;

  /** What is to be done, merged. */
  Plan plan() {
    if (plan == null) {
      plan = new Plan();
    }
    return plan;
  }

  void reset(Decision.Reset line) {
    resets.add(line);
  }

  void cleared(Decision.LockoutCleared line) {
    cleared.add(line);
  }

  void blocked(Decision.PrecheckBlocked line) {
    blocked.add(line);
  }

  void violation(Decision.ViolationFound line) {
    violations.add(line);
  }

  /** A lockout that one step sets and then lengthens is one line. */
  void lockout(Decision.LockoutSet line) {
    Locks.Key key = Locks.Key.of(line.lockout());
    lockouts.removeIf(known -> Locks.Key.of(known.lockout()).equals(key));
    lockouts.add(line);
  }

  boolean nothingCleared() {
    return cleared.isEmpty();
  }

  boolean anyLockout() {
    return !lockouts.isEmpty();
  }

  /** Adds everything in its order. */
  void collect(List<Decision> decisions) {
    decisions.addAll(resets);
    decisions.addAll(cleared);
    decisions.addAll(blocked);
    violations.sort(Comparator.comparing(Lines::number));
    lockouts.sort(Comparator.comparing(Lines::number));
    decisions.addAll(violations);
    decisions.addAll(lockouts);
    if (plan != null) {
      decisions.addAll(plan.lines());
    }
  }

  private static int number(Decision decision) {
    return decision.cause().rule().map(RuleId::number).orElse(Integer.MAX_VALUE);
  }
}
