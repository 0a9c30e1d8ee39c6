package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.MarketState;
import dev.riskmanager.domain.world.Restart;
import dev.riskmanager.domain.world.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * A gap anywhere in a session: what the reconciliation finds leads to the same books, and to the
 * same lockouts of the rules about money, trades and permission, as if everything had been told.
 */
class GapPropertyTest extends Scenarios {
  /**
   * A gap.
   *
   * @param from thousandths of the tape's events before it
   * @param length events in it
   */
  record Gap(int from, int length) {}

  @Provide
  Arbitrary<Gap> gaps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000), Arbitraries.integers().between(1, 60))
        .as(Gap::new);
  }

  /**
   * Sessions in which nobody but the trader, the market and the clock does anything, and trades are
   * told before their positions, as the venue does. Told the other way round, a fill that closes
   * under a cooldown is always judged as one that closes what was let stay: no reading tells that.
   */
  @Provide
  Arbitrary<Scenario> sessions() {
    return sessions(Move.Report.TRADE_FIRST, Move.Report.IN_PARTS);
  }

  @Provide
  Arbitrary<Scenario> anyOrder() {
    return sessions(Move.Report.values());
  }

  private static Arbitrary<Scenario> sessions(Move.Report... reports) {
    return Combinators.combine(
            Arbitraries.just(Instant.parse("2025-10-31T14:00:00Z")),
            RuleTexts.moneyAndTrades(),
            Arbitraries.of(true, false),
            quietMoves(reports)
                .list()
                .ofMinSize(3)
                .ofMaxSize(LONGEST)
                .withSizeDistribution(RandomDistribution.uniform()))
        .as(Scenario::new);
  }

  private static Arbitrary<Move> quietMoves(Move.Report... reports) {
    Arbitrary<Integer> nth = Arbitraries.integers().between(0, 3);
    Arbitrary<String> contract = Arbitraries.frequency(Tuple.of(4, "MNQ"), Tuple.of(1, "ES"));
    Arbitrary<Long> size = Arbitraries.longs().between(-3, 3).filter(n -> n != 0);
    return Arbitraries.frequencyOf(
        Tuple.of(
            8,
            Combinators.combine(contract, size, Arbitraries.of(reports))
                .as((c, n, report) -> new Move.Deal(1, c, n, report))),
        Tuple.of(
            8,
            Combinators.combine(contract, Arbitraries.integers().between(-60, 60))
                .as(Move.Tick::new)),
        Tuple.of(4, contract.map(c -> new Move.Leave(1, c))),
        Tuple.of(
            5,
            Arbitraries.integers().between(1, 90).map(s -> new Move.Pass(Duration.ofSeconds(s)))),
        Tuple.of(1, contract.map(c -> new Move.Protect(1, c, 20, 0))),
        Tuple.of(
            1, Combinators.combine(contract, size).as((c, n) -> (Move) new Move.Wait(1, c, n))),
        Tuple.of(
            2,
            Combinators.combine(nth, Arbitraries.of(true, false))
                .as((n, part) -> new Move.Fill(1, n, part))),
        Tuple.of(1, nth.map(n -> new Move.Cancel(1, n))));
  }

  @Property(seed = SEED, tries = 500)
  void aGapChangesNoLockout(@ForAll("sessions") Scenario scenario, @ForAll("gaps") Gap gap) {
    run(scenario, gap, true, false);
  }

  @Property(seed = SEED, tries = 500)
  void aGapChangesNoBook(@ForAll("anyOrder") Scenario scenario, @ForAll("gaps") Gap gap) {
    run(scenario, gap, false, false);
  }

  /** Killed in the gap, it reads at its next start what it would have read after it. */
  @Property(seed = SEED, tries = 500)
  void aKillInTheGapChangesNoLockout(
      @ForAll("sessions") Scenario scenario, @ForAll("gaps") Gap gap) {
    run(scenario, gap, true, true);
  }

  static void run(Scenario scenario, Gap gap, boolean lockouts, boolean killed) {
    Street.Told told = Street.told(scenario.initial(), scenario.obeys(), scenario.moves());
    int from = Math.min(told.tape().size() - 1, 1 + gap.from() * told.tape().size() / 1000);
    int to = Math.min(told.tape().size(), from + gap.length());
    compare(scenario, told, from, to, lockouts, killed);
  }

  /** All of its accounts were read whole before. */
  static EngineState watched(EngineState initial) {
    EngineState state = initial;
    for (LongMap.Entry<AccountState> entry : initial.accounts()) {
      AccountState account = entry.value();
      state = state.withAccount(account.withMemory(account.memory().with("BOOKS/read", 1L)));
    }
    return state;
  }

  static EngineState read(EngineState blind, Instant at, RiskEvent told, boolean killed) {
    if (!killed) {
      EngineState back = RiskEngine.step(blind, at, new RiskEvent.Reconnected()).state();
      return RiskEngine.step(back, at, told).state();
    }
    RiskEvent.SnapshotTaken truth = (RiskEvent.SnapshotTaken) told;
    EngineState restarted = withMarket(Restart.of(blind), blind.market());
    EngineState begun = RiskEngine.step(restarted, at, new RiskEvent.Disconnected("test")).state();
    RiskEvent first =
        new RiskEvent.SnapshotTaken(
            false, truth.accounts(), truth.positions(), truth.orders(), truth.trades());
    return RiskEngine.step(begun, at, first).state();
  }

  /** Prices are not stored; the market is taken as showing what it showed. */
  private static EngineState withMarket(EngineState state, MarketState market) {
    return new EngineState(
        state.now(),
        state.rules(),
        market,
        state.accounts(),
        state.holders(),
        state.nextLockoutId(),
        state.begun());
  }

  /**
   * Whether a sum was judged in the gap: at the end of a lockout, by what was known then. Had more
   * been known it might have been found that it was made good.
   */
  private static boolean locks(Step blind) {
    return blind.decisions().stream().anyMatch(Decision.LockoutSet.class::isInstance);
  }

  /** With nothing told of the events from {@code from} to before {@code to}. */
  static void compare(
      Scenario scenario, Street.Told told, int from, int to, boolean lockouts, boolean killed) {
    EngineState seen = watched(scenario.initial());
    EngineState blind = seen;
    for (int i = 0; i < told.tape().size(); i++) {
      Street.Timed timed = told.tape().get(i);
      seen = RiskEngine.step(seen, timed.t(), timed.event()).state();
      if (i == from) {
        blind = RiskEngine.step(blind, timed.t(), new RiskEvent.Disconnected("test")).state();
      }
      boolean lost = i >= from && i < to && timed.event() instanceof RiskEvent.AccountScoped;
      RiskEvent event = lost ? new RiskEvent.ClockTicked() : timed.event();
      if (i == to - 1) {
        // What is read was done before that, and what follows is done at it, or later.
        Instant read = timed.t().minusNanos(1);
        if (locks(RiskEngine.step(blind, read, new RiskEvent.ClockTicked()))) {
          return;
        }
        blind = read(blind, read, told.truths().get(i), killed);
      }
      Step step = RiskEngine.step(blind, timed.t(), event);
      blind = step.state();
      if (i >= from && i < to - 1 && locks(step)) {
        return;
      }
      if (i >= to - 1 && isSettled(told.tape(), i)) {
        same(lockouts, seen, blind, "at " + timed + ", after the gap from " + from + " to " + to);
      }
    }
  }

  /** Whether the venue has told all of what has happened: no deal is half told. */
  private static boolean isSettled(List<Street.Timed> tape, int i) {
    boolean last = i + 1 == tape.size();
    return last
        || !(tape.get(i + 1).event() instanceof RiskEvent.AccountScoped)
        || (tape.get(i + 1).event() instanceof RiskEvent.OrderReported order
            && order.order().filled() == 0);
  }

  private static void same(boolean lockouts, EngineState seen, EngineState blind, String when) {
    for (LongMap.Entry<AccountState> entry : seen.accounts()) {
      AccountState a = entry.value();
      AccountState b = blind.accounts().get(entry.key()).orElseThrow();
      if (lockouts) {
        assertThat(Watched.lockouts(b)).as("lockouts %s", when).isEqualTo(Watched.lockouts(a));
      }
      assertThat(Watched.books(b)).as("books %s", when).isEqualTo(Watched.books(a));
    }
  }
}
