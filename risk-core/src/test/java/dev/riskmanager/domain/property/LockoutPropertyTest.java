package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.state.Locks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of lockouts whatever happens. */
class LockoutPropertyTest extends Scenarios {

  /**
   * The lockouts in force follow from the lines alone; each ends at its time and not before, or by
   * an admin who may, or by its own condition.
   */
  @Property(seed = SEED)
  void noneEndsBeforeItMay(@ForAll("scenarios") Scenario scenario) {
    Walk walk = scenario.walk();
    Map<Long, Book> books = new TreeMap<>();
    for (Walk.Seen seen : walk.steps()) {
      for (AccountId account : walk.accounts()) {
        Book book = books.computeIfAbsent(account.value(), id -> new Book(account));
        book.follow(seen);
      }
    }
  }

  /** The lockouts of one account, kept from the lines that were printed. */
  private static final class Book {
    final AccountId account;
    final Map<Locks.Key, Lockout> active = new TreeMap<>();
    final List<Instant> asked = new ArrayList<>();

    Book(AccountId account) {
      this.account = account;
    }

    void follow(Walk.Seen seen) {
      if (seen.event() instanceof RiskEvent.UnlockRequested unlock
          && unlock.account().equals(account)) {
        asked.add(seen.t());
      }
      for (Decision decision : seen.of(account)) {
        if (decision instanceof Decision.LockoutSet set) {
          set(seen, set.lockout());
        } else if (decision instanceof Decision.LockoutCleared cleared) {
          cleared(seen, cleared);
        }
      }
      Map<Locks.Key, Optional<Instant>> known = new TreeMap<>();
      active.forEach((key, lockout) -> known.put(key, lockout.expiresAt()));
      Map<Locks.Key, Optional<Instant>> held = new TreeMap<>();
      for (Lockout lockout : seen.after(account).locks().active()) {
        held.put(Locks.Key.of(lockout), lockout.expiresAt());
        assertThat(lockout.isActiveAt(seen.t())).as("over, and still there: %s", seen).isTrue();
      }
      assertThat(held).as("in force %s", seen).isEqualTo(known);
    }

    private void set(Walk.Seen seen, Lockout lockout) {
      Lockout before = active.put(Locks.Key.of(lockout), lockout);
      assertThat(lockout.isActiveAt(lockout.lockedAt())).as("over at once %s", seen).isTrue();
      if (before != null) {
        assertThat(lockout.endsAfter(before)).as("longer: %s", seen).isTrue();
        assertThat(lockout.lockedAt()).isEqualTo(before.lockedAt());
        assertThat(lockout.id()).isEqualTo(before.id());
      }
    }

    private void cleared(Walk.Seen seen, Decision.LockoutCleared cleared) {
      Lockout lockout = cleared.lockout();
      assertThat(active.remove(Locks.Key.of(lockout))).as("cleared %s", seen).isNotNull();
      Instant at = cleared.cause().at();
      if (cleared.by().startsWith("admin:")) {
        RulePolicy.AdminUnlock policy = policy(seen, lockout);
        assertThat(policy.allowed()).as("forbidden: %s", seen).isTrue();
        assertThat(asked).as("asked by an admin %s", seen).contains(at.minus(policy.delay()));
      } else if (lockout.type() == LockoutType.CONDITION) {
        assertThat(seen.after(account).canTrade()).as("allowed again %s", seen).isTrue();
      } else {
        assertThat(lockout.expiresAt()).as("at its end %s", seen).contains(at);
        assertThat(cleared.by())
            .isEqualTo(lockout.type() == LockoutType.HARD ? "reset" : "expired");
      }
    }

    private RulePolicy.AdminUnlock policy(Walk.Seen seen, Lockout lockout) {
      return seen.before()
          .rules()
          .of(account)
          .flatMap(rules -> rules.rule(lockout.rule()))
          .map(rule -> rule.policy().adminUnlock())
          .orElse(RulePolicy.AdminUnlock.ALLOWED);
    }
  }

  /** The one that is shown, and that the pre-check names, is the one with the latest end. */
  @Property(seed = SEED)
  void theLatestEndCounts(@ForAll("scenarios") Scenario scenario) {
    Walk walk = scenario.walk();
    for (Walk.Seen seen : walk.steps()) {
      for (AccountId account : walk.accounts()) {
        Optional<Lockout> latest = latest(seen.after(account).locks());
        assertThat(seen.after(account).locks().governing()).as("%s", seen).isEqualTo(latest);
        assertThat(seen.after(account).locks().accountLocked()).isEqualTo(latest.isPresent());
        for (Decision decision : seen.of(account)) {
          if (decision instanceof Decision.PrecheckBlocked blocked) {
            // Baselines move with the fill that is blocked.
            Lockout was = latest(seen.before(account).locks()).orElseThrow();
            assertThat(blocked.lockout().id()).as("%s", seen).isEqualTo(was.id());
          }
        }
      }
    }
  }

  private static Optional<Lockout> latest(Locks locks) {
    return locks.active().values().stream()
        .filter(Lockout::isAccountWide)
        .max(
            Comparator.comparing((Lockout l) -> l.expiresAt().orElse(Instant.MAX))
                .thenComparing(Lockout::rule, Comparator.reverseOrder()));
  }

  /** While the account was locked, only the guard decides; the pre-check says so once an event. */
  @Property(seed = SEED)
  void noRuleIsAskedWhileLocked(@ForAll("scenarios") Scenario scenario) {
    Walk walk = scenario.walk();
    for (Walk.Seen seen : walk.steps()) {
      for (AccountId account : walk.accounts()) {
        List<Decision> lines = seen.of(account);
        boolean locked = seen.before(account).locks().accountLocked();
        boolean cleared = lines.stream().anyMatch(d -> d instanceof Decision.LockoutCleared);
        boolean byAdmin = seen.event() instanceof RiskEvent.AdminRequested;
        if (locked && !cleared && !byAdmin) {
          assertThat(lines)
              .as("%s", seen)
              .allMatch(
                  line ->
                      line.cause().guard()
                          || line.cause().shadow()
                          || line instanceof Decision.PrecheckBlocked
                          || line instanceof Decision.Reset);
        }
        long blocked = lines.stream().filter(d -> d instanceof Decision.PrecheckBlocked).count();
        assertThat(blocked).as("%s", seen).isEqualTo(locked && isBlocked(seen, account) ? 1 : 0);
      }
    }
  }

  /** A new order, position or trade event of the account. */
  private static boolean isBlocked(Walk.Seen seen, AccountId account) {
    boolean ofAccount =
        seen.event() instanceof RiskEvent.AccountScoped scoped && scoped.account().equals(account);
    boolean kind =
        seen.event() instanceof RiskEvent.OrderReported
            || seen.event() instanceof RiskEvent.PositionReported
            || seen.event() instanceof RiskEvent.TradeReported;
    return ofAccount && kind && !seen.after(account).equals(seen.before(account));
  }
}
