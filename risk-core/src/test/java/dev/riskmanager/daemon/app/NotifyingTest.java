package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which problems people outside are told of. */
class NotifyingTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:21:19Z");

  private final List<String> told = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Health health = new Health(NOW);

  NotifyingTest() {
    health.listen(
        new Notifying(
            notice -> told.add(notice.kind() + " " + notice.text()),
            () -> NOW,
            (time, action) -> {
              assertThat(time).isEqualTo(Duration.ofSeconds(10));
              waiting.add(action);
            }));
  }

  @Test
  void aProblemIsToldWhenItComesAndWhenItGoes() {
    health.problem("database", "it takes no writes");
    health.problem("database", "it takes no writes, still");
    health.problem("database", "");
    health.problem("database", "");
    health.notProtected(new AccountId(7), "refuses", "account 7: closing is refused");
    health.notProtected(new AccountId(7), "refuses", "");

    assertThat(told)
        .containsExactly(
            Notice.Kind.ALARM + " it takes no writes",
            Notice.Kind.ALARM + " over: database",
            Notice.Kind.ALARM + " account 7: closing is refused",
            Notice.Kind.ALARM + " over: account 7 is not protected (refuses)");
  }

  @Test
  void aConnectionThatIsBackSoonIsNotWorthAWord() {
    health.problem("gateway", "lost");
    health.problem("gateway", "");
    // Lost again: the first outage's time is over, the second's is not.
    health.problem("gateway", "lost again");
    waiting.get(0).run();
    assertThat(told).isEmpty();

    waiting.get(1).run();
    health.problem("gateway", "");

    assertThat(told)
        .containsExactly(
            Notice.Kind.DISCONNECT + " lost again",
            Notice.Kind.DISCONNECT + " the connection to the venue is back");
  }
}
