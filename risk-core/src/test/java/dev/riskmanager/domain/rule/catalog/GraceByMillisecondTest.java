package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RULE-008 against its definition: a clock that ticks every millisecond and counts, while a stop
 * comes and goes at random and the engine is restarted at random.
 */
class GraceByMillisecondTest extends WorldTest {
  private static final int GRACE = 1_000;
  private static final int END = 12_000;
  private static final Instant START = Instant.parse("2025-10-31T14:00:00Z");

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itClosesAtTheMillisecondThatTheCountIsFull(int seed) {
    Random random = new Random(seed);
    TreeSet<Integer> toggles = new TreeSet<>();
    int t = 0;
    while (t < END) {
      // Stretches around the grace, and short ones that only add up.
      t += 1 + random.nextInt(random.nextInt(3) == 0 ? 1_300 : 400);
      toggles.add(t);
    }
    World world = new World("no_stop_loss_grace: {grace_period_seconds: 1}");
    world.position("MNQ", -1);
    int closes = closes(toggles);
    boolean covered = false;
    for (int toggle : toggles) {
      if (closes >= 0 && closes <= toggle) {
        world.clock(at(closes - 1));
        world.clock(at(closes)).expect("violation 008 MNQ", "close MNQ short 1 008");
        return;
      }
      covered = !covered;
      world.at(at(toggle));
      stop(world, covered);
      if (random.nextInt(4) == 0) {
        restart(world, covered);
      }
    }
  }

  /** The millisecond at which the count is full; −1 when it never is. */
  private static int closes(TreeSet<Integer> toggles) {
    int used = 0;
    int unbroken = 0;
    boolean covered = false;
    for (int ms = 1; ms <= toggles.last(); ms++) {
      // The millisecond that has just passed.
      if (covered) {
        unbroken++;
        used = unbroken >= GRACE ? 0 : used;
      } else {
        used++;
        unbroken = 0;
        if (used == GRACE) {
          return ms;
        }
      }
      covered ^= toggles.contains(ms);
      unbroken = covered ? unbroken : 0;
    }
    return -1;
  }

  private static void stop(World world, boolean covered) {
    world
        .order(covered ? world.now().toEpochMilli() : lastStop(world), "MNQ")
        .buy(1)
        .stop("20100")
        .status(covered ? OrderStatus.OPEN : OrderStatus.CANCELLED)
        .send();
  }

  private static long lastStop(World world) {
    return world.books().orders().iterator().next().key();
  }

  private static void restart(World world, boolean covered) {
    long stop = covered ? lastStop(world) : 0;
    world.restart();
    var snapshot = world.snapshot().listed(true).position("MNQ", -1, "20000").noOrders();
    if (covered) {
      snapshot.order(world.order(stop, "MNQ").buy(1).stop("20100"));
    }
    snapshot.send();
  }

  private static String at(int millis) {
    return START.plusMillis(millis).toString();
  }
}
