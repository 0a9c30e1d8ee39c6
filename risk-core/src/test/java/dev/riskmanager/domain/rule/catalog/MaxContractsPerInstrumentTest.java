package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULE-002: no more contracts of a symbol than its limit. */
class MaxContractsPerInstrumentTest extends WorldTest {
  private static final String RULE =
      "max_contracts_per_instrument: {limits: {MNQ: 2, ES: 1, cl: 4, 6J: 0}%s}";

  private static World world(String more) {
    return new World(RULE.formatted(more));
  }

  // ---- when

  @ParameterizedTest
  @CsvSource({"MNQ,2", "MNQ,-1", "MNQ,-2", "ES,1", "ES,-1", "CL,4", "CL,-3", "6J,0"})
  void theLimitItselfIsAllowed(String symbol, long size) {
    world("").position(symbol, size, "80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MNQ | 3  | reduce MNQ 3>2 002",
        "MNQ | -7 | reduce MNQ 7>2 002",
        "ES  | 2  | reduce ES 2>1 002",
        "ES  | -4 | reduce ES 4>1 002",
        "CL  | 5  | reduce CL 5>4 002", // listed in lower case
        "6J  | 1  | close 6J long 1 002", // a target of 0 is a close
        "6J  | -9 | close 6J short 9 002",
      })
  void moreIsReducedToIt(String symbol, long size, String line) {
    world("").position(symbol, size, "80").expect("violation 002 " + symbol, line);
  }

  @Test
  void monthsOfASymbolAreNetted() {
    World world = world("");
    world.position("MNQ", 4).expect("violation 002 MNQ", "reduce MNQ 4>2 002");
    world = world("");
    world.position("MNQ.H26", -2);
    world.position("MNQ", 4);
    world.position("MNQ", 5).expect("violation 002 MNQ", "reduce MNQ 5>4 002");
    world = world("");
    world.position("MNQ", 1);
    world.position("MNQ.H26", 2).expect("violation 002 MNQ", "reduce MNQ.H26 2>1 002");
  }

  @Test
  void oneSymbolDoesNotCountForAnother() {
    World world = world("");
    world.position("MNQ", 2);
    world.position("ES", -1, "6000");
    world.position("CL", 4, "70");
    world.position("ES", -3, "6000").expect("violation 002 ES", "reduce ES 3>1 002");
    world.position("CL", 5, "70").expect("violation 002 CL", "reduce CL 5>4 002");
  }

  @Test
  void eachAccountIsCountedByItself() {
    World world = world("");
    world.position("MNQ", 2);
    world.account(2).position("MNQ", -2);
    world.account(1).position("MNQ", 3).expect("violation 002 MNQ", "reduce MNQ 3>2 002");
  }

  @Test
  void ordersFillsAndPricesAreNotPositions() {
    World world = world("");
    world.order(5, "MNQ").buy(9).limit("19000").send();
    world.trade("MNQ", 9).send();
    world.quote("MNQ", "19000.25");
    world.canTrade(false);
  }

  @Test
  void whatItSays() {
    World world = world("");
    world.position("MNQ", -6).expect("violation 002 MNQ", "reduce MNQ 6>2 002");
    Decision.ViolationFound found = (Decision.ViolationFound) world.decisions().getFirst();
    assertThat(found.observed()).isEqualTo("MNQ contracts: 6");
    assertThat(found.limit()).isEqualTo("2");
    assertThat(found.cause().reason()).isEqualTo("MNQ contracts exceeded: 6 (limit: 2)");
    world.position("NQ", 1, "20000").expect("violation 002 NQ", "close NQ long 1 002");
    assertThat(world.decisions().getFirst().cause().reason())
        .isEqualTo("NQ is not listed: 1 held (limit: 0)");
  }

  @Test
  void theExampleOfItsPage() {
    World world = new World("max_contracts_per_instrument: {limits: {MNQ: 2, ES: 1}}");
    world.position("MNQ", 2);
    world.position("MNQ", 3).expect("violation 002 MNQ", "reduce MNQ 3>2 002");
    world.position("ES", -2, "6000").expect("violation 002 ES", "reduce ES 2>1 002");
    world.position("CL", 1, "70").expect("violation 002 CL", "close CL long 1 002");
    world = new World("max_contracts_per_instrument: {limits: {MNQ: 2, ES: 1}}");
    world.position("MNQ.H26", -2);
    world.position("MNQ", 4);
  }

