package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.lockout.LockoutType;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done about a violation.
 *
 * @param action on positions
 * @param cancelOrders whether working orders are cancelled
 * @param lock how long it locks
 */
public record Response(Action action, boolean cancelOrders, Lock lock) {

  /** What is done to positions. */
  public enum Action {
    CLOSE_ALL,
    CLOSE_POSITION,
    REDUCE,
    NONE
  }

  /** How a lockout that a violation sets will end. */
  public enum Term {
    NONE,
    UNTIL_RESET,
    UNTIL_SESSION_START,
    FOR_DURATION,
    UNTIL_CONDITION,
    WHILE_SYMBOL_BLOCKED
  }

  /**
   * The lockout to set.
   *
   * @param duration with {@link Term#FOR_DURATION} only
   */
  public record Lock(Term term, Optional<Duration> duration) {
    public static final Lock NONE = new Lock(Term.NONE, Optional.empty());
    public static final Lock UNTIL_RESET = new Lock(Term.UNTIL_RESET, Optional.empty());
    public static final Lock UNTIL_SESSION_START =
        new Lock(Term.UNTIL_SESSION_START, Optional.empty());
    public static final Lock UNTIL_CONDITION = new Lock(Term.UNTIL_CONDITION, Optional.empty());
    public static final Lock WHILE_SYMBOL_BLOCKED =
        new Lock(Term.WHILE_SYMBOL_BLOCKED, Optional.empty());

    public static Lock of(Duration duration) {
      return new Lock(Term.FOR_DURATION, Optional.of(duration));
    }

    /**
     * The kind of lockout it makes.
     *
     * @throws IllegalStateException when it makes none
     */
    public LockoutType type() {
      return switch (term) {
        case UNTIL_RESET -> LockoutType.HARD;
        case FOR_DURATION -> LockoutType.COOLDOWN;
        case UNTIL_SESSION_START -> LockoutType.SESSION;
        case UNTIL_CONDITION -> LockoutType.CONDITION;
        case WHILE_SYMBOL_BLOCKED -> LockoutType.SYMBOL;
        case NONE -> throw new IllegalStateException("no lockout");
      };
    }

    public boolean locks() {
      return term != Term.NONE;
    }
  }

  /** Close everything, cancel everything, and lock as told. */
  public static Response flatten(Lock lock) {
    return new Response(Action.CLOSE_ALL, true, lock);
  }

  /** Close the position found, nothing else. */
  public static final Response CLOSE_POSITION =
      new Response(Action.CLOSE_POSITION, false, Lock.NONE);

  public static final Response ALERT = new Response(Action.NONE, false, Lock.NONE);

  public Response with(Action newAction, boolean newCancelOrders, Lock newLock) {
    return new Response(newAction, newCancelOrders, newLock);
  }
}
