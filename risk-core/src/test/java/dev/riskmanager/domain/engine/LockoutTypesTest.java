package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The six types of lockout beside each other, and one rule escalating under another's lockout. */
class LockoutTypesTest extends WorldTest {
  private static final String MONDAY = "2025-11-03T14:30:00Z";

  /** Five rules that lock, each in its own way, and close nothing. */
  private static final String FIVE =
      """
      max_contracts: {limit: 1, action: none, lockout: 10m}
      daily_realized_loss: {limit: -500, action: none}
      session_block_outside:
        action: none
        global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
      auth_loss_guard: {action: none}
      """;

  private static final String BLOCKED = "symbol_blocks: {blocked_symbols: [MNQ], action: none}\n";

  /** At 20:30 UTC, outside the session: two MNQ held, 500 lost, and no permission to trade. */
  private static World allSix() {
    World world = new World(FIVE + BLOCKED, "20:30");
    world
        .snapshot()
        .listed(false)
        .position("MNQ", 2, "20000")
        .trade(world.trade("MNQ", -1).pnl("-500"))
        .send()
        .expect(
            "violation 001 cooldown until 2025-10-31T20:40:00Z",
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "violation 009 session until " + MONDAY,
            "violation 010 condition",
            "violation 011 MNQ symbol",
            "lock 001 cooldown until 2025-10-31T20:40:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "lock 009 session until " + MONDAY,
            "lock 010 condition open",
            "lock 011 MNQ symbol open");
    world.lockUntil("20:35").expect("lock MANUAL manual until 2025-10-31T20:35:00Z");
    return world;
  }

  private static List<LockoutType> active(World world) {
    List<LockoutType> types = new ArrayList<>();
    for (Lockout lockout : world.books().locks().active()) {
      types.add(lockout.type());
    }
    return types;
  }

  @Test
  void eachOfTheSixEndsInItsOwnWayAndEndsNoOther() {
    World world = allSix();
    assertThat(active(world)).containsExactlyInAnyOrder(LockoutType.values());
    world.clock("20:34:59.999");
    world.clock("20:35").expect("unlock MANUAL by expired");
    world.clock("20:39:59.999");
    world.clock("20:40").expect("unlock 001 by expired");
    world.configure(FIVE).expect("unlock 011 MNQ by configuration");
    world
        .clock("22:00")
        .expect("reset 17:00 America/Chicago begins 2025-11-01", "unlock 003 by reset");
    world.canTrade(true).expect("unlock 010 by condition");
    assertThat(active(world)).containsExactly(LockoutType.SESSION);
    world
        .clock(MONDAY)
        .expect(
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03",
            "unlock 009 by expired");
    assertThat(active(world)).isEmpty();
  }

  @Test
  void theOpenEndedSpeaksThenTheLatestEndThenTheLowerNumber() {
    World world = allSix();
    world
        .at("20:31")
        .order(5, "ES")
        .buy(1)
        .limit("1")
        .send()
        .expect("blocked 010", "cancel 5 010 guard");
    world.canTrade(true).expect("unlock 010 by condition");
    world.order(6, "ES").buy(1).limit("1").send().expect("blocked 009", "cancel 6 009 guard");
    world.unlock("009").expect("unlock 009 by admin:root");
    world.order(7, "ES").buy(1).limit("1").send().expect("blocked 003", "cancel 7 003 guard");
    world.lockUntil("22:00").expect("lock MANUAL manual until 2025-10-31T22:00:00Z");
    // A tie: the manual one counts as number 0.
    world.order(8, "ES").buy(1).limit("1").send().expect("blocked MANUAL", "cancel 8 MANUAL guard");
    world.lockUntil("22:00:01").expect("lock MANUAL manual until 2025-10-31T22:00:01Z");
    world.order(9, "ES").buy(1).limit("1").send().expect("blocked MANUAL", "cancel 9 MANUAL guard");
    // In the blocked symbol its own, which has no end, speaks for the guard; the account's blocks.
    world.order(10, "MNQ").buy(1).limit("1").send().expect("blocked MANUAL", "cancel 10 011 guard");
  }

