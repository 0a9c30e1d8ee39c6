package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULE-001: no more contracts than the limit, over the whole account. */
class MaxContractsTest extends WorldTest {
  private static final String[] FLATTEN = {"violation 001", "cancel all 001", "close all 001"};
  private static final String REDUCE = "max_contracts: {limit: %s, reduce_to_limit: true%s}";

  private static World holding(World world, String positions) {
    for (String one : positions.split(" ")) {
      String[] parts = one.split("=");
      world.position(parts[0], Long.parseLong(parts[1]), "100");
    }
    return world;
  }

  // ---- when

  /** Positions arrive one after another; only the last can breach. */
  @ParameterizedTest
  @CsvSource({
    "net,   5, MNQ=4",
    "net,   5, MNQ=5",
    "net,   4, ES=-4",
    "net,   2, MNQ=1 ES=-1",
    "net,   6, MNQ.H26=-2 MNQ=5 ES=3", // |5 - 2| + 3
    "net,   0, CL=0",
    "gross, 5, MNQ=-3 ES=2",
    "gross, 7, MNQ.H26=-2 MNQ=5",
    "gross, 1, 6J=-1"
  })
  void theLimitItselfIsAllowed(String count, long limit, String positions) {
    World world = new World("max_contracts: {limit: " + limit + ", count_type: " + count + "}");
    holding(world, positions);
  }

  @ParameterizedTest
  @CsvSource({
    "net,   5, MNQ=6",
    "net,   4, ES=-5",
    "net,   1, MNQ=1 ES=-1", // symbols never offset each other
    "net,   5, MNQ.H26=-2 MNQ=5 ES=3",
    "net,   2, MNQ.H26=-1 MNQ=-2", // months of a symbol add up
    "net,   0, CL=1",
    "gross, 4, MNQ=-3 ES=2",
    "gross, 6, MNQ.H26=-2 MNQ=5",
    "gross, 0, 6J=-1"
  })
  void oneMoreIsNot(String count, long limit, String positions) {
    World world = new World("max_contracts: {limit: " + limit + ", count_type: " + count + "}");
    holding(world, positions).expect(FLATTEN);
  }

  @Test
  void netIsTheDefault() {
    World world = new World("max_contracts: {limit: 3}");
    holding(world, "MNQ=2 MNQ.H26=-4 MNQ.M26=5").expect();
  }

  @Test
  void eachAccountIsCountedByItself() {
    World world = new World("max_contracts: {limit: 3}");
    world.position("MNQ", 3);
    world.account(2).position("MNQ", 2);
    world.position("ES", -2, "6000").expect(FLATTEN);
    world.account(1).position("MNQ", 2);
  }

  @Test
  void whatItSays() {
    World world = new World("max_contracts: {limit: 3}");
    world.position("MNQ", -7).expect(FLATTEN);
    Decision.ViolationFound found = (Decision.ViolationFound) world.decisions().getFirst();
    assertThat(found.observed()).isEqualTo("Contracts: 7");
    assertThat(found.limit()).isEqualTo("3");
    assertThat(found.cause().reason()).isEqualTo("Max contracts exceeded: 7 (limit: 3)");
    assertThat(found.symbol()).isEmpty();
  }

  @Test
  void ordersFillsAndPricesAreNotPositions() {
    World world = new World("max_contracts: {limit: 2}");
    world.order(5, "MNQ").buy(9).limit("19000").send();
    world.trade("MNQ", 9).send();
    world.quote("MNQ", "19000.25");
    world.canTrade(true);
  }

  @Test
  void itIsFoundAtTheStartAndByAReconciliation() {
    World world = new World("max_contracts: {limit: 2}");
    world.snapshot().listed(true).position("ES", 3, "6000").noOrders().send().expect(FLATTEN);
    world = new World("max_contracts: {limit: 4}");
    world.position("MNQ", 4);
    world.snapshot().listed(true).position("MNQ", -5, "20000").noOrders().send().expect(FLATTEN);
  }

