package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.EngineState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19Z");
  private final Health health = new Health(NOW);

  @Test
  void aPartMayHaveSeveralProblemsAndLosesThemTogether() {
    health.ready();
    health.problem("gateway", "one of another kind");
    health.problems("gateway", List.of("market data hub: HTTP 401", "requests fail"));
    assertThat(health.view(NOW).problems())
        .containsExactly("one of another kind", "market data hub: HTTP 401", "requests fail");
    health.problems("gateway", List.of("requests fail"));
    assertThat(health.view(NOW).problems()).containsExactly("one of another kind", "requests fail");
    health.problems("gateway", List.of());
    health.problem("gateway", "");
    assertThat(health.state()).isEqualTo(EngineState.PROTECTING);
  }
}
