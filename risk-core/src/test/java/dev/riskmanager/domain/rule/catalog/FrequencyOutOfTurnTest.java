package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RULE-006 against its definition: trades that arrive in any order, each stretch counted by hand.
 */
class FrequencyOutOfTurnTest extends WorldTest {
  private static final Instant START = Instant.parse("2025-10-31T14:00:00Z");
  private static final int MINUTE = 60_000;
  private static final int LIMIT = 4;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachTradeThatFillsAMinuteIsFound(int seed) {
    Random random = new Random(seed);
    World world =
        new World(
            """
            trade_frequency_limit: {limits: {per_minute: 4}, cooldown_on_breach: {enabled: false}}
            """,
            "15:00");
    List<Integer> seen = new ArrayList<>();
    for (int order = 1; order <= 40; order++) {
      // Half of them on whole seconds, so that some are exactly a minute apart.
      int millis = random.nextInt(400) * 1_000 + (random.nextBoolean() ? random.nextInt(3) : 0);
      seen.add(millis);
      world.trade("MNQ", 1).order(order).executed(START.plusMillis(millis).toString()).send();
      if (fillsAMinute(seen, millis)) {
        world.expect("violation 006 order " + order, "alert 006");
      }
    }
  }

  /** Whether a minute (end − 60 s, end] that holds the trade and ends with one is full. */
  private static boolean fillsAMinute(List<Integer> all, int trade) {
    return all.stream()
        .filter(end -> end >= trade && end - MINUTE < trade)
        .anyMatch(end -> all.stream().filter(t -> t > end - MINUTE && t <= end).count() >= LIMIT);
  }
}
