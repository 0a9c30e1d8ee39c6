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

/** RULE-013: the realized profit of a trading day is enough. The reset is 22:00 UTC. */
class DailyRealizedProfitTest extends WorldTest {
  private static final String[] LOCKED = {
    "violation 013 hard until 2025-10-31T22:00:00Z",
    "lock 013 hard until 2025-10-31T22:00:00Z",
    "cancel all 013",
    "close all 013"
  };

  private static World world(String section) {
    return new World("daily_realized_profit: {" + section + "}");
  }

  // ---- when

  @ParameterizedTest
  @CsvSource({
    // ES long 1, 6000 to 6020 at 50 dollars a point, 1.40 a side
    "1000,   ES,  1, 1000.00, 1.40, true, false",
    "997.2,  ES,  1, 1000.00, 1.40, true, true",
    "997.21, ES,  1, 1000.00, 1.40, true, false",
    "1000,   ES,  1, 1000.00, 1.40, false, true",
    "1000.01, ES, 1, 1000.00, 1.40, false, false",
    // MNQ short 4, 21000 to 20987.25: 51 ticks of 0.50 each
    "96.08,  MNQ, -4, 102.00, 2.96, true, true",
    "96.09,  MNQ, -4, 102.00, 2.96, true, false",
    // 6J short 3, 0.0067500 to 0.0067300: 40 ticks of 6.25
    "743.7,  6J, -3, 750.00, 3.15, true, true",
    "743.71, 6J, -3, 750.00, 3.15, true, false",
    // NQ long 2, 8.5 points of 20 dollars
    "336,    NQ,  2, 340.00, 2.00, true, true",
    "336.5,  NQ,  2, 340.00, 2.00, true, false"
  })
  void theSumOfTheDay(
      String target,
      String symbol,
      long size,
      String profit,
      String fees,
      boolean net,
      boolean breach) {
    World world =
        new World(
            "{general: {net_of_fees: %s}, daily_realized_profit: {target: %s}}"
                .formatted(net, target));
    world.trade(symbol, size).fees(fees).send();
    world.trade(symbol, -size).pnl(profit).fees(fees).send();
    world.expect(breach ? LOCKED : new String[0]);
  }

  @Test
  void whatItSays() {
    World world = world("target: 700");
    world.trade("MNQ", -1).pnl("701.375").fees("0.37").send().expect(LOCKED);
    Decision.ViolationFound found = (Decision.ViolationFound) world.decisions().getFirst();
    assertThat(found.cause().reason())
        .isEqualTo("Daily profit target reached: $701.00 (target: $700.00)");
    assertThat(found.observed()).isEqualTo("Daily P&L: $701.00");
    assertThat(found.limit()).isEqualTo("$700.00");
  }

  @Test
  void lossesOfTheDayCountAndSoDoesEachAccountByItself() {
    World world = world("target: 300");
    world.loss("-100.01");
    world.trade("NQ", -1).pnl("400").send();
    world.account(2).trade("NQ", -1).pnl("299.99").send();
    world.account(1).trade("NQ", -1).pnl("0.01").send().expect(LOCKED);
  }

  @Test
  void whatIsOpenDoesNotCount() {
    World world = world("target: 300");
    world.trade("NQ", -1).pnl("299").send();
    world.position("NQ", 2, "20000");
    world.quote("NQ", "20500");
    world.order(5, "NQ").buy(9).limit("19000").send();
    assertThat(world.reading("013")).isEqualTo(Reading.of("299.00", "300.00", 997));
  }

  @Test
  void aVoidedOrRepeatedTradeDoesNotCount() {
    World world = world("target: 300");
    world.trade("NQ", -1).id(7).pnl("200").send();
    world.trade("NQ", -1).id(7).pnl("200").send();
    world.trade("NQ", -1).id(7).pnl("200").voided().send();
    world.trade("NQ", -1).id(8).pnl("250").send();
    world.trade("NQ", -1).id(9).pnl("50").send().expect(LOCKED);
  }

  @Test
  void theResetEndsTheLockoutAndBeginsANewSum() {
    World world = world("target: 300, reset_time: '18:00', timezone: America/New_York");
    world.trade("NQ", -1).pnl("350").send().expect(LOCKED);
    world.at("21:59:59").loss("-340").expect("blocked 013");
    world
        .clock("22:00")
        .expect(
            "reset 17:00 America/Chicago begins 2025-11-01",
            "reset 18:00 America/New_York begins 2025-11-01",
            "unlock 013 by reset");
    world.trade("NQ", -1).pnl("299.99").send();
  }

