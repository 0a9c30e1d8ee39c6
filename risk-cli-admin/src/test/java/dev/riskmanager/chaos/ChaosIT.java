package dev.riskmanager.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * A short form of the program {@code .ci/chaos}: rounds of faults, and kills. {@code
 * -Dchaos.seconds=N} makes the rounds longer, {@code -Dchaos.seed=N} chooses another plan.
 */
class ChaosIT {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chaos.seconds", 18));

  @Test
  void whateverStrikesTheVenuesLedgerShowsThatTheRulesHeld() throws Exception {
    // One round on a machine that is busy with other things, three on a quiet one.
    Instant last = World.now().plus(Duration.ofSeconds(70));
    long seed = SEED;
    do {
      Report report = Storm.play(seed, LENGTH);
      System.out.println(report.text());
      assertThat(report.findings()).isEmpty();
      seed++;
    } while (World.now().isBefore(last));
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
