package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RULE-011: a blocked symbol is closed and locked by itself, and nothing else is touched. */
class SymbolBlocksTest extends WorldTest {
  private static final String RULE = "symbol_blocks: {blocked_symbols: [%s]%s}\n";

  private static World world(String symbols, String... more) {
    String options = more.length == 0 ? "" : ", " + String.join(", ", more);
    return new World(RULE.formatted(symbols, options));
  }

  private static World lockedRty() {
    World world = world("RTY, BTC");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.position("RTY", 0);
    assertThat(world.lockout("011").type()).isEqualTo(LockoutType.SYMBOL);
    return world.at("14:05");
  }

  // ---- which symbols

  @ParameterizedTest
  @CsvSource({
    "MNQ, MNQ, true",
    "mnq, MNQ, true",
    "Mnq, MNQ, true",
    "MNQ, NQ, false",
    "NQ, MNQ, false",
    "M*, MNQ, true",
    "m*, MNQ, true",
    "M*, ES, false",
    "'*', CL, true",
    "'**', CL, true",
    "'*Q', MNQ, true",
    "'*Q', NQ, true",
    "'*Q', ES, false",
    "'*N*', MNQ, true",
    "'*N*', ES, false",
    "'?Q', NQ, true",
    "'?Q', MNQ, false",
    "'??Q', MNQ, true",
    "'??', ES, true",
    "'??', MNQ, false",
    "'?', ES, false",
    "'M?Q', MNQ, true",
    "'MNQ?', MNQ, false",
    "'MNQ*', MNQ, true",
    "'6?', 6J, true",
    "'M.Q', MNQ, false"
  })
  void aPatternMeetsTheWholeSymbolWhateverItsCase(String pattern, String symbol, boolean blocked) {
    SymbolBlocks rule =
        (SymbolBlocks)
            RuleFile.rules(RULE.formatted("\"" + pattern + "\"", ""))
                .rule(SymbolBlocks.ID)
                .orElseThrow();
    assertThat(rule.isBlocked(symbol)).isEqualTo(blocked);
  }

  @Test
  void theLockNamesTheConcreteSymbolOfItsFirstViolation() {
    World world = world("\"M*\"");
    world.position("ES", 1, "6000");
    world
        .position("MNQ", 1)
        .expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open", "close MNQ long 1 011");
    // Another symbol of the same pattern has its own.
    world
        .position("MES", -2)
        .expect(
            "violation 011 MES symbol",
            "lock 011 MES symbol open",
            "close CON.F.US.MES.Z25 short 2 011");
  }

  // ---- positions and orders

  @Test
  void allMonthsOfTheSymbolAreClosedLongAndShortAndNoOther() {
    World world = world("MNQ");
    world.position("NQ", 2);
    world.order(9, "NQ").sell(2).stop("19000").send();
    world
        .snapshot()
        .position("MNQ", 2, "20000")
        .position("MNQ.H26", -1, "20100")
        .position("NQ", 2, "20000")
        .order(world.order(9, "NQ").sell(2).stop("19000"))
        .order(world.order(7, "MNQ").buy(1).limit("19000"))
        .order(world.order(8, "MNQ").sell(2).stop("19000"))
        .send()
        .expect(
            "violation 011 MNQ symbol",
            "lock 011 MNQ symbol open",
            "cancel 7 011",
            "close MNQ.H26 short 1 011",
            "close MNQ long 2 011");
  }

