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
  private List<Decision> resets = List.of();
  private List<Decision> cleared = List.of();
  private List<Decision> blocked = List.of();
  private List<Decision> violations = List.of();
  private List<Decision.LockoutSet> lockouts = List.of();
  private @org.jspecify.annotations.Nullable Plan plan;

  /** What is to be done, merged. */
  Plan plan() {
    if (plan == null) {
      plan = new Plan();
    }
    return plan;
  }

  void reset(Decision.Reset line) {
    resets = more(resets, line);
  }

  void cleared(Decision.LockoutCleared line) {
    cleared = more(cleared, line);
  }

  void blocked(Decision.PrecheckBlocked line) {
    blocked = more(blocked, line);
  }

  void violation(Decision.ViolationFound line) {
    violations = more(violations, line);
  }

  /** Most steps print nothing: a list is made for the first line. */
  private static <D> List<D> more(List<D> lines, D line) {
    List<D> longer = lines.isEmpty() ? new ArrayList<>(2) : lines;
    longer.add(line);
    return longer;
  }

  /** A lockout that one step sets and then lengthens is one line. */
  void lockout(Decision.LockoutSet line) {
    Locks.Key key = Locks.Key.of(line.lockout());
    if (!lockouts.isEmpty()) {
      lockouts.removeIf(known -> Locks.Key.of(known.lockout()).equals(key));
    }
    lockouts = more(lockouts, line);
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
    if (!violations.isEmpty()) {
      violations.sort(Comparator.comparing(Lines::number));
      decisions.addAll(violations);
    }
    if (!lockouts.isEmpty()) {
      lockouts.sort(Comparator.comparing(Lines::number));
      decisions.addAll(lockouts);
    }
    if (plan != null) {
      decisions.addAll(plan.lines());
    }
  }

  private static int number(Decision decision) {
    return decision.cause().rule().map(RuleId::number).orElse(Integer.MAX_VALUE);
  }
}
