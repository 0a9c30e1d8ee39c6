package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.TradeBook;
import dev.riskmanager.domain.timer.Timer;
import dev.riskmanager.domain.world.Restart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A restart forgets nothing that decides. */
class RestartPropertyTest extends Scenarios {
  /** A position event tells of growth a little after the fill, which alone is written. */
  private static final Duration NEAR = Duration.ofMillis(250);

  /**
   * An engine that stops anywhere, goes on from what it wrote and reads the venue decides from
   * there on as one that never stopped. With that read the guard orders once more what it had under
   * way. (What was told before the stop is not told again: which orders have ended is not written.)
   */
  @Property(seed = SEED)
  void goesOnAsIfItHadNotStopped(
      @ForAll("scenarios") Scenario scenario, @ForAll("later") List<Move> moves) {
    Street.Cut cuts = Street.play(scenario.initial(), scenario.obeys(), scenario.moves(), moves);
    List<Street.Timed> tape = cuts.tape();
    Street.Timed read = tape.get(cuts.read());
    List<Street.Timed> toStop = new ArrayList<>(tape.subList(0, cuts.read()));
    toStop.add(new Street.Timed(read.t(), new RiskEvent.ClockTicked()));
    EngineState stopped = Walk.of(scenario.initial(), toStop).end();
    List<Street.Timed> toRead = List.of(read);
    Walk went = Walk.of(stopped, toRead);
    Walk restarted = Walk.of(restarted(stopped), toRead);
    assertThat(restarted.decisions().stream().filter(d -> !d.cause().guard()).toList())
        .as("at the read")
        .isEqualTo(went.decisions().stream().filter(d -> !d.cause().guard()).toList());
    assertThat(restarted.decisions()).containsAll(went.decisions());
    same(went.end(), restarted.end());
    List<RiskEvent> before =
        tape.subList(0, cuts.read()).stream().map(Street.Timed::event).toList();
    List<Street.Timed> later =
        tape.subList(cuts.read() + 1, tape.size()).stream()
            .filter(timed -> !before.contains(timed.event()))
            .toList();
    Walk goesOn = Walk.of(went.end(), later);
    Walk goesOnToo = Walk.of(restarted.end(), later);
    for (int i = 0; i < goesOn.steps().size(); i++) {
      assertThat(fresh(goesOnToo.steps().get(i).decisions(), went.end()))
          .as("%s", goesOn.steps().get(i))
          .isEqualTo(fresh(goesOn.steps().get(i).decisions(), went.end()));
    }
    same(goesOn.end(), goesOnToo.end());
  }

  /** Without what the guard may have to order once more: of orders that stood at the read. */
  private static List<Decision> fresh(List<Decision> decisions, EngineState atRead) {
    return decisions.stream()
        .filter(
            d ->
                switch (d) {
                  case Decision.CancelOrder c ->
                      !c.cause().guard() || !stood(d, c.orderId(), atRead);
                  case Decision.ResizeOrder r ->
                      !r.cause().guard() || !stood(d, r.orderId(), atRead);
                  default -> true;
                })
        .toList();
  }

  private static boolean stood(Decision decision, long order, EngineState atRead) {
    return atRead.account(decision.account()).orElseThrow().orders().containsKey(order);
  }

  @Provide
  Arbitrary<List<Move>> later() {
    return moves().list().ofMaxSize(30);
  }

  /** Prices are not stored; the market is taken as showing what it showed. */
  private static EngineState restarted(EngineState stopped) {
    EngineState state = Restart.of(stopped);
    return new EngineState(
        state.now(),
        state.rules(),
        stopped.market(),
        state.accounts(),
        state.holders(),
        state.nextLockoutId(),
        state.begun());
  }

  private static List<Holding> books(AccountState account) {
    return account.holdings().values().stream()
        .map(h -> new Holding(h.contract(), h.position(), h.pending(), h.shown(), Instant.MIN))
        .toList();
  }

  /** A read leaves the guard nothing to wait for. */
  private static List<Timer> ofRules(AccountState account) {
    return account.timers().values().stream().filter(t -> !t.name().startsWith("guard/")).toList();
  }

  /** Times are kept in slots, whose numbers depend on what else once had that time. */
  private static List<Integer> times(AccountState account) {
    TradeBook book = account.trades();
    return List.of(
        book.orderTimes().ids().size(),
        book.fillTimes().ids().size(),
        book.roundTurnTimes().ids().size());
  }

  private static void same(EngineState expected, EngineState found) {
    for (long id : Scenario.ACCOUNTS) {
      AccountState mine = found.accounts().get(id).orElseThrow();
      AccountState theirs = expected.accounts().get(id).orElseThrow();
      assertThat(mine.locks().active()).isEqualTo(theirs.locks().active());
      assertThat(mine.locks().closing()).isEqualTo(theirs.locks().closing());
      assertThat(mine.trades().trades()).isEqualTo(theirs.trades().trades());
      assertThat(mine.trades().days()).isEqualTo(theirs.trades().days());
      assertThat(mine.trades().fills()).isEqualTo(theirs.trades().fills());
      assertThat(times(mine)).isEqualTo(times(theirs));
      assertThat(mine.episodes()).isEqualTo(theirs.episodes());
      assertThat(mine.acknowledged()).isEqualTo(theirs.acknowledged());
      assertThat(mine.memory()).isEqualTo(theirs.memory());
      assertThat(ofRules(mine)).isEqualTo(ofRules(theirs));
      Instant kept = expected.now().minus(Duration.ofDays(1));
      assertThat(books(mine)).isEqualTo(books(theirs));
      for (Holding holding : theirs.holdings()) {
        Instant increased = mine.holding(holding.contract()).lastIncrease();
        boolean near =
            Duration.between(increased, holding.lastIncrease()).abs().compareTo(NEAR) <= 0;
        assertThat(near || holding.lastIncrease().isBefore(kept))
            .as("increased at %s: %s", increased, holding)
            .isTrue();
      }
      assertThat(mine.orders()).isEqualTo(theirs.orders());
    }
    assertThat(found.now()).isEqualTo(expected.now());
    assertThat(found.holders()).isEqualTo(expected.holders());
    assertThat(found.nextLockoutId()).isEqualTo(expected.nextLockoutId());
  }
}
