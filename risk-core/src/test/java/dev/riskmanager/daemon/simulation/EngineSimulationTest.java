package dev.riskmanager.daemon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As many seeded worlds as the system property {@code simulation.seeds} says, and always those that
 * were bad once. {@code .ci/simulate} runs any number.
 */
class EngineSimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);
  private static final int FIRST_SEED = Integer.getInteger("simulation.seed", 1);

  @BeforeAll
  static void quiet() {
    Simulation.quiet(true);
  }

  @AfterAll
  static void loud() {
    Simulation.quiet(false);
  }

  @Test
  void nothingThatMustHoldIsBrokenInAnyWorld() {
    assertThat(Simulation.broken(FIRST_SEED, SEEDS)).isEmpty();
  }

  @Test
  void worldsThatWereBadOnceAreGood() throws IOException {
    List<String> broken = new ArrayList<>();
    for (long seed : Simulation.badSeeds()) {
      broken.addAll(new SimulatedWorld(seed, Sabotage.NONE, false).run());
      broken.addAll(new SimulatedWorld(seed, Sabotage.NONE, true).run());
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameJournal() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 25; seed++) {
      List<String> journal = journal(seed, Sabotage.NONE);

      assertThat(journal).as("seed %s", seed).isNotEmpty();
      assertThat(journal(seed, Sabotage.NONE)).as("seed %s", seed).isEqualTo(journal);
    }
  }

  private static List<String> journal(long seed, Sabotage sabotage) {
    SimulatedWorld world = new SimulatedWorld(seed, sabotage);
    world.run();
    return world.journal;
  }

  @Test
  void aJournalThatNoSeedDecidesIsNoticed() {
    assertThat(journal(FIRST_SEED, Sabotage.MOODY_DISK))
        .isNotEqualTo(journal(FIRST_SEED, Sabotage.MOODY_DISK));
  }

  /** What is broken on purpose is found, and said in the words of the check it is for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EARLY_CLOCK|too early ended by",
        "STRANGER_WATCHED|a decision about 13298779",
        "STRANGER_WATCHED|a close of 13298779, which is nobody's business",
        "IDLE_EXECUTOR|a locked account is neither flat nor in alarm",
        "DOUBLE_TRADES|the books of",
        "LYING_DISK|enforced without the row of",
        "HASTY_LOCKOUTS|enforced without the row of",
        "HASTY_STATES|shown before it is on the disk: TradeReported",
        "WRONG_SIDE|exposure went from"
      })
  void whatIsBrokenOnPurposeIsNoticed(Sabotage sabotage, String said) {
    List<String> broken = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 10; seed++) {
      broken.addAll(new SimulatedWorld(seed, sabotage).run());
    }

    assertThat(broken).anySatisfy(line -> assertThat(line).contains(said));
  }
}
