package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that is held: nothing may be added, and no rule is blind because of it. */
class HoldTest extends WorldTest {
  private static final String LOSS =
      "daily_realized_loss: {limit: -500, reset_time: \"17:00\", timezone: America/Chicago}\n";
  private static final String HARD = "003 hard until 2025-10-31T22:00:00Z";

  /** Held from 14:00 with two long MNQ. */
  private static World held(String rules) {
    World world = new World(rules);
    world.at("13:59:58").trade("MNQ", 2).send();
    world.position("MNQ", 2);
    world.at("14:00").hold("the database was replaced").expect("lock BOOKS condition open");
    return world.at("14:01");
  }

  // ---- the guard

  @Test
  void whatIsHeldStaysAndWhatIsAddedGoes() {
    World world = held(LOSS);
    world.trade("MNQ", 1).send().expect();
    world.position("MNQ", 3).expect("reduce MNQ 3>2 BOOKS guard");
    world.position("MNQ", 2);
    world.trade("ES", -1).send();
    world.position("ES", -1, "6000").expect("close ES short 1 BOOKS guard");
    assertThat(world.lockout("BOOKS").attempts()).isEqualTo(2);
  }

  @Test
  void reducingIsAllowedAndLowersWhatMayStay() {
    World world = held(LOSS);
    world.trade("MNQ", -1).pnl("10").send().expect();
    world.position("MNQ", 1).expect();
    assertThat(world.lockout("BOOKS").baseline().of(World.id("MNQ"))).isEqualTo(1);
    world.at("14:02").trade("MNQ", 1).send().expect();
    world.position("MNQ", 2).expect("reduce MNQ 2>1 BOOKS guard");
  }

  @Test
  void entriesAreCancelledAndTheStopStays() {
    World world = held(LOSS);
    world.order(1, "MNQ").buy(1).type(OrderType.LIMIT).send().expect("cancel 1 BOOKS guard");
    world.order(2, "MNQ").sell(2).type(OrderType.STOP).send().expect();
    world.order(3, "MNQ").sell(3).type(OrderType.STOP).send().expect("resize 3 3>2 BOOKS guard");
  }

  // ---- rules are not blind under it

  @Test
  void aLossOfWhatIsHeldLocks() {
    held(LOSS)
        .trade("MNQ", -1)
        .pnl("-500")
        .send()
        .expect("violation " + HARD, "lock " + HARD, "cancel all 003", "close all 003");
  }

  @Test
  void aLossLocksWhenNothingIsHeld() {
    World world = new World(LOSS);
    world.hold("test").expect("lock BOOKS condition open");
    world
        .loss("-499.99")
        .loss("-0.01")
        .expect("violation " + HARD, "lock " + HARD, "cancel all 003", "close all 003");
  }

  @Test
  void everyTradeCountsForTheFrequency() {
    World world =
        new World(
            """
            trade_frequency_limit:
              limits: {per_minute: 2}
              cooldown_on_breach: {enabled: true, per_minute_breach: 60}
            """);
    world.hold("test").expect("lock BOOKS condition open");
    world.loss("-1").at("14:00:05");
    world
        .loss("-1")
        .expect(
            "violation 006 order 1003 cooldown until 2025-10-31T14:01:05Z",
            "lock 006 cooldown until 2025-10-31T14:01:05Z");
  }

  @Test
  void aLossStartsACooldownAndTheCooldownSpeaksForTheGuard() {
    World world =
        held(
            """
            cooldown_after_loss:
              action: none
              loss_thresholds: [{loss_amount: -100, cooldown_duration: 300}]
            """);
    world
        .trade("MNQ", -1)
        .pnl("-100")
        .order(9)
        .send()
        .expect(
            "violation 007 order 9 cooldown until 2025-10-31T14:06:00Z",
            "lock 007 cooldown until 2025-10-31T14:06:00Z");
    // Now rules are gated, by the cooldown; it ends, and the hold does not.
    world.position("MNQ", 1).expect("blocked 007");
    world.at("14:02").position("MNQ", 2).expect("blocked 007");
    world
        .at("14:02:01")
        .clock("14:02:01")
        .expect("@2025-10-31T14:02:00.250Z reduce MNQ 2>1 007 guard");
    world.position("MNQ", 1).expect("blocked 007");
    world.clock("14:06").expect("unlock 007 by expired");
    world.trade("ES", 1).send();
    world.position("ES", 1, "6000").expect("close ES long 1 BOOKS guard");
  }

  @Test
  void limitsOnContractsGoOn() {
    World world = held("max_contracts: {limit: 2, close_all: true}");
    world.position("MNQ", 3).expect("violation 001", "cancel all 001", "close all 001");
  }

  // ---- what ends it

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyAnUnlockConfirmsTheBooks(boolean restart) {
    World world = held(LOSS);
    world.clock("21:59");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.configure(LOSS);
    if (restart) {
      world.restart();
    }
    world.disconnected().reconnected();
    world.snapshot().position("MNQ", 2, "20000").reconcile();
    assertThat(world.lockout("BOOKS").reason()).isEqualTo("the database was replaced");
    world.unlock("BOOKS").expect("unlock BOOKS by admin:root");
    world.position("MNQ", 3).expect();
  }

  @Test
  void heldTwiceIsHeldOnce() {
    World world = held(LOSS);
    world.hold("again").expect();
    assertThat(world.lockout("BOOKS").reason()).isEqualTo("the database was replaced");
  }

  // ---- before the positions are known

  @Test
  void heldBeforeTheFirstReadingWhatIsFoundMayStay() {
    World world = new World(LOSS);
    world.clock("14:00:01");
    world.restart();
    world.at("14:05").hold("test").expect("lock BOOKS condition open");
    assertThat(world.lockout("BOOKS").baseline()).isEqualTo(Baseline.UNREAD);
    // The hub is sooner than the reading: that is no growth yet.
    world.position("MNQ", 2).expect();
    world.restart();
    world.at("14:06").snapshot().position("MNQ", 2, "20000").noOrders().send().expect();
    assertThat(world.lockout("BOOKS").baseline().of(World.id("MNQ"))).isEqualTo(2);
    world.trade("MNQ", 1).send().expect();
    world.position("MNQ", 3).expect("reduce MNQ 3>2 BOOKS guard");
  }

  @Test
  void anAccountThatNothingIsKnownOfIsHeldFromItsFirstReadingOn() {
    World world = new World(LOSS);
    world.account(2).hold("test").expect("lock BOOKS condition open");
    world.snapshot().listed(true).position("MNQ", 1, "20000").send().expect();
    world
        .position("MNQ", 2)
        .at("14:01")
        .clock("14:01")
        .expect("@2025-10-31T14:00:00.250Z reduce MNQ 2>1 BOOKS guard");
  }
}
