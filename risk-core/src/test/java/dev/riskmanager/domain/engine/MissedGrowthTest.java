package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.world.Rest;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;

/** Opened under a lockout while nobody looked, and found when the lockout is over. */
class MissedGrowthTest extends WorldTest {
  private static final String CLOSES =
      "cooldown_after_loss: {loss_thresholds: [{loss_amount: -100, cooldown_duration: 60}]}\n";
  private static final String LETS_STAY = "max_contracts: {limit: 1, action: none, lockout: 1m}\n";

  /** Cooldown from 14:00 to 14:01, blind since 14:00:50. */
  private static World cooldown(String rules, boolean killed) {
    World world = read(new World(rules));
    world.loss("-100");
    world.takePrinted();
    return gone(world, killed);
  }

  private static World read(World world) {
    world.flatSnapshot().noTrades().send().takePrinted();
    return world;
  }

  /** Two MNQ, which the cooldown from 14:00 to 14:01 lets stay. */
  private static World stays(String rules, boolean killed) {
    World world = read(new World(rules));
    world.trade("MNQ", 2).send().position("MNQ", 2).takePrinted();
    return gone(world, killed);
  }

  private static World gone(World world, boolean killed) {
    world.at("14:00:50");
    if (killed) {
      world.restart();
    }
    return world.disconnected();
  }

  /** The reading at 14:01:05, after the end of the cooldown. */
  private static Rest reading(World world, boolean killed) {
    world.clock("14:01:05").takePrinted();
    return killed ? world.snapshot() : world.reconnected().snapshot();
  }

  private static World found(Rest rest, boolean killed) {
    return killed ? rest.listed(true).noOrders().send() : rest.reconcile();
  }