  @Test
  void theExampleOfItsPage() {
    World world = new World(REDUCE.formatted(5, ""));
    holding(world, "MNQ=4 MNQ.H26=-1 ES=2").expect();
    world.at("14:01").position("ES", 3, "6000").expect("violation 001", "reduce ES 3>2 001");
    world = new World("max_contracts: {limit: 6, count_type: gross}");
    holding(world, "MNQ=4 MNQ.H26=-1 ES=2").expect(FLATTEN);
    assertThat(((Decision.ViolationFound) world.decisions().getFirst()).observed())
        .isEqualTo("Contracts: 7");
  }

  // ---- what is done

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "close_all: true                          | cancel all 001, close all 001",
        "close_all: true, cancel_orders: false    | close all 001",
        "reduce_to_limit: true                    | reduce MNQ 5>3 001",
        "close_all: false, reduce_to_limit: true  | reduce MNQ 5>3 001",
        "close_all: false                         | alert 001",
        "close_all: false, reduce_to_limit: false | alert 001",
        "action: reduce                           | reduce MNQ 5>3 001",
        "action: close_position                   | close MNQ long 5 001",
        "action: close_all, reduce_to_limit: true | cancel all 001, close all 001",
        "action: none                             | alert 001",
        "action: none, cancel_orders: true        | cancel all 001",
        "reduce_to_limit: true, cancel_orders: true | cancel all 001, reduce MNQ 5>3 001",
      })
  void theResponse(String options, String lines) {
    World world = new World("max_contracts: {limit: 3, " + options + "}");
    world.position("MNQ", 5).expect(("violation 001, " + lines).split(", "));
  }

  /** Who sets the one where the other is written already must not believe that it reduces. */
  @Test
  void ofBothCloseAllWinsAndThatIsSaid() {
    String yaml = "max_contracts: {limit: 3, close_all: true, reduce_to_limit: true}";
    assertThat(RuleFile.problems(yaml))
        .containsExactly(
            "warning max_contracts.reduce_to_limit: has no effect beside close_all: true; to"
                + " reduce, write close_all: false");
    World world = new World(RuleFile.rulesWithWarnings(yaml), "14:00");
    world.position("MNQ", 5).expect(FLATTEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "until_reset | hard until 2025-10-31T22:00:00Z",
        "90s         | cooldown until 2025-10-31T14:01:30Z",
        "25m         | cooldown until 2025-10-31T14:25:00Z",
      })
  void aLockoutThatIsAskedFor(String lockout, String text) {
    World world = new World("max_contracts: {limit: 3, lockout: " + lockout + "}");
    world
        .position("MNQ", 4)
        .expect("violation 001 " + text, "lock 001 " + text, "cancel all 001", "close all 001");
  }

  @Test
  void withALockoutAndAReductionTheRestMayStay() {
    World world = new World(REDUCE.formatted(2, ", lockout: 10m"));
    world
        .position("MNQ", 5)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z",
            "reduce MNQ 5>2 001");
    world.at("14:00:01").position("MNQ", 2).expect("blocked 001");
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 3).expect("blocked 001", "reduce MNQ 3>2 001 guard");
  }

  // ---- what is reduced

  /** Position events at 14:00, 14:01, ...; the limit is 3 unless told otherwise. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MNQ=3 ES=1                | reduce | close ES long 1 001",
        "ES=-1 MNQ=-3              | reduce | reduce MNQ 3>2 001",
        "MNQ=2 ES=1 CL=-4          | reduce | close CL short 4 001", // 7: CL alone makes up for 4
        "RTY=1 ES=2 CL=-3          | reduce | close CL short 3 001",
        "RTY=1 CL=2 MNQ=5          | reduce | close MNQ long 5 001",
        "MNQ.H26=-2 MNQ=6          | reduce | reduce MNQ 6>5 001", // net 4
        "MNQ=6 MNQ.H26=-2          | reduce | reduce MNQ 6>5 001", // newest, but not the net's side
        "MNQ=3 MNQ.H26=2           | reduce | close MNQ.H26 long 2 001",
      })
  void theNewestIncreaseIsReducedFirst(String positions, String action, String lines) {
    World world = new World("max_contracts: {limit: 3, close_all: false, action: none}");
    int minute = 0;
    for (String one : positions.split(" ")) {
      world.at("14:0" + minute++);
      String[] parts = one.split("=");
      world.position(parts[0], Long.parseLong(parts[1]), "100");
      world.takePrinted();
    }
    world.at("14:09").configure("max_contracts: {limit: 3, action: " + action + "}");
    world.expect(("violation 001, " + lines).split(", "));
  }

  @Test
  void severalContractsAreReducedInTurn() {
    World world = new World("max_contracts: {limit: 9}");
    world.at("14:01").position("ES", 4, "6000");
    world.at("14:02").position("CL", -2, "70");
    world.at("14:03").position("MNQ", 3);
    world
        .at("14:09")
        .configure(REDUCE.formatted(3, ""))
        .expect(
            "violation 001", "reduce ES 4>3 001", "close CL short 2 001", "close MNQ long 3 001");
  }

  @Test
  void aTieGoesByTheContract() {
    World world = new World("max_contracts: {limit: 9}");
    world.position("MNQ", 2);
    world.position("ES", 2, "6000");
    world.configure(REDUCE.formatted(3, "")).expect("violation 001", "reduce ES 2>1 001");
  }

  @Test
  void theLastIncreasingFillCountsNotTheOpening() {
    World world = new World(REDUCE.formatted(4, ""));
    world.at("14:01").position("MNQ", 1);
    world.at("14:02").position("ES", 2, "6000");
    world.at("14:03").trade("MNQ", 2).send();
    world.at("14:03:01").position("MNQ", 3).expect("violation 001", "reduce MNQ 3>2 001");
  }

  @Test
  void aFillThatDecreasesIsNone() {
    World world = new World("max_contracts: {limit: 9}");
    world.at("14:01").position("MNQ", 5);
    world.at("14:02").position("ES", 2, "6000");
    world.at("14:03").trade("MNQ", -2).pnl("4").send();
    world.position("MNQ", 3);
    world.configure(REDUCE.formatted(4, "")).expect("violation 001", "reduce ES 2>1 001");
  }

  @Test
  void aPositionThatGrowsBeforeItsFillIsTheNewest() {
    World world = new World(REDUCE.formatted(4, ""));
    world.at("14:01").position("MNQ", 2);
    world.at("14:02").position("ES", 2, "6000");
    world.at("14:03").position("MNQ", 3).expect("violation 001", "reduce MNQ 3>2 001");
  }

  @Test
  void aFillThatAReconciliationFoundIsTheNewest() {
    World world = new World(REDUCE.formatted(4, ""));
    world.at("14:01").position("MNQ", 2);
    world.at("14:02").position("ES", 2, "6000");
    world
        .at("14:09")
        .snapshot()
        .listed(true)
        .position("MNQ", 3, "20000")
        .position("ES", 2, "6000")
        .noOrders()
        .trade(world.trade("MNQ", 1).executed("14:04"))
        .send()
        .expect("violation 001", "reduce MNQ 3>2 001");
  }

  @Test
  void grossIsReducedOnBothSidesWhenOneIsNotEnough() {
    World world = new World("max_contracts: {limit: 9}");
    world.at("14:01").position("MNQ", 3);
    world.at("14:02").position("MNQ.H26", -2);
    world
        .at("14:03")
        .configure(REDUCE.formatted(1, ", count_type: gross"))
        .expect("violation 001", "reduce MNQ.H26 2>1 001", "close MNQ long 3 001");
  }

  // ---- episodes, restart, shadow

  @Test
  void anotherBreachIsAnsweredOnceTheFirstIsOver() {
    World world = new World("max_contracts: {limit: 2}");
    world.position("MNQ", 4).expect(FLATTEN);
    world.position("MNQ", 3);
    world.position("MNQ", 0);
    world.position("MNQ", 3).expect(FLATTEN);
    world.position("MNQ", -3).expect(FLATTEN);
    world.position("ES", -1, "6000").expect(FLATTEN);
  }

  @Test
  void aRestartKnowsTheEpisode() {
    World world = new World(REDUCE.formatted(2, ""));
    world.position("MNQ", 4).expect("violation 001", "reduce MNQ 4>2 001");
    world.restart();
    world.at("14:05").snapshot().listed(true).position("MNQ", 4, "20000").noOrders().send();
    world.position("MNQ", 2);
    world.position("MNQ", 3).expect("violation 001", "reduce MNQ 3>2 001");
  }

  @Test
  void aBreachThatARestartFindsIsAnswered() {
    World world = new World("max_contracts: {limit: 2}");
    world.position("MNQ", 2);
    world.restart();
    world
        .at("14:05")
        .snapshot()
        .listed(true)
        .position("MNQ", 2, "20000")
        .position("CL", -1, "70")
        .noOrders()
        .send()
        .expect(FLATTEN);
  }

  @Test
  void inTheShadowItOnlyTells() {
    World world = new World(REDUCE.formatted(2, ", mode: shadow, lockout: until_reset"));
    world.position("MNQ", 3).expect("violation 001 shadow");
    world.position("MNQ", -8);
    world.position("MNQ", 1);
    world.position("CL", 2, "70").expect("violation 001 shadow");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  // ---- locked

  @Test
  void aLockedAccountIsLeftToTheGuard() {
    World world = new World("max_contracts: {limit: 2}");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.position("MNQ", 3).expect("blocked MANUAL", "close MNQ long 3 MANUAL guard");
    world.position("MNQ", 0).expect("blocked MANUAL");
  }

  @Test
  void whatALockoutLetStayIsJudgedWhenItEnds() {
    World world = new World("max_contracts: {limit: 2, mode: shadow}");
    world.position("MNQ", 3).expect("violation 001 shadow");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.configure("max_contracts: {limit: 2}");
    world
        .clock("15:00")
        .expect("unlock MANUAL by expired", "violation 001", "cancel all 001", "close all 001");
  }

  @Test
  void aSymbolLockoutDoesNotGateIt() {
    World world = new World("{symbol_blocks: {blocked_symbols: [RTY]}, max_contracts: {limit: 2}}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.position("MNQ", 2).expect(FLATTEN);
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2.5", "many", "1000001", "''"})
  void theLimitMustBeAWholeNumberFromZeroOn(String limit) {
    assertThat(RuleFile.problems("max_contracts: {limit: " + limit + "}"))
        .singleElement()
        .asString()
        .startsWith("max_contracts.limit: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{count_type: net}            | max_contracts.limit",
        "{limit: 5, count_type: both} | max_contracts.count_type",
        "{limit: 5, close_all: maybe} | max_contracts.close_all",
        "{limit: 5, reduce: true}     | max_contracts.reduce",
        "{limit: 5, action: flatten}  | max_contracts.action",
        "{limit: 5, lockout: 0s}      | max_contracts.lockout",
        "{limit: 5, mode: dry}        | max_contracts.mode",
      })
  void whatIsWrongIsNamed(String section, String path) {
    assertThat(RuleFile.problems("max_contracts: " + section))
        .singleElement()
        .asString()
        .startsWith(path + ": ");
  }

  @Test
  void aDisabledRuleIsCheckedAndDoesNothing() {
    assertThat(RuleFile.problems("max_contracts: {enabled: false, limit: -3}")).hasSize(1);
    RuleSet rules = RuleFile.rules("max_contracts: {enabled: false, limit: 3}");
    assertThat(rules.rules().isEmpty()).isTrue();
    assertThat(List.of(rules.general())).isNotEmpty();
  }
}
