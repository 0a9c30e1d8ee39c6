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

/** RULE-005: the open profit of a position is taken. */
class MaxUnrealizedProfitTest extends WorldTest {
  private static World world(String section) {
    return new World("max_unrealized_profit: {" + section + "}");
  }

  private static Reading reading(World world) {
    return world.reading("005");
  }

  /** One ES from 6000: 50 dollars a point, so 10 points are the target. */
  private static World longEs(String more) {
    World world = world("target: 500" + more);
    world.position("ES", 1, "6000");
    return world;
  }

  private static String[] closed(String position) {
    return new String[] {
      "violation 005 " + position.substring(0, position.indexOf(' ')), "close " + position + " 005"
    };
  }

  // ---- when

  @ParameterizedTest
  @CsvSource({
    "500,    ES,  1, 6000, 6010, true",
    "500,    ES,  1, 6000, 6009.75, false",
    "500,    ES, -1, 6000, 5990, true",
    "525,    ES, -1, 6000, 5989.5, true",
    "525,    ES, -1, 6000, 5989.75, false",
    "525,    ES, -1, 6000, 6100, false",
    "76.5,   MNQ, 3, 20100, 20112.75, true",
    "77,     MNQ, 3, 20100, 20112.75, false",
    "1250,   NQ, -5, 20100, 20087.5, true",
    "1250.5, NQ, -5, 20100, 20087.5, false",
    "5,      NQ,  1, 20100, 20100.25, true",
    "10,     RTY, -2, 2200, 2199.9, true",
    "10.01,  RTY, -2, 2200, 2199.9, false",
    "30,     CL,  3, 70.01, 70.02, true",
    "31,     CL,  3, 70.01, 70.02, false",
    "37.5,   6J,  2, 0.0067495, 0.006751, true",
    "37.51,  6J,  2, 0.0067495, 0.006751, false"
  })
  void theOpenProfitOfAPosition(
      String target, String symbol, long size, String average, String mark, boolean breach) {
    World world = world("target: " + target);
    world.position(symbol, size, average);
    world.quote(symbol, mark);
    String side = size > 0 ? " long " : " short ";
    world.expect(breach ? closed(symbol + side + Math.abs(size)) : new String[0]);
  }

  @Test
  void whatItSays() {
    World world = longEs("");
    world.quote("ES", "6010.25").expect(closed("ES long 1"));
    Decision.ViolationFound found = (Decision.ViolationFound) world.decisions().getFirst();
    assertThat(found.observed()).isEqualTo("ES open P&L: $512.50");
    assertThat(found.limit()).isEqualTo("$500.00");
    assertThat(found.cause().reason())
        .isEqualTo("Open profit target reached: ES $512.50 (target: $500.00)");
  }

  @Test
  void itIsPerPosition() {
    World world = longEs("");
    world.position("NQ", -1, "21000");
    world.quote("NQ", "20975.25"); // 495.00
    world.quote("ES", "6009.5"); // 475.00
    world.quote("NQ", "20975").expect(closed("NQ short 1"));
    world.marketTrade("ES", "6010").expect(closed("ES long 1"));
  }

  @Test
  void otherContractsAccountsAndEventsAreIgnored() {
    World world = longEs("");
    world.account(2).position("ES", -1, "6000");
    world.account(1);
    world.quote("ES.H26", "7000");
    world.quote("ES", "5990.25"); // the other account: 487.50
    world.order(5, "ES").buy(9).limit("5000").send();
    world.trade("CL", -1).pnl("5000").send();
    world.account(2).quote("ES", "5990").expect(closed("ES short 1"));
  }

