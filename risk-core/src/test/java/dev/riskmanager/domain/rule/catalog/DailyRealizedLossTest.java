package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULE-003: the realized loss of a trading day ends the day. The reset is 22:00 UTC. */
class DailyRealizedLossTest extends WorldTest {
  private static final String[] LOCKED = {
    "violation 003 hard until 2025-10-31T22:00:00Z",
    "lock 003 hard until 2025-10-31T22:00:00Z",
    "cancel all 003",
    "close all 003"
  };

  private static World world(String section) {
    return new World("daily_realized_loss: {" + section + "}");
  }

  private static Reading reading(World world) {
    return world.reading("003");
  }

  // ---- when

  /** Round turns of true economics: what the venue reports as P&amp;L of the closing half. */
  @ParameterizedTest
  @CsvSource({
    // MNQ long 2, 21000 to 20862.50, 0.74 a side and contract
    "-553,    MNQ, 2, -550.00, 1.48, false",
    "-552.97, MNQ, 2, -550.00, 1.48, false",
    "-552.96, MNQ, 2, -550.00, 1.48, true",
    "-500,    MNQ, 2, -550.00, 1.48, true",
    // NQ long 1, the same move at 20 dollars a point
    "-2754.1, NQ,  1, -2750.00, 2.00, false",
    "-2754,   NQ,  1, -2750.00, 2.00, true",
    // ES short 3, 6000 to 6004.25: 17 ticks of 12.50
    "-645,    ES, -3, -637.50, 4.20, true",
    "-645.9,  ES, -3, -637.50, 4.20, true",
    "-645.91, ES, -3, -637.50, 4.20, false",
    // 6J long 4, 0.0067500 to 0.0067465: 7 ticks of 6.25
    "-183.4,  6J,  4, -175.00, 4.20, true",
    "-183.41, 6J,  4, -175.00, 4.20, false",
    // CL short 1, 70.00 to 70.31
    "-313.02, CL, -1, -310.00, 1.51, true",
    "-313.03, CL, -1, -310.00, 1.51, false"
  })
  void theSumOfTheDayNetOfFees(
      String limit, String symbol, long size, String profit, String fees, boolean breach) {
    World world = world("limit: " + limit);
    world.trade(symbol, size).fees(fees).send();
    world.trade(symbol, -size).pnl(profit).fees(fees).send();
    world.expect(breach ? LOCKED : new String[0]);
  }

  @ParameterizedTest
  @CsvSource({"-550, true, true", "-550, false, true", "-552, true, true", "-552, false, false"})
  void feesCountOnlyWhenAskedFor(String limit, boolean net, boolean breach) {
    World world =
        new World(
            "{general: {net_of_fees: %s}, daily_realized_loss: {limit: %s}}".formatted(net, limit));
    world.trade("MNQ", 2).fees("1.48").send();
    world.trade("MNQ", -2).pnl("-550").fees("1.48").send().expect(breach ? LOCKED : new String[0]);
  }

  @Test
  void feesAloneCanBreach() {
    World world = world("limit: -3");
    world.trade("MNQ", 2).fees("1.48").send();
    world.trade("MNQ", 2).fees("1.52").send().expect(LOCKED);
  }

  @Test
  void gainsAndLossesOfTheDayAreSummed() {
    World world = world("limit: -400");
    world.loss("-350.25");
    world.trade("ES", -1).pnl("120").send();
    world.loss("-169.74");
    world.trade("CL", 1).pnl("-0.01").send().expect(LOCKED);
  }

  @Test
  void whatItSays() {
    World world = world("limit: -5");
    world.trade("MNQ", -1).pnl("-170").fees("0.5").send().expect(LOCKED);
    Decision.ViolationFound found = (Decision.ViolationFound) world.decisions().getFirst();
    assertThat(found.cause().reason())
        .isEqualTo("Daily loss limit exceeded: $-170.50 (limit: $-5.00)");
    assertThat(found.observed()).isEqualTo("Daily P&L: $-170.50");
    assertThat(found.limit()).isEqualTo("$-5.00");
    assertThat(found.tradingDay()).hasToString("2025-10-31");
  }