  // ---- what is done

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | hard | cancel all 013, close all 013",
        "lockout: none                 |      | cancel all 013, close all 013",
        "action: none                  | hard | cancel 7 013 guard",
        "'action: none, lockout: none' |      | alert 013",
        "cancel_orders: false          | hard | cancel 7 013 guard, close all 013",
        "'action: close_position, lockout: none' |  | close ES short 1 013, close MNQ long 2 013",
      })
  void theResponse(String options, String lock, String lines) {
    String more = options.replace("'", "");
    World world = world("target: 200" + (more.isEmpty() ? "" : ", " + more));
    world.position("MNQ", 2);
    world.position("ES", -1, "6000");
    world.order(7, "MNQ").buy(1).limit("19000").send();
    String end = " hard until 2025-10-31T22:00:00Z";
    String expected =
        (lock == null ? "violation 013, " : "violation 013" + end + ", lock 013" + end + ", ")
            + lines;
    world.trade("CL", -1).pnl("200").send().expect(expected.split(", "));
  }

  @Test
  void losingItAgainEndsNothing() {
    World world = world("target: 200, lockout: none");
    world.trade("NQ", -1).pnl("210").send();
    world.expect("violation 013", "cancel all 013", "close all 013");
    world.loss("-300");
    world.trade("NQ", -1).pnl("400").send();
  }

  @Test
  void anUnlockAcknowledgesThisProfitAndNoLargerOne() {
    World world = world("target: 200");
    world.trade("NQ", -1).pnl("250").send().expect(LOCKED);
    world.at("14:10").unlock().expect("unlock 013 by admin:root");
    world.loss("-20");
    world.trade("NQ", -1).pnl("20").send();
    world.trade("NQ", -1).pnl("0.01").send().expect(LOCKED);
  }

  @Test
  void aRestartKeepsSumAndLockout() {
    World world = world("target: 200");
    world.trade("NQ", -1).pnl("150").send();
    world.restart();
    world.at("14:05").trade("NQ", -1).pnl("50").send().expect(LOCKED);
    world.restart();
    world.at("14:06").trade("NQ", -1).pnl("5").send().expect("blocked 013");
  }

  @Test
  void inTheShadowItTellsOnceADay() {
    World world = world("target: 200, mode: shadow");
    world.trade("NQ", -1).pnl("200").send().expect("violation 013 shadow");
    world.trade("NQ", -1).pnl("900").send();
    world.position("MNQ", 5);
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.trade("NQ", -1).pnl("201").send().expect("violation 013 shadow");
  }

  @Test
  void whatALockoutLetStayIsStillJudged() {
    World world = world("target: 200");
    world.at("14:01").position("MNQ", 2);
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    String end = "hard until 2025-10-31T22:00:00Z";
    world
        .at("14:02")
        .trade("MNQ", -1)
        .pnl("200")
        .send()
        .expect(
            "blocked MANUAL",
            "violation 013 " + end + " guard",
            "lock 013 " + end + " guard",
            "cancel all 013 guard",
            "close all 013 guard");
  }

  @Test
  void aLockoutOfAnotherRuleHoldsItBack() {
    World world =
        new World("{daily_realized_loss: {limit: -100}, daily_realized_profit: {target: 200}}");
    world
        .loss("-100")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.trade("NQ", -1).pnl("500").send().expect("blocked 003");
    world.at("14:10").unlock().expect(lines("unlock 003 by admin:root"));
  }

  private static String[] lines(String first) {
    String[] all = new String[LOCKED.length + 1];
    all[0] = first;
    System.arraycopy(LOCKED, 0, all, 1, LOCKED.length);
    return all;
  }

  @Test
  void aReconciliationIsJudgedByItsFinalSum() {
    World world = world("target: 200");
    world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("250").executed("13:00"))
        .trade(world.trade("MNQ", -1).pnl("-75").executed("13:10"))
        .send();
    world.trade("NQ", -1).pnl("25").send().expect(LOCKED);
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"0", "-500", "-0.01", "plenty", "''"})
  void theTargetMustBeAboveZero(String target) {
    assertThat(RuleFile.problems("daily_realized_profit: {target: " + target + "}"))
        .singleElement()
        .asString()
        .startsWith("daily_realized_profit.target: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{enabled: true}                   | target",
        "{target: 5, limit: -5}            | limit",
        "{target: 5, action: reduce}       | action",
        "{target: 5, timezone: Nowhere}    | timezone",
        "{target: 5, reset_time: '25:00'}  | reset_time",
      })
  void whatIsWrongIsNamed(String section, String path) {
    assertThat(RuleFile.problems("daily_realized_profit: " + section))
        .singleElement()
        .asString()
        .startsWith("daily_realized_profit." + path + ": ");
  }

  // ---- given back before an admin unlocks

  /** Net of fees would be the same; here every dollar counts as it is. */
  private static World reached() {
    World world =
        new World("{general: {net_of_fees: false}, daily_realized_profit: {target: 500}}");
    world.loss("500").expect(LOCKED);
    return world;
  }

  @Test
  void whatWasGivenBackBeforeTheUnlockIsAnsweredWhenItIsReachedAgain() {
    World world = reached();
    world.loss("-0.01").expect("blocked 013");
    world.unlock().expect("unlock 013 by admin:root");
    world.loss("0.01").expect(LOCKED);
  }

  /** To the cent: 499.99 again is not enough. */
  @Test
  void andNotBefore() {
    World world = reached();
    world.loss("-300").expect("blocked 013");
    world.unlock().expect("unlock 013 by admin:root");
    world.loss("299.99").expect();
    world.loss("0.01").expect(LOCKED);
  }

  /**
   * What stands at the unlock is acknowledged: it locks when it is more, and not when it is less.
   */
  @Test
  void whatStandsAtTheUnlockIsAcknowledged() {
    World world = reached();
    world.unlock().expect("unlock 013 by admin:root");
    world.loss("-0.01").expect();
    world.loss("0.01").expect();
    world.loss("0.01").expect(LOCKED);
  }

  /** Given back at a later unlock, an earlier acknowledgement does not count any more. */
  @Test
  void anAcknowledgementEndsWithAnUnlockAtWhichItIsGivenBack() {
    World world = reached();
    world.unlock().expect("unlock 013 by admin:root");
    world.loss("100").expect(LOCKED);
    world.loss("-250").expect("blocked 013");
    world.unlock().expect("unlock 013 by admin:root");
    world.loss("149.99").expect();
    world.loss("0.01").expect(LOCKED);
  }
}