  @Test
  void allSixSurviveARestartWithWhatMayStay() {
    World world = allSix();
    world
        .restart()
        .at("20:32")
        .snapshot()
        .listed(false)
        .position("MNQ", 2, "20000")
        .noOrders()
        .send();
    assertThat(active(world)).containsExactlyInAnyOrder(LockoutType.values());
    world.at("20:33").trade("MNQ", 1).send().expect("blocked 010");
    world.position("MNQ", 3).expect("blocked 010", "reduce MNQ 3>2 010 guard");
  }

  // ---- lengthen, never shorten

  @Test
  void aReloadWithAShorterTimeShortensNothing() {
    World world = new World("max_contracts: {limit: 1, action: none, lockout: 10m}");
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    world.at("14:01").configure("max_contracts: {limit: 1, action: none, lockout: 1m}");
    world.clock("14:02");
    assertThat(world.lockout("001").expiresAt()).contains(world.instant("14:10"));
  }

  // ---- escalation under a cooldown

  /** Three MNQ held from 20000 and let stay by a cooldown of RULE-001. */
  private static World cooling(String more) {
    World world = new World("max_contracts: {limit: 1, action: none, lockout: 10m}\n" + more);
    world.trade("MNQ", 3).send();
    world
        .position("MNQ", 3)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    return world.at("14:01");
  }

  @Test
  void aDayThatIsLostDuringACooldownIsLocked() {
    World world = cooling("daily_realized_loss: {limit: -500}\n");
    world.trade("MNQ", -1).pnl("-499.99").send().expect("blocked 001");
    world.position("MNQ", 2).expect("blocked 001");
    world
        .trade("MNQ", -1)
        .pnl("-0.01")
        .send()
        .expect(
            "blocked 001",
            "violation 003 hard until 2025-10-31T22:00:00Z guard",
            "lock 003 hard until 2025-10-31T22:00:00Z guard",
            "cancel all 003 guard",
            "close all 003 guard");
    world.position("MNQ", 1).expect("blocked 003");
    world.position("MNQ", 0).expect("blocked 003");
    world.clock("14:10").expect("unlock 001 by expired");
    assertThat(world.lockout("003").baseline().isZero()).isTrue();
  }

  @Test
  void anOpenLossOfWhatMayStayIsCutAndOfWhatMayNotIsTheGuards() {
    World world = cooling("daily_unrealized_loss: {limit: -300}\n");
    // 20000 - 19950 on three: 2 dollars a point each.
    world.quote("MNQ", "19950.25");
    world.quote("MNQ", "19950").expect("violation 004 MNQ guard", "close MNQ long 3 004 guard");
    world.quote("MNQ", "19900");
    world.at("14:02").trade("ES", 1).send().expect("blocked 001");
    world.position("ES", 1, "6000").expect("blocked 001", "close ES long 1 001 guard");
    world.quote("ES", "5000");
  }

