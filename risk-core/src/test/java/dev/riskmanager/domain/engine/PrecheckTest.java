package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While an account lockout holds no rule is asked, and that is said once for each new event. */
class PrecheckTest extends WorldTest {
  private World world;

  @BeforeEach
  void aLockedAccount() {
    world =
        new World(
            """
            max_contracts: {limit: 1}
            daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
            """);
    world
        .loss("-501")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.at("14:01");
  }

  @Test
  void aTradeIsBookedAndNoRuleIsAsked() {
    world.trade("MNQ", -1).pnl("-400").id(7).send().expect("blocked 003");
    world.at("14:02").trade("MNQ", -1).pnl("-400").id(7).send();
  }

  @Test
  void aPositionThatWouldBreachAnotherRuleIsLeftToTheGuard() {
    world.position("MNQ", 2).expect("blocked 003", "close MNQ long 2 003 guard");
    world.position("MNQ", 2);
  }

  @Test
  void anOrderIsBlockedOnceForEachThingItTells() {
    world.order(5, "MNQ").buy(1).limit("19000").send().expect("blocked 003", "cancel 5 003 guard");
    world.order(5, "MNQ").buy(1).limit("19000").created("14:01").send();
    world
        .at("14:02")
        .order(5, "MNQ")
        .buy(1)
        .limit("19000")
        .created("14:01")
        .status(OrderStatus.CANCELLED)
        .send()
        .expect("blocked 003");
  }

  @Test
  void quotesClockSnapshotsAndAccountRowsPrintNothing() {
    world.quote("MNQ", "21000").marketTrade("MNQ", "21001").clock("14:03").canTrade(true);
    world.flatSnapshot().send();
    world.snapshot().trade(world.trade("MNQ", -1).pnl("-90")).send();
  }

  @Test
  void theLockoutWithTheLatestEndSpeaks() {
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.loss("-1").expect("blocked 003");
    world.lockUntil("23:00").expect("lock MANUAL manual until 2025-10-31T23:00:00Z");
    world.loss("-1").expect("blocked MANUAL");
  }

  @Test
  void atATieTheLowerNumberSpeaks() {
    world.lockUntil("22:00").expect("lock MANUAL manual until 2025-10-31T22:00:00Z");
    world.loss("-1").expect("blocked MANUAL");
  }

  @Test
  void anotherAccountIsNotConcerned() {
    world.account(2).loss("-499");
    world.account(2).position("MNQ", 1);
    world.account(2).position("MNQ", 2).expect("violation 001", "cancel all 001", "close all 001");
  }
}
