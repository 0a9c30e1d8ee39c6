package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.EngineState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19Z");
  private final Health health = new Health(NOW);

  @Test
  void oneAccountThatCannotBeProtectedDoesNotStandForAll() {
    AccountId one = new AccountId(501);
    AccountId two = new AccountId(502);
    health.ready();
    health.watching(() -> new TreeSet<>(List.of(one, two)));
    health.notProtected(two, "listed", "NOT PROTECTED: account 502: not listed");
    assertThat(health.state()).isEqualTo(EngineState.DEGRADED);
    assertThat(health.unprotected()).containsOnlyKeys(two);
    health.notProtected(one, "blind", "account 501: not seen");
    assertThat(health.state()).isEqualTo(EngineState.NOT_PROTECTED);

    // Each reason is taken back by who gave it.
    health.notProtected(two, "blind", "account 502: not seen");
    health.onlyNotProtected("blind", Set.of());
    assertThat(health.view(NOW).problems())
        .containsExactly("NOT PROTECTED: account 502: not listed");
    health.onlyNotProtected("listed", Set.of(two));
    assertThat(health.state()).isEqualTo(EngineState.DEGRADED);
    health.onlyNotProtected("listed", Set.of(one));
    assertThat(health.state()).isEqualTo(EngineState.PROTECTING);
  }

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
