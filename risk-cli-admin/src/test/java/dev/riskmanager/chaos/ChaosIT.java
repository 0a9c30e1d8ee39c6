package dev.riskmanager.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A short form of the program {@code .ci/chaos}: a round with each fault, and kills. {@code
 * -Dchaos.seconds=N} makes the round longer, {@code -Dchaos.seed=N} chooses another plan.
 */
class ChaosIT {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chaos.seconds", 18));

  @Test
  void whateverStrikesTheVenuesLedgerShowsThatTheRulesHeld() throws Exception {
    boolean clock = FakeClock.isThere();
    Report report = Storm.play(SEED, LENGTH, FaultDeck.least(1, clock));
    System.out.println(report.text());
    System.out.print(report.faults().table());
    assertThat(report.findings()).isEmpty();
    assertThat(report.faults().missing()).allMatch(kind -> !clock && kind.isOfTheClock());
  }

  @Test
  void killedAtTheWorstMomentsItComesBackWithEveryLockout() throws Exception {
    Report report =
        KillCycles.play(
            Integer.getInteger("chaos.kills", 8), SEED, Duration.ofSeconds(45), System.out);
    System.out.println(report.text());
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void clockStepsArePlayedAsWell() {
    assumeThat(FakeClock.isThere())
        .as("libfaketime is not installed (Debian: faketime): the clock was not stepped")
        .isTrue();
  }
}
