package dev.riskmanager.daemon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
      broken.addAll(new SimulatedWorld(seed).run());
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameJournal() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 25; seed++) {
      SimulatedWorld first = new SimulatedWorld(seed);
      SimulatedWorld second = new SimulatedWorld(seed);
      first.run();
      second.run();

      assertThat(first.journal).as("seed %s", seed).isNotEmpty().isEqualTo(second.journal);
    }
  }
}
