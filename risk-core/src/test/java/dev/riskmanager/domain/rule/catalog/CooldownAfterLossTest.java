package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RULE-007: which loss starts a cooldown, how long it is, and what the order's next fills do. */
class CooldownAfterLossTest extends WorldTest {
  private static final String TIERS =
      """
      cooldown_after_loss:
        loss_thresholds:
          - {loss_amount: -100, cooldown_duration: 300}
          - {loss_amount: -200, cooldown_duration: 900}
      """;

  private static World world(String policy) {
    return new World(policy.isEmpty() ? TIERS : TIERS + "  " + policy + "\n");
  }

  private static String[] answer(long order, String until, String mark) {
    return new String[] {
      "violation 007 order %d cooldown until %s%s".formatted(order, until, mark),
      "lock 007 cooldown until %s%s".formatted(until, mark),
      "cancel all 007" + mark,
      "close all 007" + mark
    };
  }

  private static String[] flatten(long order, String until) {
    return answer(order, day(until), "");
  }

  private static String day(String time) {
    return "2025-10-31T" + time + "Z";
  }

  // ---- the tiers

  @ParameterizedTest
  @CsvSource({
    "-99.999999999,",
    "-100,14:05:00",
    "-100.01,14:05:00",
    "-199.99,14:05:00",
    "-200,14:15:00",
    "-5000,14:15:00",
    "0,",
    "100,",
    "200,"
  })
  void equalityReachesATierAndTheWorstTierReachedCounts(String pnl, String until) {
    World world = world("");
    world.trade("MNQ", -1).pnl(pnl).order(77).send();
    if (until != null) {
      world.expect(flatten(77, until));
      assertThat(world.lockout("007").baseline().isZero()).isTrue();
      assertThat(world.lockout("007").lockedAt()).isEqualTo(world.instant("14:00"));
    }
  }

  /** The tiers in any order of the file; the worst may cool down shorter. */
  @ParameterizedTest
  @CsvSource({"-120,14:01:00", "-250,14:00:30", "-350,14:02:00"})
  void theWorstTierIsThatOfTheLargestLoss(String pnl, String until) {
    World world =
        new World(
            RuleFile.rulesWithWarnings(
                """
                cooldown_after_loss:
                  loss_thresholds:
                    - {loss_amount: -300, cooldown_duration: 2m}
                    - {loss_amount: -100, cooldown_duration: 60}
                    - {loss_amount: -200, cooldown_duration: 30s}
                """),
            "14:00");
    world.trade("MNQ", -1).pnl(pnl).order(77).send().expect(flatten(77, until));
  }

