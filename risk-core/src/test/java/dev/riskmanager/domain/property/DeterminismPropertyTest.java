package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Locks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The same events, the same decisions: of one account, whatever the other does. */
class DeterminismPropertyTest extends Scenarios {

  /** The engine without a tick before each event, over a tape. */
  private record Run(EngineState end, List<Decision> decisions) {
    static Run of(EngineState start, List<Street.Timed> tape) {
      EngineState state = start;
      List<Decision> decisions = new ArrayList<>();
      for (Street.Timed timed : tape) {
        Step step = RiskEngine.step(state, timed.t(), timed.event());
        state = step.state();
        decisions.addAll(step.decisions());
      }
      return new Run(state, decisions);
    }
  }

  /** Made twice from nothing, which shares no object; and with the clock told before each event. */
  @Property(seed = SEED)
  void theSameEventsGiveTheSameDecisions(@ForAll("scenarios") Scenario scenario) {
    Run one = Run.of(scenario.initial(), scenario.tape());
    Run other = Run.of(scenario.initial(), scenario.tape());
    Walk ticked = scenario.walk();
    assertThat(other.decisions()).isEqualTo(one.decisions());
    assertThat(other.end()).isEqualTo(one.end());
    assertThat(other.end().hashCode()).isEqualTo(one.end().hashCode());
    assertThat(ticked.decisions()).isEqualTo(one.decisions());
    assertThat(ticked.end()).isEqualTo(one.end());
  }

  /** A log folded in two halves. A state is a value: what was made of it before changes nothing. */
  @Property(seed = SEED)
  void twoHalvesAreTheWhole(
      @ForAll("scenarios") Scenario scenario, @ForAll @IntRange(min = 0, max = 1000) int cut) {
    List<Street.Timed> tape = scenario.tape();
    int at = cut * tape.size() / 1000;
    Run whole = Run.of(scenario.initial(), tape);
    Run first = Run.of(scenario.initial(), tape.subList(0, at));
    Run second = Run.of(first.end(), tape.subList(at, tape.size()));
    Run secondAgain = Run.of(first.end(), tape.subList(at, tape.size()));
    List<Decision> both = new ArrayList<>(first.decisions());
    both.addAll(second.decisions());
    assertThat(both).isEqualTo(whole.decisions());
    assertThat(second.end()).isEqualTo(whole.end());
    assertThat(secondAgain).isEqualTo(second);
  }

  @Property(seed = SEED)
  void noAccountIsTouchedByAnother(@ForAll("scenarios") Scenario scenario) {
    List<Street.Timed> tape = scenario.tape();
    Run both = Run.of(scenario.initial(), tape);
    for (long id : Scenario.ACCOUNTS) {
      AccountId account = new AccountId(id);
      List<Street.Timed> own = new ArrayList<>();
      for (Street.Timed timed : tape) {
        only(timed.event(), account).ifPresent(e -> own.add(new Street.Timed(timed.t(), e)));
      }
      own.add(new Street.Timed(tape.getLast().t(), new RiskEvent.ClockTicked()));
      Run alone = Run.of(scenario.initial(), own);
      assertThat(of(alone.decisions(), account)).isEqualTo(of(both.decisions(), account));
      assertThat(unnumbered(alone.end().account(account).orElseThrow()))
          .isEqualTo(unnumbered(both.end().account(account).orElseThrow()));
    }
  }

  /** What is left of an event for one account; market events and time are everybody's. */
  private static Optional<RiskEvent> only(RiskEvent event, AccountId account) {
    return switch (event) {
      case RiskEvent.AccountScoped scoped ->
          scoped.account().equals(account) ? Optional.of(event) : Optional.empty();
      case RiskEvent.SnapshotTaken s ->
          Optional.of(
              new RiskEvent.SnapshotTaken(
                  s.reconciliation(),
                  rows(s.accounts(), row -> row.id().equals(account)),
                  rows(s.positions(), row -> row.account().equals(account)),
                  rows(s.orders(), row -> row.account().equals(account)),
                  rows(s.trades(), row -> row.account().equals(account))));
      default -> Optional.of(event);
    };
  }

  private static <T> Optional<List<T>> rows(Optional<List<T>> rows, Predicate<T> keep) {
    return rows.map(all -> all.stream().filter(keep).toList());
  }

  /** The lines of one account; numbers of lockouts are given out over all accounts. */
  private static List<Decision> of(List<Decision> decisions, AccountId account) {
    return decisions.stream()
        .filter(decision -> decision.account().equals(account))
        .map(DeterminismPropertyTest::unnumbered)
        .toList();
  }

  private static Decision unnumbered(Decision decision) {
    return switch (decision) {
      case Decision.LockoutSet set -> new Decision.LockoutSet(set.cause(), zero(set.lockout()));
      case Decision.LockoutCleared c ->
          new Decision.LockoutCleared(c.cause(), zero(c.lockout()), c.by());
      case Decision.PrecheckBlocked b ->
          new Decision.PrecheckBlocked(b.cause(), zero(b.lockout()), b.symbol(), b.contract());
      default -> decision;
    };
  }

  private static AccountState unnumbered(AccountState account) {
    Table<Locks.Key, Lockout> active = Table.empty();
    for (Lockout lockout : account.locks().active()) {
      active = active.with(Locks.Key.of(lockout), zero(lockout));
    }
    return account.withLocks(account.locks().withActive(active));
  }

  private static Lockout zero(Lockout l) {
    return new Lockout(
        0,
        l.account(),
        l.rule(),
        l.symbol(),
        l.type(),
        l.reason(),
        l.lockedAt(),
        l.expiresAt(),
        l.baseline(),
        l.tradingDay());
  }
}
