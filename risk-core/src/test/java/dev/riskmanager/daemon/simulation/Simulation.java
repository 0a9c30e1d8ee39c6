package dev.riskmanager.daemon.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Runs seeded worlds: {@code .ci/simulate SEEDS [FROM]}; see docs/reliability.md. */
public final class Simulation {
  private static final String BAD_SEEDS = "bad-seeds.txt";

  private Simulation() {}

  /** Seeds of worlds that showed a defect once, from the file beside this class. */
  static List<Long> badSeeds() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            Simulation.class.getResourceAsStream("/simulation/" + BAD_SEEDS), BAD_SEEDS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .map(Long::valueOf)
          .toList();
    }
  }

  /** What was wrong in the worlds of these seeds; a line names its seed. */
  static List<String> broken(long from, long seeds) {
    List<String> broken = new ArrayList<>();
    for (long seed = from; seed < from + seeds; seed++) {
      try {
        broken.addAll(new SimulatedWorld(seed).run());
      } catch (RuntimeException e) {
        throw new IllegalStateException("seed " + seed, e);
      }
    }
    return broken;
  }

  static void quiet(boolean quiet) {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.riskmanager");
    logger.setLevel(quiet ? Level.OFF : null);
    ((Logger) LoggerFactory.getLogger("enforcement")).setLevel(quiet ? Level.OFF : null);
  }

  /**
   * Prints what was wrong, and of a single world its journal too; the exit status is 1 then.
   *
   * @param arguments how many worlds, and the first seed
   */
  public static void main(String[] arguments) {
    quiet(true);
    long seeds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000;
    long from = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    long began = System.nanoTime();
    List<String> broken;
    if (seeds == 1) {
      SimulatedWorld world = new SimulatedWorld(from);
      broken = world.run();
      world.journal.forEach(System.out::println);
    } else {
      broken = broken(from, seeds);
    }
    broken.forEach(System.out::println);
    System.out.printf(
        "%d worlds from seed %d in %.1f s: %d finding(s)%n",
        seeds, from, (System.nanoTime() - began) / 1e9, broken.size());
    if (!broken.isEmpty()) {
      System.exit(1);
    }
  }
}
