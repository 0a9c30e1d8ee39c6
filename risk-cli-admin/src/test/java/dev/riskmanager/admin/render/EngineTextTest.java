package dev.riskmanager.admin.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.ConnectionHealth;
import dev.riskmanager.wire.ConnectionView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTextTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19.412Z");

  @Test
  void everyConnectionIsShownWithItsHealthAndEveryReasonOnce() {
    String lost = "user hub lost: nothing heard for 30 s, not even a ping";
    StatusView status =
        new StatusView(
            NOW,
            new EngineView(
                EngineState.DEGRADED, List.of(lost), 4711, "1.0.0", NOW.minusSeconds(3600), 3600),
            new GatewayView(
                GatewayState.RECONNECTING,
                31_000L,
                2,
                List.of(),
                List.of(
                    new ConnectionView("user hub", ConnectionHealth.DISCONNECTED, List.of(lost)),
                    new ConnectionView(
                        "market hub", ConnectionHealth.DISCONNECTED, List.of("connecting")),
                    new ConnectionView("REST", ConnectionHealth.HEALTHY, List.of()))),
            List.of(),
            null,
            List.of());

    assertThat(EngineText.lines(status))
        .containsExactly(
            "Engine   DEGRADED  pid 4711  version 1.0.0  up 1h 0m 0s",
            "Gateway  RECONNECTING  last message 31000 ms ago  reconnects 2",
            "         user hub DISCONNECTED",
            "         market hub DISCONNECTED",
            "         connecting",
            "         REST HEALTHY",
            "Problem  " + lost);
  }
}