  @Test
  void eachAccountHasItsOwnSum() {
    World world = world("limit: -300");
    world.loss("-299.99");
    world.account(2).loss("-299");
    world.loss("-1").expect(LOCKED);
    world.account(1).position("MNQ", 1);
  }

  @Test
  void whatIsNoTradeIsIgnored() {
    World world = world("limit: -300");
    world.loss("-299");
    world.order(5, "MNQ").buy(9).limit("19000").send();
    world.position("MNQ", 1);
    world.quote("MNQ", "100");
    world.marketTrade("MNQ", "50");
    world.canTrade(false);
  }

  @Test
  void aTradeCountsOnceAndAVoidedOneLeaves() {
    World world = world("limit: -300");
    world.trade("MNQ", -1).id(7).pnl("-200").send();
    world.trade("MNQ", -1).id(7).pnl("-200").send();
    world.trade("MNQ", -1).id(7).pnl("-200").voided().send();
    world.loss("-299");
    world.trade("MNQ", -1).id(8).pnl("-500").voided().send();
    world.loss("-1").expect(LOCKED);
  }

  @Test
  void aTradeBelongsToTheDayOfItsExecution() {
    World world = world("limit: -300");
    world.loss("-200");
    world.trade("MNQ", -1).pnl("-900").executed("2025-10-30T21:59:59.999Z").send();
    world.trade("MNQ", -1).pnl("-100").executed("2025-10-30T22:00:00Z").send().expect(LOCKED);
  }