  // ---- what is done

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      |  | close ES long 1 005",
        "action: close_all       |  | cancel all 005, close all 005",
        "cancel_orders: true     |  | cancel 7 005, close ES long 1 005",
        "action: none            |  | alert 005 ES",
        "'action: none, lockout: 7m' | cooldown until 2025-10-31T14:07:00Z | cancel 7 005 guard",
        "lockout: until_reset    | hard until 2025-10-31T22:00:00Z | cancel 7 005 guard, close ES"
            + " long 1 005",
      })
  void theResponse(String options, String lock, String lines) {
    String more = options.replace("'", "");
    World world = longEs(more.isEmpty() ? "" : ", " + more);
    world.position("NQ", 1, "20000");
    world.order(7, "ES").buy(1).limit("5900").send();
    world.order(8, "ES").sell(1).stop("5950").send();
    world.quote("ES", "6010");
    String expected =
        (lock == null
                ? "violation 005 ES, "
                : "violation 005 ES " + lock + ", lock 005 " + lock + ", ")
            + lines;
    world.expect(expected.split(", "));
  }

  @Test
  void oneEpisodeLastsAsLongAsThePosition() {
    World world = longEs("");
    world.quote("ES", "6010").expect(closed("ES long 1"));
    world.quote("ES", "6000");
    world.quote("ES", "6020");
    world.position("ES", 2, "6005").expect(closed("ES long 2"));
    world.position("ES", 0, "0");
    world.position("ES", 1, "6015");
    world.position("ES", -1, "6035").expect(closed("ES short 1"));
  }

  @Test
  void aRestartKnowsTheEpisode() {
    World world = longEs("");
    world.quote("ES", "6010").expect(closed("ES long 1"));
    world.restart();
    world.at("14:00:01").snapshot().listed(true).position("ES", 1, "6000").noOrders().send();
    world.quote("ES", "6011");
    world.position("ES", 3, "6004").expect(closed("ES long 3"));
  }

  @Test
  void inTheShadowItTellsOnceAnEpisode() {
    World world = longEs(", mode: shadow");
    world.quote("ES", "6010").expect("violation 005 ES shadow");
    world.position("ES", 4, "6000");
    world.quote("ES", "6050");
  }

  @Test
  void aSecondQuoteConfirms() {
    World world = longEs(", confirm_ms: 1500");
    world.quote("ES", "6100"); // a bad tick
    world.quote("ES", "6009.75");
    world.at("14:00:01").quote("ES", "6010");
    world.at("14:00:01.200").quote("ES", "6010.25").expect(closed("ES long 1"));
    world = longEs(", confirm_ms: 1500");
    world.quote("ES", "6010");
    world.clock("14:00:01.499");
    world.clock("14:00:01.500").expect(closed("ES long 1"));
  }

  @Test
  void whatALockoutLetStayIsStillJudged() {
    World world = longEs("");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.quote("ES", "6010").expect("violation 005 ES guard", "close ES long 1 005 guard");
  }

  @Test
  void aLockoutOfTheSymbolGatesIt() {
    World world =
        new World(
            "{symbol_blocks: {blocked_symbols: [RTY]}, max_unrealized_profit: {target: 500}}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.quote("RTY", "2200");
  }

  @Test
  void aPriceThatIsTooOldValuesNothing() {
    World world = world("target: 500");
    world.quote("ES", "6010");
    world.at("14:00:05.001").position("ES", 1, "6000");
    assertThat(reading(world).degraded()).contains("no fresh price for ES");
    world.quote("ES", "6009");
    assertThat(reading(world)).isEqualTo(Reading.of("450.00", "500.00", 900));
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"0", "-500", "-0.5", "more", "''"})
  void theTargetMustBeAboveZero(String target) {
    assertThat(RuleFile.problems("max_unrealized_profit: {target: " + target + "}"))
        .singleElement()
        .asString()
        .startsWith("max_unrealized_profit.target: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{confirm_ms: 5}                | target",
        "{target: 5, scope: total}      | scope",
        "{target: 5, confirm_ms: soon}  | confirm_ms",
        "{target: 5, action: reduce}    | action",
        "{target: 5, limit: -5}         | limit",
      })
  void whatIsWrongIsNamed(String section, String path) {
    assertThat(RuleFile.problems("max_unrealized_profit: " + section))
        .singleElement()
        .asString()
        .startsWith("max_unrealized_profit." + path + ": ");
  }
}