  @Test
  void isClosedByTheReadingThatFindsIt() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = cooldown(CLOSES, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:55", "MNQ", 2)
              .trade(world.trade("MNQ", 2).executed("14:00:55"));
      found(rest, killed).expect("close MNQ long 2 007 guard");
      assertThat(world.decisions().getLast().cause().reason())
          .isEqualTo(
              "2 of 2 opened at 2025-10-31T14:00:55Z under RULE-007, which ended at"
                  + " 2025-10-31T14:01:00Z, while nobody looked");
      // Once: the next reading finds nothing new.
      found(
              (killed ? world.snapshot() : world.at("14:01:06").snapshot())
                  .opened("14:00:55", "MNQ", 2)
                  .noTrades(),
              killed)
          .expect();
      assertThat(world.books().memory().keysFrom("BLIND/over/"))
          .noneMatch(row -> row.startsWith("BLIND/over/"));
    }
  }

  @Test
  void ofWhatIsThereOnlyThatGoes() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = stays(LETS_STAY, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:00", "MNQ", 5)
              .trade(world.trade("MNQ", 3).executed("14:00:55"));
      found(rest, killed)
          .expect(
              "violation 001 cooldown until 2025-10-31T14:02:05Z",
              "lock 001 cooldown until 2025-10-31T14:02:05Z",
              "reduce MNQ 5>2 001 guard");
    }
  }

  @Test
  void whatTheTraderClosedHimselfIsOfItFirst() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = stays(LETS_STAY + "max_contracts_per_instrument: {limits: {MNQ: 9}}\n", killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:00", "MNQ", 3)
              .trade(world.trade("MNQ", 3).executed("14:00:55"))
              .trade(world.trade("MNQ", -2).pnl("1").executed("14:00:56"));
      assertThat(found(rest, killed).takePrinted()).contains("reduce MNQ 3>2 001 guard");
      World back = cooldown(CLOSES, killed);
      rest =
          reading(back, killed)
              .opened("14:00:55", "MNQ", 1)
              .trade(back.trade("MNQ", 3).executed("14:00:55"))
              .trade(back.trade("MNQ", -2).pnl("1").executed("14:01:02"));
      found(rest, killed).expect("close MNQ long 1 007 guard");
    }
  }

  @Test
  void allOfItClosedAgainLeavesTheRest() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = stays(LETS_STAY, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:00", "MNQ", 2)
              .trade(world.trade("MNQ", 3).executed("14:00:55"))
              .trade(world.trade("MNQ", -3).pnl("1").executed("14:01:02"));
      assertThat(found(rest, killed).takePrinted()).noneMatch(line -> line.contains("guard"));
    }
  }

  @Test
  void theOtherSideIsNotWhatMayStay() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = stays(LETS_STAY, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:55", "MNQ", -1)
              .trade(world.trade("MNQ", -2).pnl("1").executed("14:00:55"))
              .trade(world.trade("MNQ", -1).executed("14:00:55"));
      found(rest, killed).expect("close MNQ short 1 001 guard");
    }
  }

  @Test
  void closedAndOpenedAgainMayNotStay() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = stays(LETS_STAY, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:56", "MNQ", 1)
              .trade(world.trade("MNQ", -2).pnl("1").executed("14:00:55"))
              .trade(world.trade("MNQ", 1).executed("14:00:56"));
      found(rest, killed).expect("close MNQ long 1 001 guard");
    }
  }

  @Test
  void whatIsOpenedAtTheEndOrLaterStays() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = cooldown(CLOSES, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:01:00", "MNQ", 2)
              .opened("14:00:59.999", "ES", 3)
              .trade(world.trade("MNQ", 2).executed("14:01:00"))
              .trade(world.trade("ES", 1).executed("14:00:59.999"))
              .trade(world.trade("ES", 2).executed("14:01:01"));
      found(rest, killed).expect("reduce ES 3>2 007 guard");
    }
  }

  /** The venue's books of trades may lag behind its positions. */
  @Test
  void aPositionThatWasOpenedLaterStays() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = cooldown(CLOSES, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:01:02", "MNQ", 2)
              .trade(world.trade("MNQ", 2).executed("14:00:55"));
      found(rest, killed).expect();
    }
  }

  /** Its position already told by the hub, and more was bought before the reading. */
  @Test
  void toldBetweenTheReconnectAndTheReading() {
    World world = cooldown(CLOSES, false);
    world.clock("14:01:05").takePrinted();
    world.reconnected();
    world.trade("MNQ", 1).send();
    world.openedAt("14:00:55", "MNQ", 3);
    world.takePrinted();
    world
        .snapshot()
        .opened("14:00:55", "MNQ", 3)
        .trade(world.trade("MNQ", 2).executed("14:00:55"))
        .reconcile()
        .expect("reduce MNQ 3>1 007 guard");
  }

  @Test
  void aFillOfTheTimeBeforeTheLockoutStays() {
    for (boolean killed : new boolean[] {false, true}) {
      World world = cooldown(CLOSES, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:00", "MNQ", 1)
              .trade(world.trade("MNQ", 1).executed("14:00:00"));
      found(rest, killed).expect();
    }
  }

  @Test
  void nothingAtTheFirstStartOfAll() {
    World world = new World(CLOSES);
    world.loss("-100").takePrinted();
    gone(world, true);
    world.clock("14:01:05").takePrinted();
    world
        .snapshot()
        .listed(true)
        .noOrders()
        .opened("14:00:55", "MNQ", 2)
        .trade(world.trade("MNQ", 2).executed("14:00:55"))
        .send()
        .expect();
  }

  /** Nobody knows when the venue allowed it again: before the first that was opened. */
  @Test
  void whatTheVenueAllowedStays() {
    World world = read(new World("auth_loss_guard: {enabled: true}"));
    world.canTrade(false).takePrinted();
    world.at("14:00:50").disconnected();
    world.at("14:01:05").reconnected().canTrade(true).expect("unlock 010 by condition");
    world
        .snapshot()
        .opened("14:00:55", "MNQ", 2)
        .trade(world.trade("MNQ", 2).executed("14:00:55"))
        .reconcile()
        .expect();
  }

  /** One symbol's session began while nobody looked; only that one was blocked. */
  @Test
  void ofALockedSymbolToo() {
    String rules =
        """
        session_block_outside:
          global_session: {enabled: true, start: "00:00", end: "23:59", timezone: UTC}
          per_instrument_sessions:
            enabled: true
            sessions: {MNQ: {start: "14:01", end: "20:00", timezone: UTC}}
        """;
    for (boolean killed : new boolean[] {false, true}) {
      World world = read(new World(rules));
      world.position("MNQ", 1).takePrinted();
      world.position("MNQ", 0).takePrinted();
      gone(world, killed);
      Rest rest =
          reading(world, killed)
              .opened("14:00:55", "MNQ", 2)
              .opened("14:00:55", "ES", 2)
              .trade(world.trade("MNQ", 2).executed("14:00:55"))
              .trade(world.trade("ES", 2).executed("14:00:55"));
      found(rest, killed).expect("close MNQ long 2 009 guard");
    }
  }

  /** Another lockout is in force now, but it was not when that was tried. */
  @Test
  void underALaterLockoutItDoesNotCount() {
    World world = stays(LETS_STAY, false);
    world.at("14:00:52").lockUntil("15:00").takePrinted();
    Rest rest =
        reading(world, false)
            .opened("14:00:00", "MNQ", 3)
            .trade(world.trade("MNQ", 1).executed("14:00:51"));
    assertThat(rest.reconcile().takePrinted()).contains("reduce MNQ 3>2 001 guard");
    assertThat(world.lockout("MANUAL").attempts()).isZero();
    assertThat(world.decisions()).filteredOn(Decision.ReducePosition.class::isInstance).hasSize(1);
  }
}
