package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;

/** What a REST read finds is judged once, and what was there already is found. */
class SnapshotsTest extends WorldTest {
  private static final String RULES =
      """
      max_contracts: {limit: 2}
      daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
      """;

  private static final String[] LOCKED = {
    "violation 003 hard until 2025-10-31T22:00:00Z",
    "lock 003 hard until 2025-10-31T22:00:00Z",
    "cancel all 003",
    "close all 003"
  };

  @Test
  void aBreachThatIsAlreadyThereIsFoundAtTheStart() {
    World world = new World(RULES);
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 3, "20000")
        .noOrders()
        .send()
        .expect("violation 001", "cancel all 001", "close all 001");
  }

  @Test
  void theTradesOfTheDayAreBookedBeforeAnythingIsJudged() {
    World world = new World(RULES);
    world
        .snapshot()
        .listed(true)
        .flat()
        .trade(world.trade("MNQ", -1).pnl("-700").executed("13:00"))
        .trade(world.trade("MNQ", -1).pnl("300").executed("13:30"))
        .send();
    world.loss("-100").expect(LOCKED);
  }

  @Test
  void tradesFoundByAReconciliationAreCountedOnce() {
    World world = new World(RULES);
    world.trade("MNQ", -1).pnl("-300").id(7).send();
    world
        .snapshot()
        .trade(world.trade("MNQ", -1).pnl("-300").id(7))
        .trade(world.trade("MNQ", -1).pnl("-199").id(8))
        .trade(world.trade("MNQ", -1).pnl("-199").id(8))
        .send();
    world.trade("MNQ", -1).pnl("-199").id(8).send();
    world.loss("-1").expect(LOCKED);
  }

  @Test
  void aTradeThatWasVoidedMeanwhileLeavesTheSums() {
    World world = new World(RULES);
    world.trade("MNQ", -1).pnl("-300").id(7).send();
    world.snapshot().trade(world.trade("MNQ", -1).pnl("-300").id(7).voided()).send();
    world.loss("-300");
  }

  @Test
  void underALockoutTheGuardActsOnWhatASnapshotFinds() {
    World world = new World(RULES);
    world.loss("-500").expect(LOCKED);
    world
        .at("14:01")
        .snapshot()
        .listed(true)
        .position("MNQ", 5, "20000")
        .order(world.order(5, "ES").buy(1))
        .send()
        .expect("cancel 5 003 guard", "close MNQ long 5 003 guard");
    world.flatSnapshot().send();
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 1, "20000")
        .send()
        .expect("close MNQ long 1 003 guard");
  }

  @Test
  void withoutAListOfAccountsOnlyThoseWithRowsAreReplaced() {
    World world = new World(RULES);
    world.position("MNQ", 1);
    world.account(2).position("MNQ", 2);
    world.snapshot().position("ES", 1, "6000").send();
    assertThat(world.books().holding(World.id("MNQ")).isFlat()).isTrue();
    assertThat(world.account(1).books().holding(World.id("MNQ")).signedSize()).isEqualTo(1);
    world.snapshot().flat().send();
    assertThat(world.books().isFlat()).isTrue();
  }

  @Test
  void anAccountThatIsNotListedIsMissingAndKeepsItsBooks() {
    World world = new World(RULES);
    world.position("MNQ", 1);
    world.snapshot().nobody().flat().send();
    assertThat(world.books().canTrade()).isFalse();
    assertThat(world.books().isFlat()).isFalse();
    world.snapshot().listed(true).send();
    assertThat(world.books().canTrade()).isTrue();
  }

  @Test
  void anAccountMetForTheFirstTimeInTheMiddleBeginsThere() {
    World world = new World(RULES);
    world.clock("15:00");
    world
        .account(9)
        .snapshot()
        .listed(true)
        .position("MNQ", 3, "20000")
        .send()
        .expect("violation 001", "cancel all 001", "close all 001");
  }
}