  @Test
  void aRuleThatGuardsNothingIsNotAsked() {
    World world =
        cooling(
            "max_contracts_per_instrument: {limits: {MNQ: 3, ES: 0}, enforcement: close_all}\n");
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 4).expect("blocked 001", "reduce MNQ 4>3 001 guard");
    world.trade("ES", 1).send().expect("blocked 001");
    world.position("ES", 1, "6000").expect("blocked 001", "close ES long 1 001 guard");
  }

  @Test
  void growthUnderARulesOwnLockoutIsTheGuardsAlone() {
    World world = new World("daily_realized_loss: {limit: -500, enforcement: lockout}");
    world.trade("MNQ", 3).send();
    world.position("MNQ", 3);
    world
        .trade("MNQ", -1)
        .pnl("-500")
        .send()
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z");
    world.position("MNQ", 2).expect("blocked 003");
    world.at("14:01").trade("MNQ", 2).send().expect("blocked 003");
    world.position("MNQ", 4).expect("blocked 003", "reduce MNQ 4>2 003 guard");
  }

  // ---- the circumvention record

  @Test
  void everyAttemptIsCountedAndListedAlsoOverARestart() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.at("14:01").position("MNQ", 1).expect("blocked 003", "close MNQ long 1 003 guard");
    assertThat(world.decisions())
        .filteredOn(Decision.ClosePosition.class::isInstance)
        .singleElement()
        .satisfies(d -> assertThat(d.cause().guard()).isTrue())
        .satisfies(
            d -> assertThat(d.cause().reason()).isEqualTo("beyond what may stay: 1 (allowed: 0)"));
    world.position("MNQ", 0).expect("blocked 003");
    world.order(5, "ES").buy(1).limit("1").send().expect("blocked 003", "cancel 5 003 guard");
    world
        .order(5, "ES")
        .buy(1)
        .limit("1")
        .status(OrderStatus.CANCELLED)
        .send()
        .expect("blocked 003");
    assertThat(world.lockout("003").attempts()).isEqualTo(2);
    world.restart().at("14:05").snapshot().flat().noOrders().send();
    assertThat(world.lockout("003").attempts()).isEqualTo(2);
    world.position("MNQ", -1).expect("blocked 003", "close MNQ short 1 003 guard");
    world.position("MNQ", 0).expect("blocked 003");
    assertThat(world.lockout("003").attempts()).isEqualTo(3);
    world
        .clock("22:00")
        .expect("reset 17:00 America/Chicago begins 2025-11-01", "unlock 003 by reset");
    assertThat(world.books().locks()).isEqualTo(Locks.NONE);
    world.restart().at("22:01").snapshot().flat().noOrders().send();
    assertThat(world.books().locks()).isEqualTo(Locks.NONE);
  }

  // ---- symbol lockouts

  @Test
  void underASymbolLockoutReducingIsFreeAndLowersWhatMayStay() {
    World world = new World(BLOCKED);
    world.trade("MNQ", 3).send();
    world.position("MNQ", 3).expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open");
    world.at("14:01").order(5, "MNQ").sell(3).stop("19900").send();
    world.order(6, "MNQ").sell(5).limit("20100").send().expect("resize 6 5>3 011 guard");
    world.trade("MNQ", -2).pnl("1").send();
    world.position("MNQ", 1).expect("resize 5 3>1 011 guard", "resize 6 5>1 011 guard");
    world.trade("MNQ", 1).send();
    world.position("MNQ", 2).expect("reduce MNQ 2>1 011 guard");
    world.trade("ES", 9).send();
    world.position("ES", 9, "6000");
  }

  @Test
  void aResizeIsAskedForAgainWhenTheOrderHasBeenMadeLargerAgain() {
    World world = new World(BLOCKED);
    world.trade("MNQ", 1).send();
    world.position("MNQ", 1).expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open");
    world
        .at("14:01")
        .order(5, "MNQ")
        .sell(3)
        .limit("20100")
        .send()
        .expect("resize 5 3>1 011 guard");
    world.at("14:02").order(5, "MNQ").sell(1).limit("20100").send();
    world
        .at("14:03")
        .order(5, "MNQ")
        .sell(3)
        .limit("20100")
        .send()
        .expect("resize 5 3>1 011 guard");
  }

  @Test
  void aSymbolsDelayedUnlockComesInItsTime() {
    World world = new World("symbol_blocks: {blocked_symbols: [MNQ, ES], admin_unlock: 30m}");
    world
        .order(5, "MNQ")
        .buy(1)
        .limit("1")
        .send()
        .expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open", "cancel 5 011");
    world.order(5, "MNQ").buy(1).limit("1").status(OrderStatus.CANCELLED).send();
    world
        .order(6, "ES")
        .buy(1)
        .limit("1")
        .send()
        .expect("violation 011 ES symbol", "lock 011 ES symbol open", "cancel 6 011");
    world.at("14:05").unlockSymbol("MNQ");
    world.clock("14:34:59.999");
    world.clock("14:35").expect("unlock 011 MNQ by admin:root");
    assertThat(world.lockout("011").symbol()).contains("ES");
  }

  // ---- fees

  /**
   * The letter of the rules: an unlock acknowledges the loss of that moment, and the fee of the
   * next entry makes it worse.
   */
  @Test
  void netOfFeesTheFeeOfTheFirstTradeAfterAnUnlockLocksAgain() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.at("14:05").unlock().expect("unlock 003 by admin:root");
    world.trade("MNQ", 1).send();
    world
        .trade("MNQ", 1)
        .fees("0.37")
        .send()
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
  }

  @Test
  void grossTheFeeOfTheFirstTradeAfterAnUnlockChangesNothing() {
    World world = new World("general: {net_of_fees: false}\ndaily_realized_loss: {limit: -500}");
    world
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.at("14:05").unlock().expect("unlock 003 by admin:root");
    world.trade("MNQ", 1).fees("0.37").send();
    world
        .trade("MNQ", -1)
        .pnl("-0.01")
        .send()
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
  }
}
