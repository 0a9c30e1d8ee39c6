package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several rules ask for at once becomes one plan, in one order. */
class MergingTest extends WorldTest {

  @Test
  void aFlattenContainsEveryOtherCloseAndCarriesTheLowestRule() {
    World world =
        new World(
            """
            max_contracts: {limit: 2}
            max_contracts_per_instrument: {limits: {MNQ: 1}}
            """);
    world.order(5, "MNQ").buy(1).limit("1").send();
    world
        .position("MNQ", 3)
        .expect("violation 001", "violation 002 MNQ", "cancel all 001", "close all 001");
  }

  @Test
  void theSmallerTargetWinsUnderTheLowerNumber() {
    World world =
        new World(
            """
            max_contracts: {limit: 3, close_all: false, reduce_to_limit: true}
            max_contracts_per_instrument: {limits: {MNQ: 1}}
            """);
    world.position("MNQ", 5).expect("violation 001", "violation 002 MNQ", "reduce MNQ 5>1 001");
    List<Decision> decisions = world.decisions();
    assertThat(decisions.get(2).cause().rule()).contains(new RuleId(1, "max_contracts"));
    assertThat(decisions.get(2).cause().reason()).isEqualTo("Max contracts exceeded: 5 (limit: 3)");
  }

  @Test
  void aCloseContainsTheReduceOfItsContract() {
    World world =
        new World(
            """
            max_contracts: {limit: 3, close_all: false, reduce_to_limit: true}
            max_contracts_per_instrument: {limits: {MNQ: 0, ES: 9}}
            """);
    world.position("ES", 1, "6000");
    world
        .at("14:00:01")
        .position("MNQ", 5)
        .expect("violation 001", "violation 002 MNQ", "close MNQ long 5 002");
  }

  @Test
  void linesStandInTheOrderOfTheirKind() {
    World world =
        new World(
            """
            max_contracts: {limit: 4, close_all: false, reduce_to_limit: false}
            max_contracts_per_instrument:
              {limits: {MNQ: 2}, unknown_symbol_action: "allow_with_limit:1", enforcement: close_all}
            """);
    world.order(9, "MNQ").buy(1).limit("1").send();
    world.order(4, "ES").buy(1).limit("1").send();
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 3, "20000")
        .position("ES", 2, "6000")
        .order(world.order(9, "MNQ").buy(1).limit("1"))
        .order(world.order(4, "ES").buy(1).limit("1"))
        .send()
        .expect(
            "violation 001",
            "violation 002 ES",
            "violation 002 MNQ",
            "cancel 4 002",
            "cancel 9 002",
            "close ES long 2 002",
            "close MNQ long 3 002",
            "alert 001");
  }

  @Test
  void aRuleWithoutAnActionAlerts() {
    World world = new World("max_contracts: {limit: 1, action: none}");
    world.position("MNQ", 2).expect("violation 001", "alert 001");
  }

  @Test
  void aRuleMayCancelAndCloseNothing() {
    World world = new World("max_contracts: {limit: 1, action: none, cancel_orders: true}");
    world.position("MNQ", 2).expect("violation 001", "cancel all 001");
  }

  @Test
  void aCloseAllMayLeaveOrdersAlone() {
    World world = new World("max_contracts: {limit: 1, action: close_all, cancel_orders: false}");
    world.position("MNQ", 2).expect("violation 001", "close all 001");
  }

  @Test
  void underALockoutThatLeavesOrdersAloneTheGuardStillCancelsEntries() {
    World world =
        new World(
            "max_contracts: {limit: 1, action: close_all, cancel_orders: false, lockout: 10m}");
    world.order(5, "MNQ").buy(1).limit("1").send();
    world.order(6, "MNQ").sell(2).stop("1").send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z",
            "cancel 5 001 guard",
            "close all 001");
  }

  @Test
  void anOverrideOfTheActionTakesItsOwnDefaultForOrders() {
    World world = new World("max_contracts: {limit: 1, action: close_position}");
    world.position("ES", 1, "6000");
    world.position("MNQ", 1).expect("violation 001", "close ES long 1 001", "close MNQ long 1 001");
  }

  @Test
  void accountsAreDecidedOneAfterAnother() {
    World world = new World("max_contracts: {limit: 1}");
    world
        .snapshot()
        .position("MNQ", 2, "20000")
        .send()
        .expect("violation 001", "cancel all 001", "close all 001");
    world.account(2).position("MNQ", 2).expect("violation 001", "cancel all 001", "close all 001");
    world.account(1).position("MNQ", 3).expect("violation 001", "cancel all 001", "close all 001");
  }
}