  // ---- what is not listed

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                        | NQ  | 1  | close NQ long 1 002",
        "unknown_symbol_action: block              | NQ  | -2 | close NQ short 2 002",
        "unknown_symbol_action: allow              | NQ  | 50 | ",
        "'unknown_symbol_action: allow_with_limit:3' | NQ  | 3  | ",
        "'unknown_symbol_action: allow_with_limit:3' | RTY | -4 | reduce RTY 4>3 002",
        "'unknown_symbol_action: allow_with_limit:0' | RTY | 1  | close RTY long 1 002",
        // A contract of which nothing is known goes by its product.
        "unknown_symbol_action: block              | XYZ | 1  | close CON.F.US.XYZ.Z25 long 1 002",
        "'unknown_symbol_action: allow_with_limit:2' | XYZ | 2  | ",
      })
  void whatIsNotListed(String option, String symbol, long size, String line) {
    World world = world(option.isEmpty() ? "" : ", " + option.replace("'", ""));
    world.position(symbol, size, "90");
    if (line == null) {
      world.expect();
    } else {
      world.expect("violation 002 " + symbol, line);
    }
  }

  // ---- what is done

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enforcement: reduce_to_limit                | reduce MNQ 5>2 002",
        "enforcement: close_all                      | cancel 7 002, close MNQ long 5 002",
        "action: close_all                           | cancel 7 002, close MNQ long 5 002",
        "'enforcement: close_all, cancel_orders: false' | close MNQ long 5 002",
        "'enforcement: close_all, action: reduce'    | reduce MNQ 5>2 002",
        "action: close_position                      | close MNQ long 5 002",
        "action: none                                | alert 002 MNQ",
      })
  void theResponse(String option, String lines) {
    World world = world(", " + option.replace("'", ""));
    world.position("ES", 1, "6000");
    world.order(7, "MNQ").buy(1).limit("19000").send();
    world.order(8, "MNQ").sell(5).stop("18000").send();
    world.order(9, "ES").buy(1).limit("5900").send();
    world.position("MNQ", 5).expect(("violation 002 MNQ, " + lines).split(", "));
  }

  @Test
  void aLockoutThatIsAskedForLetsTheOtherSymbolsStay() {
    World world = world(", enforcement: close_all, lockout: 5m, admin_unlock: forbidden");
    world.position("ES", -1, "6000");
    world
        .position("MNQ", 3)
        .expect(
            "violation 002 MNQ cooldown until 2025-10-31T14:05:00Z",
            "lock 002 cooldown until 2025-10-31T14:05:00Z",
            "close MNQ long 3 002");
    world.unlock();
    assertThat(world.books().locks().accountLocked()).isTrue();
    world.position("MNQ", 0).expect("blocked 002");
    world.at("14:00:01").trade("ES", -1).send().expect("blocked 002");
    world.position("ES", -2, "6000").expect("blocked 002", "reduce ES 2>1 002 guard");
    world.position("ES", -1, "6000").expect("blocked 002");
    world.clock("14:05").expect("unlock 002 by expired");
  }

  @Test
  void severalSymbolsAtOnce() {
    World world = world("");
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 3, "20000")
        .position("ES", -2, "6000")
        .position("CL", 4, "70")
        .noOrders()
        .send()
        .expect("violation 002 ES", "violation 002 MNQ", "reduce ES 2>1 002", "reduce MNQ 3>2 002");
  }

  @Test
  void theNewestIncreaseOfTheNetsSideIsReducedFirst() {
    World world = new World("max_contracts_per_instrument: {limits: {MNQ: 9}}");
    world.at("14:01").position("MNQ", 4);
    world.at("14:02").position("MNQ.H26", 3);
    world.at("14:03").position("MNQ.M26", -1);
    world
        .at("14:04")
        .configure("max_contracts_per_instrument: {limits: {MNQ: 2}}")
        .expect("violation 002 MNQ", "reduce MNQ 4>3 002", "close MNQ.H26 long 3 002");
  }

  @Test
  void atATieTheContractDecides() {
    World world = new World("max_contracts_per_instrument: {limits: {MNQ: 9}}");
    world.position("MNQ", -4);
    world.position("MNQ.H26", -3);
    world
        .configure("max_contracts_per_instrument: {limits: {MNQ: 5}}")
        .expect("violation 002 MNQ", "reduce MNQ.H26 3>1 002");
  }

  // ---- episodes, restart, shadow

  @Test
  void eachSymbolHasItsOwnEpisode() {
    World world = world("");
    world.position("MNQ", 4).expect("violation 002 MNQ", "reduce MNQ 4>2 002");
    world.position("ES", 2, "6000").expect("violation 002 ES", "reduce ES 2>1 002");
    world.position("MNQ", 3);
    world.position("ES", 1, "6000");
    world.position("ES", 2, "6000").expect("violation 002 ES", "reduce ES 2>1 002");
    world.position("MNQ", 6).expect("violation 002 MNQ", "reduce MNQ 6>2 002");
    world.position("MNQ", -3).expect("violation 002 MNQ", "reduce MNQ 3>2 002");
  }

  @Test
  void aRestartKnowsTheEpisode() {
    World world = world("");
    world.position("MNQ", 4).expect("violation 002 MNQ", "reduce MNQ 4>2 002");
    world.restart();
    world.at("14:05").snapshot().listed(true).position("MNQ", 4, "20000").noOrders().send();
    world.position("MNQ", 5).expect("violation 002 MNQ", "reduce MNQ 5>2 002");
  }

  @Test
  void inTheShadowItOnlyTells() {
    World world = world(", mode: shadow");
    world.position("MNQ", 4).expect("violation 002 MNQ shadow");
    world.position("MNQ", 5);
    world.position("MNQ", 2);
    world.position("MNQ", 3).expect("violation 002 MNQ shadow");
  }

  // ---- locked

  @Test
  void aLockedAccountIsLeftToTheGuard() {
    World world = world("");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.position("ES", 2, "6000").expect("blocked MANUAL", "close ES long 2 MANUAL guard");
    world.position("ES", 0, "6000").expect("blocked MANUAL");
  }

  @Test
  void aLockoutOfTheSymbolGatesItForThatSymbolOnly() {
    World world =
        new World(
            """
            max_contracts_per_instrument: {limits: {MNQ: 2}, unknown_symbol_action: block}
            symbol_blocks: {blocked_symbols: [RTY]}
            """);
    world
        .position("RTY", 3, "2000")
        .expect(
            "violation 002 RTY",
            "violation 011 RTY symbol",
            "lock 011 RTY symbol open",
            "close RTY long 3 002");
    world.position("RTY", 0, "2000");
    world.position("RTY", -1, "2000").expect("close RTY short 1 011 guard");
    world.position("MNQ", 3).expect("violation 002 MNQ", "reduce MNQ 3>2 002");
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "two", "1000001"})
  void aLimitMustBeAWholeNumberFromZeroOn(String limit) {
    assertThat(RuleFile.problems("max_contracts_per_instrument: {limits: {ES: " + limit + "}}"))
        .singleElement()
        .asString()
        .startsWith("max_contracts_per_instrument.limits.ES: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{enforcement: close_all}                                | limits",
        "{limits: {ES: 1}, enforcement: flatten}                 | enforcement",
        "{limits: {ES: 1}, unknown_symbol_action: deny}          | unknown_symbol_action",
        "'{limits: {ES: 1}, unknown_symbol_action: allow_with_limit:-1}' | unknown_symbol_action",
        "'{limits: {ES: 1}, unknown_symbol_action: allow_with_limit:many}' | unknown_symbol_action",
        "{limits: {ES: 1, es: 2}}                                | limits.es",
        "{limits: {ES: 1}, limit: 3}                             | limit",
      })
  void whatIsWrongIsNamed(String section, String path) {
    String text = section.startsWith("'") ? section.substring(1, section.length() - 1) : section;
    assertThat(RuleFile.problems("max_contracts_per_instrument: " + text))
        .singleElement()
        .asString()
        .startsWith("max_contracts_per_instrument." + path + ": ");
  }
}