  // ---- the day

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reset_time: '17:00', timezone: America/New_York | 2025-10-31T21:00:00Z",
        "reset_time: '00:00', timezone: UTC              | 2025-11-01T00:00:00Z",
        "reset_time: '17:00', timezone: America/Chicago  | 2025-10-31T22:00:00Z",
        "reset_time: '08:30', timezone: Europe/Berlin    | 2025-11-01T07:30:00Z",
      })
  void itHasADayOfItsOwn(String reset, String end) {
    World world = world("limit: -10, " + reset);
    world
        .loss("-11")
        .expect(
            "violation 003 hard until " + end,
            "lock 003 hard until " + end,
            "cancel all 003",
            "close all 003");
  }

  @Test
  void theResetEndsTheLockoutAndBeginsANewSum() {
    World world = world("limit: -300");
    world.loss("-300").expect(LOCKED);
    world.at("21:59:59.999").loss("-5").expect("blocked 003");
    world
        .clock("22:00")
        .expect("reset 17:00 America/Chicago begins 2025-11-01", "unlock 003 by reset");
    world.loss("-299.99");
    world
        .loss("-0.01")
        .expect(
            "violation 003 hard until 2025-11-01T22:00:00Z",
            "lock 003 hard until 2025-11-01T22:00:00Z",
            "cancel all 003",
            "close all 003");
  }

  // ---- what is done

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enforcement: close_all_and_lockout         | hard | cancel all 003, close all 003",
        "enforcement: close_all                     |      | cancel all 003, close all 003",
        "enforcement: lockout                       | hard | cancel 7 003 guard",
        "'enforcement: lockout, cancel_orders: true' | hard | cancel all 003",
        "'enforcement: lockout, action: close_all'  | hard | cancel all 003, close all 003",
        "'enforcement: close_all, lockout: until_reset' | hard | cancel all 003, close all 003",
        "lockout: none                              |      | cancel all 003, close all 003",
        "action: none                               | hard | cancel 7 003 guard",
        "'action: none, lockout: none'              |      | alert 003",
        "action: close_position                     | hard | cancel 7 003 guard, close ES short 1"
            + " 003, close MNQ long 2 003",
        "cancel_orders: false                       | hard | cancel 7 003 guard, close all 003",
      })
  void theResponse(String options, String lock, String lines) {
    World world = world("limit: -200, " + options.replace("'", ""));
    world.position("MNQ", 2);
    world.position("ES", -1, "6000");
    world.order(7, "MNQ").buy(1).limit("19000").send();
    world.order(8, "MNQ").sell(2).stop("18000").send();
    String end = " hard until 2025-10-31T22:00:00Z";
    String expected =
        (lock == null ? "violation 003, " : "violation 003" + end + ", lock 003" + end + ", ")
            + lines;
    world.trade("CL", -1).pnl("-200").send().expect(expected.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "until_reset         | hard until 2025-10-31T22:00:00Z",
        "45m                 | cooldown until 2025-10-31T14:45:00Z",
        "until_session_start | session until 2025-11-03T14:30:00Z",
      })
  void anotherLockout(String lockout, String text) {
    World world =
        new World(
            """
            daily_realized_loss: {limit: -200, lockout: %s}
            session_block_outside:
              mode: shadow
              global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
            """
                .formatted(lockout));
    world
        .loss("-201")
        .expect("violation 003 " + text, "lock 003 " + text, "cancel all 003", "close all 003");
  }

  @Test
  void anAdminMayBeKeptFromUnlocking() {
    World world = world("limit: -200, admin_unlock: forbidden");
    world.loss("-250").expect(LOCKED);
    world.unlock();
    assertThat(world.books().locks().accountLocked()).isTrue();
    world = world("limit: -200, admin_unlock: 30m");
    world.loss("-250").expect(LOCKED);
    world.unlock();
    world.clock("14:30").expect("unlock 003 by admin:root");
  }

  @Test
  void anUnlockAcknowledgesThisLossAndNoLargerOne() {
    World world = world("limit: -200");
    world.loss("-250").expect(LOCKED);
    world.at("14:10").unlock().expect("unlock 003 by admin:root");
    world.trade("MNQ", 1).send();
    world.trade("MNQ", -1).pnl("40").send();
    world.loss("-39.99");
    world.loss("-0.02").expect(LOCKED);
  }

  // ---- episodes, restart, shadow

  @Test
  void winningItBackChangesNothing() {
    World world = world("limit: -200, enforcement: close_all");
    world.loss("-200").expect("violation 003", "cancel all 003", "close all 003");
    world.trade("MNQ", -1).pnl("5000").send();
    world.loss("-5500");
  }

  /** Without a lockout the day is over all the same: what was closed may not come back. */
  @Test
  void whatIsOpenedAgainIsFlattenedAgain() {
    World world = world("limit: -200, enforcement: close_all");
    world.position("MNQ", 2);
    world.position("ES", -1, "6000");
    String[] flatten = {"violation 003", "cancel all 003", "close all 003"};
    world.trade("CL", -1).pnl("-200").send().expect(flatten);
    world.position("MNQ", 1);
    world.position("MNQ", 2); // still under way
    world.position("MNQ", 0);
    world.position("MNQ", 1).expect(flatten);
    world.position("ES", 0, "6000");
    world.restart();
    world.at("14:05").snapshot().listed(true).position("MNQ", 1, "20000").noOrders().send();
    world.position("ES", -1, "6000").expect(flatten);
  }

  @Test
  void aProfitThatIsVoidedCanBreach() {
    World world = world("limit: -200");
    world.trade("MNQ", -1).id(7).pnl("300").send();
    world.loss("-450");
    world.trade("MNQ", -1).id(7).pnl("300").voided().send().expect(LOCKED);
  }

  @Test
  void inTheShadowItTellsOnceADay() {
    World world = world("limit: -200, mode: shadow");
    world.loss("-200").expect("violation 003 shadow");
    world.position("MNQ", 3);
    world.loss("-900");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.loss("-201").expect("violation 003 shadow");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @Test
  void aRestartKeepsSumLockoutAndEpisode() {
    World world = world("limit: -200");
    world.loss("-150");
    world.restart();
    world.at("14:05").loss("-50").expect(LOCKED);
    world.restart();
    world.at("14:06").loss("-50").expect("blocked 003");
    world.flatSnapshot().send();
    world
        .clock("22:00")
        .expect("reset 17:00 America/Chicago begins 2025-11-01", "unlock 003 by reset");
  }

  // ---- reconciliation: trades are merged by id, then it is judged once

  @Test
  void aReconciliationIsJudgedByItsFinalSum() {
    World world = world("limit: -200");
    world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("-250").executed("13:00"))
        .trade(world.trade("MNQ", -1).pnl("75").executed("13:10"))
        .send();
    world
        .at("14:01")
        .flatSnapshot()
        .trade(world.trade("ES", -1).pnl("-12.5").executed("14:00:30"))
        .trade(world.trade("ES", -1).pnl("-12.5").executed("14:00:40"))
        .send()
        .expect(LOCKED);
  }

  // ---- a lock that does not close

  @Test
  void growthThatTheGuardUndoesIsNoNewViolation() {
    World world = world("limit: -200, enforcement: lockout");
    world.position("MNQ", 2);
    String end = "hard until 2025-10-31T22:00:00Z";
    world
        .at("14:01")
        .trade("CL", -1)
        .pnl("-200")
        .send()
        .expect("violation 003 " + end, "lock 003 " + end);
    world.at("14:02").trade("MNQ", 1).send().expect("blocked 003");
    world.position("MNQ", 3).expect("blocked 003", "reduce MNQ 3>2 003 guard");
    world.at("14:03").position("MNQ", 2).expect("blocked 003");
    world.at("14:04").trade("ES", 1).send().expect("blocked 003");
    world.position("ES", 1, "6000").expect("blocked 003", "close ES long 1 003 guard");
    world.at("14:05").trade("ES", -1).pnl("-80").send().expect("blocked 003");
    world.position("ES", 0, "6000").expect("blocked 003");
  }

  /** A closing fill of a position nobody has seen does not let one of the other side stay. */
  @Test
  void theFillThatLocksLeavesNothingOfTheOtherSide() {
    World world = world("limit: -200, enforcement: lockout");
    String end = "hard until 2025-10-31T22:00:00Z";
    world
        .at("14:01")
        .trade("MNQ", -2)
        .pnl("-200")
        .send()
        .expect("violation 003 " + end, "lock 003 " + end);
    assertThat(world.lockout("003").baseline().isZero()).isTrue();
    world.at("14:02").position("MNQ", -1).expect("blocked 003", "close MNQ short 1 003 guard");
  }

  @Test
  void whatALockoutOfAnotherRuleLetStayIsStillJudged() {
    World world = world("limit: -200");
    world.at("14:01").position("MNQ", 2);
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    String end = "hard until 2025-10-31T22:00:00Z";
    world
        .at("14:02")
        .trade("MNQ", -1)
        .pnl("-200")
        .send()
        .expect(
            "blocked MANUAL",
            "violation 003 " + end + " guard",
            "lock 003 " + end + " guard",
            "cancel all 003 guard",
            "close all 003 guard");
  }

  @Test
  void underALockoutThatLetNothingStayNothingIsJudged() {
    World world = world("limit: -200");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.at("14:02").loss("-500").expect("blocked MANUAL");
    world
        .clock("15:00")
        .expect(
            "unlock MANUAL by expired",
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
  }

  @Test
  void aSymbolLockoutDoesNotGateIt() {
    World world =
        new World("{symbol_blocks: {blocked_symbols: [RTY]}, daily_realized_loss: {limit: -200}}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.trade("RTY", -1).pnl("-210").send().expect(LOCKED);
  }

  // ---- with what is open

  @ParameterizedTest
  @CsvSource({
    // realized, position at 21000, mark, breach of -500
    "-470,    MNQ,  2, 20992.75, false", // -29.00
    "-471,    MNQ,  2, 20992.75, true",
    "-440,    NQ,   3, 20999.25, false", // -45.00
    "-455,    NQ,   3, 20999.25, true",
    "-499.99, MNQ, -1, 21000,    false",
    "-499.5,  MNQ, -1, 21000.25, true", // -0.50
    "0,       NQ,  -1, 21025,    true", // -500.00
    "100,     NQ,  -1, 21029.75, false", // -595.00
    "-600,    NQ,   1, 21005.25, false", // +105.00
    "-600,    NQ,   1, 21005,    true" // +100.00
  })
  void realizedAndOpenTogether(
      String realized, String symbol, long size, String mark, boolean breach) {
    World world = world("limit: -500, include_open: true");
    world.quote(symbol, size > 0 ? "21900" : "20100");
    world.position(symbol, size, "21000");
    world.trade("CL", -1).pnl(realized).send();
    world.quote(symbol, mark).expect(breach ? LOCKED : new String[0]);
  }

  @Test
  void anyQuoteOfAHeldContractCountsAndNoOther() {
    World world = world("limit: -500, include_open: true");
    world.position("MNQ", 2, "21000");
    world.position("ES", -1, "6000");
    world.quote("ES", "6005"); // -250.00
    world.quote("MNQ", "20937.75"); // -249.00
    world.quote("RTY", "1");
    world.account(2).position("NQ", 1, "21000");
    world.account(1).quote("NQ", "20998"); // -40.00 of another account
    world.marketTrade("MNQ", "20937.5").expect(LOCKED);
  }

  @Test
  void aClosingFillIsNotCountedTwiceBeforeItsPositionComes() {
    World world = world("limit: -500, include_open: true");
    world.position("NQ", 2, "21000");
    world.quote("NQ", "20990"); // -400.00
    world.trade("NQ", -1).pnl("-200").send();
    world.quote("NQ", "20989.75"); // -200.00 - 205.00
    world.position("NQ", 1, "21000");
    world.quote("NQ", "20985"); // -200.00 - 300.00
    world.expect(LOCKED);
  }

  /** Without a price the profit that is hoped for does not count, and neither does the loss. */
  @Test
  void withoutAFreshPriceOnlyWhatIsRealizedCounts() {
    World world = world("limit: -500, include_open: true");
    world.position("NQ", 1, "21000");
    assertThat(reading(world).degraded()).contains("no fresh price for NQ");
    world.quote("NQ", "21010"); // +200.00
    assertThat(reading(world)).isEqualTo(Reading.of("200.00", "-500.00", 0));
    world.trade("CL", -1).pnl("-550").send();
    assertThat(reading(world)).isEqualTo(Reading.of("-350.00", "-500.00", 700));
    world.at("14:00:05").trade("CL", 1).send();
    assertThat(reading(world).degraded()).isEmpty();
    world.at("14:00:05.001").trade("CL", 1).send().expect(LOCKED);
    assertThat(reading(world).degraded()).contains("no fresh price for NQ");
    assertThat(reading(world).value()).isEqualTo("-550.00");
  }

  @Test
  void withoutIncludeOpenPricesDoNotMatter() {
    World world = world("limit: -500");
    world.position("NQ", 1, "21000");
    world.quote("NQ", "20000");
    assertThat(reading(world)).isEqualTo(Reading.of("0.00", "-500.00", 0));
    world.trade("NQ", -1).pnl("-125").send();
    assertThat(reading(world)).isEqualTo(Reading.of("-125.00", "-500.00", 250));
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"0", "500", "0.01", "lots", "''", "-1e30"})
  void theLimitMustBeBelowZero(String limit) {
    assertThat(RuleFile.problems("daily_realized_loss: {limit: " + limit + "}"))
        .singleElement()
        .asString()
        .startsWith("daily_realized_loss.limit: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{include_open: true}                  | limit",
        "{limit: -5, enforcement: flatten}     | enforcement",
        "{limit: -5, include_open: sometimes}  | include_open",
        "{limit: -5, action: reduce}           | action",
        "{limit: -5, timezone: Mars/Olympus}   | timezone",
        "{limit: -5, reset_time: noon}         | reset_time",
        "{limit: -5, target: 5}                | target",
        "{limit: -5, admin_unlock: never}      | admin_unlock",
      })
  void whatIsWrongIsNamed(String section, String path) {
    assertThat(RuleFile.problems("daily_realized_loss: " + section))
        .singleElement()
        .asString()
        .startsWith("daily_realized_loss." + path + ": ");
  }
}
