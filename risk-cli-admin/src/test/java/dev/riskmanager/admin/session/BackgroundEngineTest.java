package dev.riskmanager.admin.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start is waited for. */
class BackgroundEngineTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19.412Z");

  @ParameterizedTest
  @CsvSource({
    "STARTING, CONNECTING, false, false",
    "DEGRADED, CONNECTING, false, true",
    "DEGRADED, CONNECTED, true, true",
    "PROTECTING, CONNECTED, true, true",
    "NOT_PROTECTED, CONNECTED, true, true",
    // Refused after its first reading: it ends in a moment, with the reason as its last word.
    "STOPPING, CONNECTING, false, false",
    "STOPPING, CONNECTED, false, false"
  })
  void anEngineThatStartsOrStopsIsNoAnswerYet(
      EngineState engine, GatewayState gateway, boolean atFirst, boolean later) {
    StatusView status =
        new StatusView(
            NOW,
            new EngineView(engine, List.of(), 4711, "1.0.0", NOW, 0),
            new GatewayView(gateway, 0L, 0, List.of(), List.of()),
            List.of(),
            null,
            List.of());

    assertThat(BackgroundEngine.isAnswer(status, true)).isEqualTo(atFirst);
    assertThat(BackgroundEngine.isAnswer(status, false)).isEqualTo(later);
  }
}
