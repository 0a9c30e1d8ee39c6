package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.wire.BlindWindowView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person reads of the times in which nobody saw the accounts. */
class BlindDeskTest {
  private static final String RULES =
      """
      general: {blind: {policy: hold, after: 30s}}
      daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
      """;

  private final World world = new World(RULES);
  private final List<Store.Change> rows = new ArrayList<>();
  private final Health health = new Health(world.now());
  private BlindDesk desk = desk(List.of());
  private EngineState seen = world.state();

  private BlindDesk desk(List<Store.MetaSaved> meta) {
    return new BlindDesk(meta, Optional.of(world.now()), id -> "Main", rows::addAll, health);
  }

  private void look() {
    desk.look(seen, world.state(), world.decisions());
    seen = world.state();
    world.takePrinted();
  }

  private void lost(String why) {
    desk.lost(why);
    world.disconnected();
    look();
  }

  private List<Store.MetaSaved> written() {
    return rows.stream()
        .filter(Store.MetaSaved.class::isInstance)
        .map(Store.MetaSaved.class::cast)
        .toList();
  }

  private void holdsTwo() {
    world.trade("MNQ", 2).send();
    look();
    world.position("MNQ", 2);
    look();
    world.order(5, "MNQ").sell(2).type(OrderType.STOP).send();
    look();
  }

  @Test
  void aWindowTellsWhatWasFoundAndWhatWasDone() {
    holdsTwo();
    world.at("14:01");
    lost("nothing heard for 30 s");
    assertThat(desk.windows())
        .containsExactly(
            new BlindWindowView(
                Instant.parse("2025-10-31T14:01:00Z"),
                null,
                "nothing heard for 30 s",
                List.of(),
                List.of()));
    world.clock("14:01:30");
    look();
    world.at("14:03").reconnected();
    look();
    world
        .snapshot()
        .trade(world.trade("MNQ", -2).pnl("-499.50").fees("1.48").executed("14:01:20"))
        .trade(world.trade("ES", -1).fees("0.50").executed("14:01:40"))
        .position("ES", -1, "6000")
        .reconcile();
    look();

    BlindWindowView window = desk.windows().getFirst();
    assertThat(window.until()).isEqualTo("2025-10-31T14:03:00Z");
    assertThat(window.found())
        .containsExactly(
            "2 trades, realized $-499.50 (fees $1.98)",
            "position ES: flat → 1 short",
            "position MNQ: 2 long → flat",
            "orders: 1 gone");
    assertThat(window.done()).hasSize(6);
    assertThat(window.done().getFirst()).startsWith("Account 1 held, nothing may be added, until");
    assertThat(window.done())
        .anySatisfy(text -> assertThat(text).startsWith("VIOLATION: DailyRealizedLoss"));
    assertThat(rows)
        .filteredOn(Store.LogAppended.class::isInstance)
        .singleElement()
        .satisfies(
            row -> {
              Store.LogAppended log = (Store.LogAppended) row;
              assertThat(log.kind()).isEqualTo("connection");
              assertThat(log.text())
                  .startsWith(
                      "Blind for 120 s, from 2025-10-31T14:01:00Z to 2025-10-31T14:03:00Z (nothing"
                          + " heard for 30 s). Found: 2 trades");
            });
  }

  @Test
  void aWindowInWhichNothingHappenedSaysSo() {
    holdsTwo();
    world.at("14:01");
    lost("closed");
    world.at("14:01:05").reconnected();
    look();
    world
        .snapshot()
        .position("MNQ", 2, "20000")
        .order(world.order(5, "MNQ").sell(2).type(OrderType.STOP).created("14:00").updated("14:00"))
        .reconcile();
    look();
    assertThat(desk.windows().getFirst().found()).containsExactly("nothing had changed");
    assertThat(desk.windows().getFirst().done()).isEmpty();
  }

  @Test
  void windowsSurviveARestartAndOneThatLastedGoesOn() {
    world.clock("14:00:30");
    look();
    world.at("14:01");
    lost("closed");
    desk = desk(written());
    world.restart();
    seen = world.state();
    desk.resume(seen);
    world.at("14:02").flatSnapshot().noTrades().send();
    look();

    BlindWindowView window = desk.windows().getFirst();
    assertThat(window.from()).isEqualTo("2025-10-31T14:01:00Z");
    assertThat(window.until()).isEqualTo("2025-10-31T14:02:00Z");
    assertThat(window.reason()).isEqualTo("closed; the engine was restarted");
    assertThat(desk(List.of(written().getLast())).windows()).containsExactly(window);
  }

  @Test
  void aStartAfterWhichAllIsAsItWasIsNotAWindow() {
    world.clock("14:00:01");
    world.restart();
    seen = world.state();
    world.at("15:00");
    lost("not connected since the start");
    assertThat(desk.windows()).isEmpty();
    world.at("15:01").flatSnapshot().noTrades().send();
    look();
    assertThat(desk.windows()).isEmpty();
    assertThat(rows).isEmpty();
  }

  @Test
  void tradesWhileTheEngineWasDownAreAWindow() {
    world.clock("14:00:01");
    world.restart();
    seen = world.state();
    world.at("15:00");
    lost("not connected since the start");
    world
        .at("15:01")
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("-20").fees("0.37").executed("14:30"))
        .send();
    look();
    assertThat(desk.windows().getFirst().reason()).isEqualTo("the engine was not running");
    assertThat(desk.windows().getFirst().found())
        .containsExactly("1 trade, realized $-20.00 (fees $0.37)");
  }

  @Test
  void notAbleToActIsSaidUntilTheVenueAnswers() {
    health.ready();
    desk.read(World.ME, QuietWatch.Reach.NOTHING);
    assertThat(health.view(world.now()).problems()).as("not blind").isEmpty();

    world.at("14:01");
    lost("closed");
    desk.read(World.ME, QuietWatch.Reach.NOTHING);
    assertThat(health.view(world.now()).problems().getFirst())
        .startsWith("account Main: NOT able to act");
    assertThat(health.view(world.now()).state().name()).isEqualTo("NOT_PROTECTED");

    desk.read(World.ME, QuietWatch.Reach.ALL);
    assertThat(health.view(world.now()).problems()).isEmpty();
    desk.read(World.ME, QuietWatch.Reach.NOTHING);
    world.at("14:02").reconnected();
    look();
    world.snapshot().reconcile();
    look();
    assertThat(health.view(world.now()).problems()).isEmpty();
  }

  /** What is done in each of several accounts reads like the same done twice. */
  @Test
  void ofSeveralAccountsItIsSaidInWhichItWasDone() {
    World two = new World("general: {blind: {policy: alert, after: 30s}}\n");
    two.canTrade(true).account(2).canTrade(true).takePrinted();
    EngineState before = two.state();
    BlindDesk both =
        new BlindDesk(
            List.of(), Optional.of(two.now()), id -> "A" + id, rows::addAll, new Health(two.now()));
    two.disconnected();
    both.look(before, two.state(), two.decisions());
    EngineState lost = two.state();
    two.clock("14:00:30").takePrinted();
    both.look(lost, two.state(), two.decisions());

    assertThat(both.windows().getFirst().done())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("A1: ALERT: "),
            second -> assertThat(second).startsWith("A2: ALERT: "));
  }
}
