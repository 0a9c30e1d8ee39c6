package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.StatusView;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the venue lets be asked of it in a minute runs out, or a part of it fails for long. */
class UnderPressureIT {
  private static final long OTHER = ACCOUNT + 1;

  private static boolean isFlat(Stage stage, long account) {
    return stage.venue().positions(account).isEmpty();
  }

  @Test
  void whoeverOpensFiftyTimesInTwoSecondsIsFlatSecondsLaterAndNotQuietly() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
      engine.awaitStatus("locked", s -> account(s).locked());

      for (int i = 0; i < 50; i++) {
        stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(40));
      }

      await("flat").atMost(Duration.ofSeconds(15)).until(() -> isFlat(stage, ACCOUNT));
      assertThat(stage.venue().requests().size()).isLessThan(250);
      engine.awaitStatus("the books are flat too", s -> account(s).positions().isEmpty());
    }
  }

  @Test
  void aLockedAccountIsClosedAtTheStartThoughTradesCannotBeRead() throws Exception {
    try (Stage stage = Stage.set(2)) {
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
        engine.awaitStatus("locked", s -> account(s).locked());
        engine.kill();
      }
      stage.venue().knob("status", Map.of("op", "Trade/search", "code", 500));
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
      stage.venue().trade(OTHER, "MNQ", OrderSide.BUY, 1);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        await("closed").atMost(Duration.ofSeconds(20)).until(() -> isFlat(stage, ACCOUNT));
        assertThat(isFlat(stage, OTHER)).as("the other is not locked").isFalse();
        StatusView status =
            engine.awaitStatus(
                "losses cannot be acted on",
                s ->
                    s.engine().state() == EngineState.NOT_PROTECTED
                        && s.engine().problems().stream()
                            .anyMatch(p -> p.contains("NOT able to act on losses")));
        assertThat(status.engine().problems())
            .anyMatch(p -> p.contains("trades of " + ACCOUNT + ": ambiguous: HTTP 500"));
        assertThat(status.accounts())
            .allMatch(a -> String.valueOf(a.notProtected()).contains("NOT able to act on losses"));
        stage.venue().knob("status", null);
        engine.awaitProtecting();
      }
    }
  }
}
