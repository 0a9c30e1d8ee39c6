package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Response.Lock;
import java.time.Duration;
import java.util.Optional;

/**
 * How strict a rule is, aspect by aspect, so that two settings of it can be compared: what tightens
 * takes effect at once, what loosens at the next reset. A partial order: two settings of which each
 * is stricter in something are not comparable, and then neither is at least as strict as the other.
 *
 * @param aspects by their names; a limit that is not set has none
 */
public record Strictness(Table<String, Aspect> aspects) {
  public static final Strictness NONE = new Strictness(Table.empty());

  private static final long FORBIDDEN = Long.MAX_VALUE;

  /** One thing about a rule that can be stricter or not. */
  public interface Aspect {
    /**
     * Whether it protects at least as much as the other.
     *
     * @param other the same aspect of the same rule, set differently
     */
    boolean isAtLeast(Aspect other);
  }

  /** More is stricter. */
  private record Level(long value) implements Aspect {
    @Override
    public boolean isAtLeast(Aspect other) {
      return other instanceof Level level && value >= level.value;
    }
  }

  /** Neither direction is stricter: any difference loosens. */
  private record Same(Object value) implements Aspect {
    @Override
    public boolean isAtLeast(Aspect other) {
      return equals(other);
    }
  }

  /** A lockout: none is the loosest, of two durations the longer is stricter. */
  private record Locks(Lock lock) implements Aspect {
    @Override
    public boolean isAtLeast(Aspect other) {
      return other instanceof Locks locks && lastsAtLeast(lock, locks.lock);
    }
  }

  /**
   * Whether a lockout lasts at least as long as another: none is the shortest, two durations
   * compare, and ends of different kinds do not.
   */
  public static boolean lastsAtLeast(Lock lock, Lock other) {
    if (!other.locks() || lock.equals(other)) {
      return true;
    }
    Optional<Duration> one = lock.duration();
    Optional<Duration> two = other.duration();
    return one.isPresent() && two.isPresent() && one.get().compareTo(two.get()) >= 0;
  }

  /**
   * Upper limits by symbol.
   *
   * @param listed in capitals
   * @param others of every symbol not listed; empty is no limit
   */
  private record Limits(Table<String, Long> listed, Optional<Long> others) implements Aspect {
    @Override
    public boolean isAtLeast(Aspect other) {
      if (!(other instanceof Limits limits)) {
        return false;
      }
      boolean atLeast = isWithin(others, limits.others);
      for (int i = 0; i < listed.size(); i++) {
        atLeast &= isWithin(of(listed.keyAt(i)), limits.of(listed.keyAt(i)));
      }
      for (int i = 0; i < limits.listed.size(); i++) {
        atLeast &= isWithin(of(limits.listed.keyAt(i)), limits.of(limits.listed.keyAt(i)));
      }
      return atLeast;
    }

    private Optional<Long> of(String symbol) {
      Optional<Long> own = listed.get(symbol);
      return own.isPresent() ? own : others;
    }

    private static boolean isWithin(Optional<Long> limit, Optional<Long> other) {
      return other.isEmpty() || limit.filter(n -> n <= other.get()).isPresent();
    }
  }

  /** Names the aspects of a rule's common keys: mode and unlocking. */
  public static Strictness of(RulePolicy policy) {
    RulePolicy.AdminUnlock unlock = policy.adminUnlock();
    return NONE.yes("mode", !policy.shadow())
        .higher("admin_unlock", unlock.allowed() ? unlock.delay().toMillis() : FORBIDDEN);
  }

  /** The same with those of its response: the heavier action, cancelling, the longer lock. */
  public static Strictness of(RulePolicy policy, Response response) {
    return of(policy).response("", response);
  }

  /** Adds a response. */
  public Strictness response(String prefix, Response response) {
    return higher(prefix + "action", weight(response.action()))
        .yes(prefix + "cancel_orders", response.cancelOrders())
        .with(prefix + "lockout", new Locks(response.lock()));
  }

  private static long weight(Response.Action action) {
    return switch (action) {
      case NONE -> 0;
      case REDUCE -> 1;
      case CLOSE_POSITION -> 2;
      case CLOSE_ALL -> 3;
    };
  }

  public Strictness higher(String name, long value) {
    return with(name, new Level(value));
  }

  public Strictness lower(String name, long value) {
    return with(name, new Level(Math.negateExact(value)));
  }

  /** The shorter is stricter: a grace, a confirmation. */
  public Strictness shorter(String name, Duration value) {
    return lower(name, value.toMillis());
  }

  public Strictness yes(String name, boolean value) {
    return with(name, new Level(value ? 1 : 0));
  }

  /** Neither direction is stricter. */
  public Strictness neither(String name, Object value) {
    return with(name, new Same(value));
  }

  /** Upper limits by symbol; empty {@code others} leaves those not listed without one. */
  public Strictness limits(String name, Table<String, Long> listed, Optional<Long> others) {
    return with(name, new Limits(listed, others));
  }

  /** An aspect that only one rule has. */
  public Strictness with(String name, Aspect aspect) {
    return new Strictness(aspects.with(name, aspect));
  }

  /** Whether every aspect is at least as strict; one that the other does not have is a plus. */
  public boolean isAtLeast(Strictness other) {
    for (int i = 0; i < other.aspects.size(); i++) {
      Aspect was = other.aspects.valueAt(i);
      if (aspects.get(other.aspects.keyAt(i)).filter(a -> a.isAtLeast(was)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a rule protects at least as much as another setting of it. Two that differ in something
   * that their strictness does not name are not comparable: what is forgotten waits.
   */
  public static boolean isAtLeast(RiskRule rule, RiskRule other) {
    if (rule.equals(other)) {
      return true;
    }
    Strictness now = rule.strictness();
    Strictness then = other.strictness();
    return !now.equals(then) && now.isAtLeast(then);
  }

  /** Whether a rule set protects at least as much as another: rule by rule, and in general. */
  public static boolean isAtLeast(RuleSet rules, RuleSet others) {
    if (!rules.general().equals(others.general())
        && !rules.general().strictness().isAtLeast(others.general().strictness())) {
      return false;
    }
    for (RiskRule other : others.rules()) {
      if (rules.rule(other.id()).filter(rule -> isAtLeast(rule, other)).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