  @Test
  void anEntryOrderIsEnough() {
    World world = world("RTY");
    world
        .order(5, "RTY")
        .sell(1)
        .limit("2000")
        .send()
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "cancel 5 011");
    world.order(5, "RTY").sell(1).limit("2001").updated("14:00:01").send();
    world.order(6, "RTY").buy(1).limit("1900").send().expect("cancel 6 011 guard");
  }

  @Test
  void aStopIsNoEntryUntilThePositionIsGone() {
    World world = world("RTY");
    world
        .position("RTY", 2, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 2 011");
    world.order(5, "RTY").sell(2).stop("1990").send();
    world.position("RTY", 0).expect("cancel 5 011 guard");
  }

  @Test
  void otherSymbolsTradeOnAndTheGuardKeepsThisOneFlat() {
    World world = lockedRty();
    world.position("MNQ", 3);
    world.order(5, "ES").buy(1).limit("1").send();
    assertThat(world.books().locks().accountLocked()).isFalse();
    world.position("RTY", 1, "2000").expect("close RTY long 1 011 guard");
    world.position("RTY", 0);
    world.position("RTY", -2, "2000").expect("close RTY short 2 011 guard");
    world.position("RTY.H26", 1, "2000").expect("close RTY.H26 long 1 011 guard");
    assertThat(world.lockout("011").attempts()).isEqualTo(3);
    world
        .position("BTC", 1, "100000")
        .expect("violation 011 BTC symbol", "lock 011 BTC symbol open", "close BTC long 1 011");
  }

  @Test
  void theLockedSymbolsTradesStillCountForTheAccount() {
    World world =
        new World(
            RULE.formatted("MNQ", "")
                + "max_contracts_per_instrument: {limits: {MNQ: 0, ES: 1}, enforcement:"
                + " close_all}\n"
                + "daily_realized_loss: {limit: -500}\n");
    world
        .order(5, "MNQ")
        .buy(1)
        .limit("1")
        .send()
        .expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open", "cancel 5 011");
    // RULE-002 is gated for that symbol and no other.
    world.position("MNQ", 1).expect("close MNQ long 1 011 guard");
    world.position("ES", 2, "6000").expect("violation 002 ES", "close ES long 2 002");
    world
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
  }

  // ---- what it must ignore

  @Test
  void whatIsNotBlockedIsNotItsBusiness() {
    World world = world("RTY");
    world.position("MNQ", 5);
    world.trade("RTY", 1).send();
    world.quote("RTY", "2000");
    world.canTrade(false);
    world.order(5, "ES").buy(9).limit("1").send();
    world.clock("20:00");
  }

  @Test
  void anOrderThatIsNoLongerWorkingIsNone() {
    World world = world("RTY");
    world.order(5, "RTY").buy(1).limit("1").status(OrderStatus.REJECTED).send();
  }

  @Test
  void anotherAccountHasItsOwn() {
    World world = lockedRty();
    world
        .account(2)
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
  }

  // ---- how it ends

  @Test
  void itEndsWhenTheSymbolLeavesTheConfigurationAndNotBefore() {
    World world = lockedRty();
    world.configure(RULE.formatted("RTY", ""));
    world.configure(RULE.formatted("\"R?Y\"", ""));
    assertThat(world.lockout("011").symbol()).contains("RTY");
    world.configure(RULE.formatted("ES", "")).expect("unlock 011 RTY by configuration");
    world.position("RTY", 1, "2000");
  }

  @Test
  void itEndsWithTheRule() {
    World world = lockedRty();
    world.configure("").expect("unlock 011 RTY by configuration");
  }

  @Test
  void neitherTimeNorAResetNorARestartEndsIt() {
    World world = lockedRty();
    world
        .clock("2025-11-01T22:00:00Z")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "reset 17:00 America/Chicago begins 2025-11-02");
    world.restart().at("2025-11-01T22:01:00Z").flatSnapshot().send();
    world.position("RTY", 1, "2000").expect("close RTY long 1 011 guard");
    assertThat(world.lockout("011").expiresAt()).isEmpty();
  }

  @Test
  void aReloadThatBlocksWhatIsHeldClosesIt() {
    World world = world("BTC");
    world.position("MNQ", 2);
    world.position("ES", 1, "6000");
    world
        .configure(RULE.formatted("MNQ", ""))
        .expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open", "close MNQ long 2 011");
  }

  @Test
  void anUnlockDoesNotTakeTheSymbolOffTheList() {
    World world = lockedRty();
    world.unlockSymbol("rty").expect("unlock 011 RTY by admin:root");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
  }

  // ---- together with others, shadow, overrides

  @Test
  void underAnAccountLockOfAnotherRuleItIsFoundWhenThatEnds() {
    World world = world("RTY");
    world.lockUntil("14:10").expect("lock MANUAL manual until 2025-10-31T14:10:00Z");
    world
        .at("14:05")
        .position("RTY", 1, "2000")
        .expect("blocked MANUAL", "close RTY long 1 MANUAL guard");
    world
        .clock("14:10")
        .expect(
            "unlock MANUAL by expired",
            "violation 011 RTY symbol",
            "lock 011 RTY symbol open",
            "close RTY long 1 011");
  }

  @Test
  void whatACooldownLetStayIsClosedWhenTheSymbolIsBlocked() {
    String other = "max_contracts: {limit: 1, action: none, lockout: 10m}\n";
    World world = new World(RULE.formatted("BTC", "") + other);
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    world
        .configure(RULE.formatted("MNQ", "") + other)
        .expect(
            "violation 011 MNQ symbol guard",
            "lock 011 MNQ symbol open guard",
            "close MNQ long 2 011 guard");
  }

  @Test
  void inShadowItOnlyTellsOnceAnEpisode() {
    World world = world("RTY", "mode: shadow");
    world.position("RTY", 1, "2000").expect("violation 011 RTY shadow");
    world.position("RTY", 2, "2000");
    world.position("RTY", 0);
    world.order(5, "RTY").buy(1).limit("1").send().expect("violation 011 RTY shadow");
  }

  @Test
  void withoutALockoutEachNewThingIsClosed() {
    World world = world("RTY", "lockout: none");
    world.position("RTY", 1, "2000").expect("violation 011 RTY", "close RTY long 1 011");
    world.position("RTY", 1, "2001");
    world.position("RTY", 2, "2001").expect("violation 011 RTY", "close RTY long 2 011");
    world.position("RTY", 0);
    world.order(5, "RTY").buy(1).limit("1").send().expect("violation 011 RTY", "cancel 5 011");
  }

  @Test
  void anActionOfNoneLocksAndLetsStay() {
    World world = world("RTY", "action: none");
    world.trade("RTY", 1).send();
    world.position("RTY", 1, "2000").expect("violation 011 RTY symbol", "lock 011 RTY symbol open");
    world.at("14:01").trade("RTY", 1).send();
    world.position("RTY", 2, "2000").expect("reduce RTY 2>1 011 guard");
  }

  @Test
  void aLockoutOfItsOwnLengthEndsByTime() {
    World world = world("RTY", "lockout: 5m");
    world
        .position("RTY", 1, "2000")
        .expect(
            "violation 011 RTY cooldown until 2025-10-31T14:05:00Z",
            "lock 011 RTY cooldown until 2025-10-31T14:05:00Z",
            "close RTY long 1 011");
    world.position("RTY", 0);
    world.clock("14:05").expect("unlock 011 RTY by expired");
  }

  @Test
  void anEmptyListIsSaidToDoNothingAndAMissingOneIsAnError() {
    assertThat(RuleFile.problems("symbol_blocks: {blocked_symbols: []}"))
        .containsExactly(
            "warning symbol_blocks.blocked_symbols: is empty: the rule can never fire");
    assertThat(RuleFile.problems("symbol_blocks: {enabled: true}"))
        .singleElement()
        .asString()
        .startsWith("symbol_blocks");
  }
}