  @Test
  void feesDoNotCount() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-99.99").fees("4.50").send();
    world.trade("MNQ", -1).pnl("-100").fees("4.50").order(77).send();
    world.expect(flatten(77, "14:05:00"));
    assertThat(world.lockout("007").reason()).isEqualTo("Losing trade: $-100.00 (limit: $-100.00)");
  }

  @ParameterizedTest
  @CsvSource({"MNQ,-2", "MNQ,2", "6J,-1"})
  void longAndShortOfEverySymbol(String symbol, long fill) {
    World world = world("");
    world.position(symbol, -fill, "20000");
    world.order(5, symbol).sell(1).limit("30000").send();
    world.at("14:00:10").trade(symbol, fill).pnl("-150").order(77).send();
    world.expect(flatten(77, "14:05:10"));
    world.position(symbol, 0).expect("blocked 007");
    world.clock("14:05:09.999");
    world.clock("14:05:10").expect("unlock 007 by expired");
  }

  // ---- one order, several fills

  @Test
  void theFillsOfOneOrderAreSummed() {
    World world = world("");
    // MNQ sold 15 points below the entry, 2 and 2: (-15) x 2 x 2 dollars = -60 each.
    world.position("MNQ", 6, "21000");
    world.trade("MNQ", -2).price("20985").pnl("-60").order(77).send();
    world.at("14:00:01").trade("MNQ", -2).price("20985").pnl("-60").order(77).send();
    world.expect(flatten(77, "14:05:01"));
    world.at("14:00:02").trade("MNQ", -2).price("20960").pnl("-160").order(77).send();
    world.expect(with("blocked 007", answer(77, day("14:15:02"), " guard")));
  }

  private static String[] with(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  @Test
  void ordersAreNotSummed() {
    World world = world("");
    for (int order = 71; order < 78; order++) {
      world.trade("MNQ", -1).pnl("-99").order(order).send();
    }
  }

  @Test
  void aGainOfTheSameOrderCountsAgainstItsLoss() {
    World world = world("");
    world.trade("MNQ", -1).pnl("60").order(77).send();
    world.trade("MNQ", -1).pnl("-150").order(77).send();
    world.trade("MNQ", -1).pnl("-10").order(77).send().expect(flatten(77, "14:05:00"));
  }

  @Test
  void aLaterFillThatReachesAWorseTierLengthensTheCooldown() {
    World world = world("");
    world.position("MNQ", 4, "21000");
    world.trade("MNQ", -2).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.at("14:00:01").trade("MNQ", -1).pnl("-79").order(77).send().expect("blocked 007");
    world.at("14:00:02").trade("MNQ", -1).pnl("-1").order(77).send();
    String until = day("14:15:02");
    world.expect(
        "blocked 007",
        "violation 007 order 77 cooldown until " + until + " guard",
        "lock 007 cooldown until " + until + " guard",
        "cancel all 007 guard",
        "close all 007 guard");
    world.at("14:00:03").trade("MNQ", -1).pnl("-500").order(77).send().expect("blocked 007");
    assertThat(world.books().locks().active().size()).isEqualTo(1);
  }

  @Test
  void anotherOrderUnderTheCooldownIsNotJudged() {
    World world = world("");
    world.trade("MNQ", -2).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.at("14:00:01").trade("MNQ", -2).pnl("-900").order(78).send().expect("blocked 007");
    world.clock("14:05").expect("unlock 007 by expired");
    // Its next fill comes when the account is free: the order as a whole is judged.
    world.at("14:05:01").trade("MNQ", -1).pnl("-1").order(78).send();
    world.expect(flatten(78, "14:20:01"));
  }

  @Test
  void anOrderThatWasAnsweredIsNotAnsweredAgainThoughAnotherCameBetween() {
    World world = world("lockout: none");
    String[] told = {"cancel all 007", "close all 007"};
    world
        .trade("MNQ", -1)
        .pnl("-120")
        .order(77)
        .send()
        .expect("violation 007 order 77", told[0], told[1]);
    world
        .trade("ES", -1)
        .pnl("-130")
        .order(78)
        .send()
        .expect("violation 007 order 78", told[0], told[1]);
    world.trade("MNQ", -1).pnl("-1").order(77).send();
    world.trade("ES", -1).pnl("-1").order(78).send();
    world
        .trade("MNQ", -1)
        .pnl("-79")
        .order(77)
        .send()
        .expect("violation 007 order 77", told[0], told[1]);
  }

  @Test
  void aWorseTierNeverShortens() {
    World world =
        new World(
            RuleFile.rulesWithWarnings(
                """
                cooldown_after_loss:
                  loss_thresholds:
                    - {loss_amount: -100, cooldown_duration: 300}
                    - {loss_amount: -200, cooldown_duration: 60}
                """),
            "14:00");
    world.trade("MNQ", -2).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world
        .at("14:00:01")
        .trade("MNQ", -2)
        .pnl("-120")
        .order(77)
        .send()
        .expect(
            "blocked 007",
            "violation 007 order 77 cooldown until " + day("14:01:01") + " guard",
            "cancel all 007 guard",
            "close all 007 guard");
    world.clock("14:04:59.999");
    world.clock("14:05").expect("unlock 007 by expired");
  }

  // ---- under other lockouts

  @Test
  void underAnotherLockoutNoLossIsJudged() {
    World world = world("");
    world.position("MNQ", 2, "21000");
    world.lockUntil("14:10").expect("lock MANUAL manual until " + day("14:10:00"));
    world.at("14:01").trade("MNQ", -1).pnl("-150").order(77).send().expect("blocked MANUAL");
    world.trade("MNQ", -1).pnl("-150").order(77).send().expect("blocked MANUAL");
    world.position("MNQ", 0).expect("blocked MANUAL");
    world.clock("14:10").expect("unlock MANUAL by expired");
  }

  @Test
  void theOrderThatWasAnsweredIsFollowedUnderTheLockoutOfAnotherRuleToo() {
    World world =
        new World(TIERS + "daily_realized_loss: {limit: -110, timezone: America/Chicago}\n");
    world
        .trade("MNQ", -1)
        .pnl("-120")
        .order(77)
        .send()
        .expect(
            "violation 003 hard until " + day("22:00:00"),
            "violation 007 order 77 cooldown until " + day("14:05:00"),
            "lock 003 hard until " + day("22:00:00"),
            "lock 007 cooldown until " + day("14:05:00"),
            "cancel all 003",
            "close all 003");
    world.trade("MNQ", -1).pnl("-80").order(77).send();
    world.expect(
        "blocked 003",
        "violation 007 order 77 cooldown until " + day("14:15:00") + " guard",
        "lock 007 cooldown until " + day("14:15:00") + " guard",
        "cancel all 007 guard",
        "close all 007 guard");
  }

  @Test
  void aLockoutOfASymbolDoesNotBlindIt() {
    World world = new World(TIERS + "symbol_blocks: {blocked_symbols: [RTY]}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.trade("RTY", -1).pnl("-100").order(77).send().expect(flatten(77, "14:05:00"));
  }

  @Test
  void anotherAccountIsNotLocked() {
    World world = world("");
    world.account(2).trade("MNQ", -1).pnl("-100").order(77).send();
    world.expect(flatten(77, "14:05:00"));
    world.account(1).trade("MNQ", 1).send();
    world.trade("MNQ", -1).pnl("-100").order(78).send().expect(flatten(78, "14:05:00"));
  }

  // ---- what is no loss

  @Test
  void whatIsNoNewTradeIsIgnored() {
    World world = world("lockout: none");
    world
        .trade("MNQ", -1)
        .id(11)
        .pnl("-100")
        .order(77)
        .send()
        .expect("violation 007 order 77", "cancel all 007", "close all 007");
    world.trade("MNQ", -1).id(11).pnl("-100").order(77).send();
    world.snapshot().trade(world.trade("MNQ", -1).id(11).pnl("-100").order(77)).send();
    world.flatSnapshot().send();
    world.trade("MNQ", 5).order(77).send();
    world.trade("MNQ", -1).id(12).pnl("-900").order(78).voided().send();
    world.position("MNQ", 5);
    world.quote("MNQ", "100");
    world.order(9, "MNQ").buy(1).limit("19000").send();
    world.canTrade(true);
    world
        .clock("23:00")
        .expect("@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01");
  }

  @Test
  void aVoidedFillLeavesTheSumOfItsOrderAndEndsNoLockout() {
    World world = world("");
    world.trade("MNQ", -1).id(11).pnl("-90").order(77).send();
    world.trade("MNQ", -1).id(11).pnl("-90").order(77).voided().send();
    world.trade("MNQ", -1).id(12).pnl("-90").order(77).send();
    world.trade("MNQ", -1).id(13).pnl("-10").order(77).send().expect(flatten(77, "14:05:00"));
    world.trade("MNQ", -1).id(13).pnl("-10").order(77).voided().send().expect("blocked 007");
    world.clock("14:04:59.999");
    world.clock("14:05").expect("unlock 007 by expired");
  }

  @Test
  void aCorrectedLossIsJudgedOnlyWithTheNextFillOfItsOrder() {
    World world = world("");
    world.trade("MNQ", -1).id(11).pnl("-50").order(77).send();
    world.trade("MNQ", -1).id(11).pnl("-99").order(77).send();
    world.trade("MNQ", -1).id(11).pnl("-150").order(77).send();
    world.trade("MNQ", -1).id(11).pnl("-98").order(77).send();
    world.trade("MNQ", -1).id(12).pnl("-1").order(77).send();
    world.trade("MNQ", -1).id(13).pnl("-1").order(77).send().expect(flatten(77, "14:05:00"));
  }

  // ---- found late, restarts, unlocks

  @ParameterizedTest
  @CsvSource({"14:04:59.999,true", "14:05:00,false", "15:00,false"})
  void aCooldownRunsFromTheTradesTimeAndIsOnlyRecordedWhenItWouldBeOver(
      String found, boolean locks) {
    World world = world("");
    world.at(found);
    world
        .snapshot()
        .listed(true)
        .flat()
        .trade(world.trade("MNQ", -1).pnl("-100").order(77).executed("14:00:00"))
        .send();
    if (locks) {
      world.expect(flatten(77, "14:05:00"));
    } else {
      world.expect("violation 007 order 77");
      assertThat(world.books().locks().active().isEmpty()).isTrue();
    }
  }

  @Test
  void ofTwoLossesFoundTogetherTheSecondFellIntoTheFirstsCooldown() {
    World world = world("");
    world.at("14:02");
    world
        .snapshot()
        .listed(true)
        .flat()
        .trade(world.trade("MNQ", -1).pnl("-400").order(78).executed("14:01:00"))
        .trade(world.trade("MNQ", -1).pnl("-100").order(77).executed("14:00:00"))
        .send()
        .expect(flatten(77, "14:05:00"));
  }

  @Test
  void fillsOfOneOrderFoundTogetherReachItsWorstTier() {
    World world = world("");
    world.at("14:02");
    world
        .snapshot()
        .listed(true)
        .flat()
        .trade(world.trade("MNQ", -1).pnl("-100").order(77).executed("14:01:01"))
        .trade(world.trade("MNQ", -1).pnl("-100").order(77).executed("14:01:00"))
        .send()
        .expect(
            "violation 007 order 77 cooldown until " + day("14:06:00"),
            "violation 007 order 77 cooldown until " + day("14:16:01"),
            "lock 007 cooldown until " + day("14:16:01"),
            "cancel all 007",
            "close all 007");
  }

  @Test
  void aRestartKeepsTheCooldownAndWhatWasAnswered() {
    World world = world("");
    world.trade("MNQ", -2).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.restart().at("14:01").snapshot().listed(true).position("MNQ", 1, "21000").send();
    world.expect("close MNQ long 1 007 guard");
    world.at("14:01:01").trade("MNQ", -1).pnl("-79").order(77).send().expect("blocked 007");
    world.restart().at("14:02").flatSnapshot().send();
    world.at("14:02:01").trade("MNQ", -1).pnl("-1").order(77).send();
    world.expect(
        "blocked 007",
        "violation 007 order 77 cooldown until " + day("14:17:01") + " guard",
        "lock 007 cooldown until " + day("14:17:01") + " guard",
        "cancel all 007 guard",
        "close all 007 guard");
    world.restart().clock("14:17:00.999");
    world.clock("14:17:01").expect("unlock 007 by expired");
  }

  @Test
  void anUnlockAcknowledgesTheLoss() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-150").order(77).send().expect(flatten(77, "14:05:00"));
    world.at("14:01").unlock().expect("unlock 007 by admin:root");
    world.trade("MNQ", -1).pnl("-149.99").order(78).send();
    world.trade("MNQ", -1).pnl("-150").order(79).send();
    world.trade("MNQ", -1).pnl("-150.01").order(80).send().expect(flatten(80, "14:06:00"));
  }

  /** The tiers are gone, the cooldown that one of them began is not. */
  @Test
  void aCooldownIsUnlockedAlsoAfterItsTiersWereTakenOut() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-150").order(77).send().expect(flatten(77, "14:05:00"));
    RuleSet none = RuleFile.rulesWithWarnings("cooldown_after_loss:\n  loss_thresholds: []\n");
    world.configure(
        new RuleBook(Table.<AccountId, RuleSet>empty().with(World.ME, none), Optional.of(none)));
    world.at("14:01").unlock().expect("unlock 007 by admin:root");
    world.trade("MNQ", -1).pnl("-5000").order(78).send();
  }

  @Test
  void afterAnUnlockTheSameOrderLocksAgainWhenItGetsWorse() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.at("14:01").unlock().expect("unlock 007 by admin:root");

    world.trade("MNQ", -1).pnl("0").order(77).send();
    world.at("14:02").trade("MNQ", -1).pnl("-0.01").order(77).send();
    world.expect(flatten(77, "14:07:00"));

    world.at("14:03").unlock().expect("unlock 007 by admin:root");
    world.trade("MNQ", -1).pnl("0").order(77).send();
    world.at("14:04").trade("MNQ", -1).pnl("-100").order(77).send();
    world.expect(flatten(77, "14:19:00"));
  }

  @Test
  void whatTheOrderLostUnderTheLockoutIsAcknowledgedToo() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.trade("MNQ", -1).pnl("-20").order(77).send().expect("blocked 007");
    world.at("14:01").unlock().expect("unlock 007 by admin:root");

    world.trade("MNQ", -1).pnl("10").order(77).send();
    world.trade("MNQ", -1).pnl("-10").order(77).send();
    world.trade("MNQ", -1).pnl("-0.01").order(77).send().expect(flatten(77, "14:06:00"));
  }

  @Test
  void whatTheOrderWonUnderTheLockoutMakesItsBreachNoSmaller() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.trade("MNQ", -1).pnl("50").order(77).send().expect("blocked 007");
    world.at("14:01").unlock().expect("unlock 007 by admin:root");

    world.trade("MNQ", -1).pnl("-50").order(77).send();
    world.trade("MNQ", -1).pnl("-0.01").order(77).send().expect(flatten(77, "14:06:00"));
  }

  @Test
  void aCooldownThatEndedByItselfIsNotBegunAgainByTheSameTier() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-120").order(77).send().expect(flatten(77, "14:05:00"));
    world.at("14:01").unlock().expect("unlock 007 by admin:root");
    world.trade("MNQ", -1).pnl("-130").order(78).send().expect(flatten(78, "14:06:00"));
    world.clock("14:06").expect("unlock 007 by expired");

    world.trade("MNQ", -1).pnl("-110").order(79).send();
    world.trade("MNQ", -1).pnl("-20").order(78).send();
  }

  @Test
  void anAcknowledgementEndsWithTheDay() {
    World world = world("");
    world.trade("MNQ", -1).pnl("-150").order(77).send().expect(flatten(77, "14:05:00"));
    world.at("14:01").unlock().expect("unlock 007 by admin:root");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.at("22:01").trade("MNQ", -1).pnl("-100").order(78).send();
    world.expect(flatten(78, "22:06:00"));
  }

  // ---- overrides

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "action: none|cooldown until 2025-10-31T14:05:00Z|",
        "action: none, cancel_orders: true|cooldown until 2025-10-31T14:05:00Z|cancel all 007",
        "action: close_position|cooldown until 2025-10-31T14:05:00Z|close MNQ long 2 007",
        "cancel_orders: false|cooldown until 2025-10-31T14:05:00Z|close all 007",
        "lockout: until_reset|hard until 2025-10-31T22:00:00Z|cancel all 007,close all 007",
        "lockout: 90s|cooldown until 2025-10-31T14:01:30Z|cancel all 007,close all 007"
      })
  void theResponseCanBeOverridden(String policy, String lock, String plan) {
    World world = world(String.join("\n  ", policy.split(", ")));
    world.position("MNQ", 2, "21000");
    world.trade("ES", -1).pnl("-100").order(77).send();
    String lines = "violation 007 order 77 " + lock + ",lock 007 " + lock;
    world.expect((plan == null ? lines : lines + "," + plan).split(","));
  }

  @Test
  void withoutActionAndLockoutItAlerts() {
    World world = world("action: none\n  lockout: none");
    world
        .trade("ES", -1)
        .pnl("-100")
        .order(77)
        .send()
        .expect("violation 007 order 77", "alert 007");
  }

  @Test
  void withoutClosingWhatIsHeldMayStayAndWorseTiersLengthen() {
    World world = world("action: none");
    world.position("MNQ", 4, "21000");
    world.at("14:00:01").trade("MNQ", -1).pnl("-100").order(77).send();
    world.expect(
        "violation 007 order 77 cooldown until " + day("14:05:01"),
        "lock 007 cooldown until " + day("14:05:01"));
    assertThat(world.lockout("007").baseline().of(World.id("MNQ"))).isEqualTo(3);
    world.position("MNQ", 3, "21000").expect("blocked 007");
    world.at("14:00:02").trade("MNQ", -1).pnl("-100").order(77).send();
    world.expect(
        "blocked 007",
        "violation 007 order 77 cooldown until " + day("14:15:02") + " guard",
        "lock 007 cooldown until " + day("14:15:02") + " guard");
    assertThat(world.lockout("007").baseline().of(World.id("MNQ"))).isEqualTo(2);
    world.position("MNQ", 2, "21000").expect("blocked 007");
    world.trade("MNQ", 1).send().expect("blocked 007");
    world.position("MNQ", 3, "21000").expect("blocked 007", "reduce MNQ 3>2 007 guard");
  }

  @Test
  void theRestOfTheOrderIsCancelledWhereNothingElseIs() {
    World world = world("action: none");
    world.position("MNQ", 4, "21000");
    world.order(77, "MNQ").sell(4).limit("20950").filled(1).send();
    world.at("14:00:01").trade("MNQ", -1).pnl("-100").order(77).send();
    world.expect(
        "violation 007 order 77 cooldown until " + day("14:05:01"),
        "lock 007 cooldown until " + day("14:05:01"),
        "cancel 77 007 guard");
  }

  @Test
  void aShadowOnlyTellsEachOrderAndWorseTierOnce() {
    World world = world("mode: shadow");
    world.trade("MNQ", -1).pnl("-120").order(77).send().expect("violation 007 order 77 shadow");
    world.trade("MNQ", -1).pnl("-10").order(77).send();
    world.trade("MNQ", -1).pnl("-70").order(77).send().expect("violation 007 order 77 shadow");
    world.trade("MNQ", -1).pnl("-100").order(78).send().expect("violation 007 order 78 shadow");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  // ---- what it remembers, where it stands, and its file

  @Test
  void whatIsRememberedOfAnOrderGoesWithItsFills() {
    World world = world("lockout: none");
    world
        .trade("MNQ", -1)
        .pnl("-120")
        .order(77)
        .send()
        .expect("violation 007 order 77", "cancel all 007", "close all 007");
    world
        .on("2025-11-03")
        .clock("15:00")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03");
    world
        .trade("MNQ", -1)
        .pnl("-120")
        .order(78)
        .send()
        .expect("violation 007 order 78", "cancel all 007", "close all 007");
    assertThat(world.books().memory().find("RULE-007/tier/77")).isNull();
    assertThat(world.books().memory().find("RULE-007/tier/78")).isEqualTo(Money.of("-100").units());
  }

  @Test
  void anOrderIsFollowedThroughAChangeOfTheTiers() {
    World world = world("lockout: none");
    world
        .trade("MNQ", -1)
        .pnl("-120")
        .order(77)
        .send()
        .expect("violation 007 order 77", "cancel all 007", "close all 007");
    // The tier of -100 was the first, and is the second now.
    world.configure(
        """
        cooldown_after_loss:
          lockout: none
          loss_thresholds:
            - {loss_amount: -50, cooldown_duration: 60}
            - {loss_amount: -100, cooldown_duration: 300}
            - {loss_amount: -150, cooldown_duration: 400}
        """);
    world.trade("MNQ", -1).pnl("-10").order(77).send();
    world
        .trade("MNQ", -1)
        .pnl("-20")
        .order(77)
        .send()
        .expect("violation 007 order 77", "cancel all 007", "close all 007");
  }

  @Test
  void theLastLossIsShownAgainstTheFirstTier() {
    World world = world("lockout: none");
    assertThat(world.reading("007")).isEqualTo(Reading.of("0.00", "-100.00", 0));
    world
        .trade("MNQ", -1)
        .pnl("-150")
        .order(77)
        .send()
        .expect("violation 007 order 77", "cancel all 007", "close all 007");
    assertThat(world.reading("007")).isEqualTo(Reading.of("-150.00", "-100.00", 1500));
  }

  @Test
  void whatIsWrongInTheFileIsSaid() {
    assertThat(RuleFile.problems("cooldown_after_loss: {}"))
        .containsExactly("cooldown_after_loss.loss_thresholds: is missing; add it");
    assertThat(RuleFile.problems("cooldown_after_loss: {loss_thresholds: []}"))
        .containsExactly(
            "warning cooldown_after_loss.loss_thresholds: is empty: the rule can never fire");
    assertThat(
            RuleFile.problems(
                "cooldown_after_loss: {loss_thresholds: [{loss_amount: 100, cooldown_duration:"
                    + " 0}]}"))
        .hasSize(2);
    assertThat(RuleFile.problems(TIERS + "    - {loss_amount: -200.00, cooldown_duration: 1000}\n"))
        .containsExactly(
            "cooldown_after_loss.loss_thresholds[2].loss_amount: is there twice: -200.00");
    assertThat(RuleFile.problems(TIERS + "    - {loss_amount: -300, cooldown_duration: 60}\n"))
        .containsExactly(
            "warning cooldown_after_loss.loss_thresholds: a loss of -300.00 cools down shorter"
                + " than a smaller one");
  }
}
