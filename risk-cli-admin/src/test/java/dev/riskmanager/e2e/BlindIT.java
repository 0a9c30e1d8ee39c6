package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.BlindWindowView;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The hub is gone for a while, and the trader trades: each policy, with real programs. */
class BlindIT {
  private static Stage stage(String policy) throws Exception {
    Stage stage = Stage.set("general.blind.policy=" + policy, "general.blind.after=4s");
    stage.configure("engine.yaml", "[0s, 1s, 2s, 5s, 10s, 30s]", "[0s, 1s]");
    return stage;
  }

  /** Two MNQ are held, and the hub is gone. */
  private static void lost(Stage stage, EngineProcess engine) {
    engine.awaitProtecting();
    stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    engine.awaitStatus("the position is seen", s -> account(s).positions().size() == 1);
    stage.venue().knob("refuse_hubs", true);
    stage.venue().knob("drop_hubs", true);
  }

  private static StatusView back(Stage stage, EngineProcess engine) {
    stage.venue().knob("refuse_hubs", null);
    return engine.awaitStatus(
        "the window is over",
        s ->
            !s.gateway().blindWindows().isEmpty()
                && s.gateway().blindWindows().getLast().until() != null);
  }

  private static List<String> locks(StatusView status) {
    return account(status).lockouts().stream().map(LockoutView::ruleId).toList();
  }

  private static long held(Stage stage) {
    return stage.venue().positions(ACCOUNT).stream().mapToLong(p -> p.size()).sum();
  }

  @Test
  void alertSaysSoAndALossWonBackInTheGapLocksAllTheSame() throws Exception {
    try (Stage stage = stage("alert");
        EngineProcess engine = EngineProcess.start(stage.home())) {
      lost(stage, engine);
      engine.awaitLine("ALERT: blind - nothing was seen of the account for ");
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("300"));

      StatusView after = back(stage, engine);

      assertThat(locks(after)).containsExactly("RULE-003");
      BlindWindowView window = after.gateway().blindWindows().getLast();
      assertThat(window.found().getFirst()).contains("trades, realized $-300.25");
      assertThat(window.done()).anySatisfy(text -> assertThat(text).startsWith("ALERT: blind"));
      engine.awaitLine("Blind for ");
    }
  }

  @Test
  void holdUndoesWhatIsAddedWhileOnlyReadingsTellOfIt() throws Exception {
    try (Stage stage = stage("hold");
        EngineProcess engine = EngineProcess.start(stage.home())) {
      lost(stage, engine);
      engine.awaitStatus("held", s -> locks(s).equals(List.of("BLIND")));
      assertThat(held(stage)).isEqualTo(2);

      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
      await("what was added is undone")
          .atMost(Duration.ofSeconds(40))
          .until(() -> held(stage) == 2);
      StatusView during = engine.awaitStatus("seen", s -> account(s).lockouts().size() == 1);
      assertThat(account(during).locked()).isTrue();
      assertThat(account(during).lockouts().getFirst().unlock()).contains("the connection is back");
      assertThat(during.gateway().blindWindows().getLast().until()).isNull();

      StatusView after = back(stage, engine);

      assertThat(locks(after)).isEmpty();
      assertThat(held(stage)).isEqualTo(2);
      assertThat(after.gateway().blindWindows().getLast().done())
          .anySatisfy(text -> assertThat(text).startsWith("GUARD: reduce MNQ"));
    }
  }

  @Test
  void flattenFlattensAndHoldsUntilTheConnectionIsBackAlsoAfterAKill() throws Exception {
    try (Stage stage = stage("flatten")) {
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        lost(stage, engine);
        engine.awaitStatus("held", s -> locks(s).equals(List.of("BLIND")));
        await("flat").atMost(Duration.ofSeconds(30)).until(() -> held(stage) == 0);
        engine.kill();
      }
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitStatus("still held", s -> locks(s).equals(List.of("BLIND")));
        StatusView after = back(stage, engine);
        assertThat(locks(after)).isEmpty();
        assertThat(after.gateway().blindWindows().getLast().reason())
            .endsWith("the engine was restarted");
      }
    }
  }

  /** Each fill starts a cooldown of eight seconds, which lets stay what is there. */
  private static Stage cooldowns() throws Exception {
    return Stage.set(
        "general.blind.policy=alert",
        "general.blind.after=30s",
        "trade_frequency_limit.enabled=true",
        "trade_frequency_limit.limits={per_minute: 1, per_hour: 90, per_session: 90}",
        "trade_frequency_limit.cooldown_on_breach={enabled: true, per_minute_breach: 8,"
            + " per_hour_breach: 8, per_session_breach: 8}");
  }

  private static Instant locked(Stage stage, EngineProcess engine) {
    engine.awaitProtecting();
    stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    StatusView status = engine.awaitStatus("locked", s -> locks(s).equals(List.of("RULE-006")));
    return Objects.requireNonNull(account(status).lockouts().getFirst().expiresAt());
  }

  private static void awaitEnd(Instant end) {
    await("the cooldown is over")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Instant.now().isAfter(end.plusMillis(300)));
  }

  @Test
  void whatWasAddedUnderACooldownThatEndedInTheGapGoes() throws Exception {
    try (Stage stage = cooldowns();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      Instant end = locked(stage, engine);
      stage.venue().knob("refuse_hubs", true);
      stage.venue().knob("drop_hubs", true);
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 3);
      awaitEnd(end);
      stage.venue().knob("refuse_hubs", null);
      await("undone").atMost(Duration.ofSeconds(40)).until(() -> held(stage) == 2);
    }
  }

  @Test
  void whatWasAddedWhileTheEngineWasDeadGoesThoughTheCooldownIsOver() throws Exception {
    try (Stage stage = cooldowns()) {
      Instant end;
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        end = locked(stage, engine);
        engine.kill();
      }
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 3);
      awaitEnd(end);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitLine("while nobody looked");
        await("undone").atMost(Duration.ofSeconds(20)).until(() -> held(stage) == 2);
      }
    }
  }
}
