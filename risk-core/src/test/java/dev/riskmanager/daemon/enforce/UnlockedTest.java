package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.SimulationTest.CONTRACTS;
import static dev.riskmanager.daemon.enforce.SimulationTest.FIRST_SEED;
import static dev.riskmanager.daemon.enforce.SimulationTest.SEEDS;
import static dev.riskmanager.daemon.enforce.SimulationTest.TROUBLE_MILLIS;
import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Seeded worlds in which a close has to be repeated while the trader, who is not locked or no more,
 * goes on trading: what he opens later is none of the plan's business.
 */
class UnlockedTest {
  /** What nobody can know: a fill that a read did not show, and what happens on the way. */
  private static final Duration UNKNOWABLE = Duration.ofMillis(100 + 80 + 250 + 80);

  /** A position opened so shortly after the end of the lock may still be meant. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  @BeforeAll
  static void quiet() {
    SimulationTest.logger().setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    SimulationTest.logger().setLevel(null);
  }

  /** A world whose delays are bounded, so that what can be known is bounded too. */
  private static final class Run extends SimulationTest.Run {
    final Set<Long> meant = new TreeSet<>();
    Instant lockedUntil = Instant.MIN;

    Run(long seed) {
      super(seed);
      for (ContractId contract : CONTRACTS) {
        open(contract);
      }
      world.venue.positionsOf(ACCOUNT).forEach(p -> meant.add(p.id()));
      trouble();
      world.calls.latency = () -> 2 + random.nextInt(78);
      world.venue.lag = Duration.ofMillis(oneIn(3) ? random.nextInt(100) : 0);
      world.venue.closeHits = this::hit;
    }

    private void hit(Position held) {
      Instant knowable = world.time.now().minus(UNKNOWABLE);
      check(
          meant.contains(held.id())
              || held.openedAt().isAfter(knowable)
              || !held.openedAt().isAfter(lockedUntil),
          "a close hits " + held + ", which was opened when nothing forbade it");
    }

    /** He gets out and, a moment later, in again. */
    void trades() {
      for (int i = 0; i < 30; i++) {
        ContractId contract = anyContract();
        long at = random.nextInt((int) TROUBLE_MILLIS);
        world.time.after(
            at,
            () -> {
              Optional<Position> held = world.venue.position(ACCOUNT, contract);
              held.ifPresent(p -> world.venue.fill(ACCOUNT, contract, -p.signedSize(), 9));
              world.time.after(random.nextInt(1_500), () -> open(contract));
            });
      }
    }

    void atTheEnd() {
      world.time.pass(TROUBLE_MILLIS + 180_000);
      for (Position p : world.venue.positionsOf(ACCOUNT)) {
        check(!meant.contains(p.id()), p + " was to be closed");
      }
      check(!world.heard.alarmed, "the alarm is over");
    }
  }

  @Test
  void withoutALockOnlyWhatWasDecidedIsClosed() {
    List<String> broken = new ArrayList<>();
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Run run = new Run(seed);
      run.trades();
      run.world.decide(
          run.world.venue.positionsOf(ACCOUNT).stream()
              .map(World::close)
              .toArray(Decision.Action[]::new));
      run.atTheEnd();
      broken.addAll(run.broken);
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void afterTheLockOnlyWhatBeganUnderItIsClosed() {
    List<String> broken = new ArrayList<>();
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Run run = new Run(seed);
      run.trades();
      run.world.lockFlat();
      run.world.flatten();
      long ends = run.random.nextInt((int) TROUBLE_MILLIS);
      run.lockedUntil = run.world.time.now().plusMillis(ends).plus(CLOCKS_DIFFER);
      run.world.time.after(ends, run.world::unlock);
      run.atTheEnd();
      broken.addAll(run.broken);
    }

    assertThat(broken).isEmpty();
  }
}
