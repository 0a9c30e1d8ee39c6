package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULE-006: which trade is the one too many, and what its cooldown is. */
class TradeFrequencyLimitTest extends WorldTest {
  private static final String MINUTE = "trade_frequency_limit: {limits: {per_minute: 3}%s}\n";

  private static World minute(String more) {
    return new World(MINUTE.formatted(more));
  }

  /** A fill of an order of its own at that time. */
  private static World fill(World world, String time) {
    return world.at(time).trade("MNQ", 1).send();
  }

  private static String[] cooldown(long order, String until) {
    return new String[] {
      "violation 006 order " + order + " cooldown until " + until,
      "lock 006 cooldown until " + until
    };
  }

  private static String day(String time) {
    return "2025-10-31T" + time + "Z";
  }

  // ---- the windows and their edges

  /** Three trades; the third is the one too many only while the first is less than a span old. */
  @ParameterizedTest
  @CsvSource({
    "per_minute,14:00:59.999,14:01:59.999,true",
    "per_minute,14:00:59.9999999,14:01:59.999999900,true",
    "per_minute,14:01:00,,false",
    "per_hour,14:59:59.999,15:29:59.999,true",
    "per_hour,15:00:00,,false",
    "per_session,21:59:59.999,22:59:59.999,true"
  })
  void theSpanReachesBackToButNotIncludingItsBeginning(
      String window, String third, String until, boolean breach) {
    World world = new World("trade_frequency_limit: {limits: {" + window + ": 3}}");
    fill(world, "14:00");
    fill(world, "14:00:30");
    world.at(third).trade("ES", -1).order(77).send();
    if (breach) {
      world.expect(cooldown(77, day(until)));
      assertThat(world.lockout("006").reason()).contains("3/3 trades");
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "7,7"})
  void theTradeThatReachesTheLimitIsTheOneTooMany(int limit, int trades) {
    World world = new World("trade_frequency_limit: {limits: {per_minute: %d}}".formatted(limit));
    for (int i = 1; i < trades; i++) {
      fill(world, "14:00:0" + i);
    }
    world.at("14:00:09").trade("MNQ", -1).order(77).send();
    world.expect(cooldown(77, day("14:01:09")));
  }

  @Test
  void tradesOfTheSameInstantAreEachCounted() {
    World world = minute("");
    fill(world, "14:00");
    fill(world, "14:00");
    world.trade("MNQ", 1).order(77).send().expect(cooldown(77, day("14:01:00")));
  }

  @Test
  void aSessionLastsFromResetToReset() {
    World world =
        new World("trade_frequency_limit: {limits: {per_session: 3}}", "2025-10-31T21:00:00Z");
    fill(world, "21:59:58");
    fill(world, "21:59:59.999");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    fill(world, "22:00:00");
    fill(world, "22:00:01");
    world.at("22:00:02").trade("MNQ", 1).order(77).send();
    world.expect(cooldown(77, day("23:00:02")));
  }

  @Test
  void aTradeOfTheDayBeforeThatArrivesAfterTheResetCountsInItsOwnDay() {
    World world =
        new World("trade_frequency_limit: {limits: {per_session: 3}}", "2025-10-31T21:00:00Z");
    fill(world, "21:59:58");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    fill(world, "22:00:01");
    world.at("22:00:02").trade("MNQ", 1).executed("21:59:59.999").send();
    fill(world, "22:00:03");
    world.at("22:00:04").trade("MNQ", 1).order(77).executed("21:59:59").send();
    world.expect(cooldown(77, day("22:59:59.999")));
  }

  // ---- several windows

  private static final String ALL =
      """
      trade_frequency_limit:
        limits: {per_minute: 2, per_hour: 3, per_session: 4}
        cooldown_on_breach: {per_minute_breach: %s, per_hour_breach: %s, per_session_breach: %s}
      """;

  @ParameterizedTest
  @CsvSource({
    "60,1800,3600,14:00:20",
    "60,3600,1800,14:00:20",
    "90,70,80,14:00:20",
  })
  void ofSeveralWindowsTheLongestCooldownWins(int minute, int hour, int session, String last) {
    World world = new World(ALL.formatted(minute, hour, session));
    fill(world, "13:10");
    world.at("13:30");
    fill(world, "14:00");
    // In the hour and the session there are three now, in the minute two.
    world.at(last).trade("MNQ", 1).order(77).send();
    String until = world.instant(last).plusSeconds(Math.max(minute, hour)).toString();
    world.expect(cooldown(77, until));
    assertThat(world.books().locks().active().size()).isEqualTo(1);
  }

  @Test
  void eachWindowHasItsOwnDefaultCooldown() {
    World world =
        new World("trade_frequency_limit: {limits: {per_minute: 2, per_hour: 3, per_session: 4}}");
    fill(world, "14:00");
    fill(world, "14:00:10").expect(cooldownOfLast(world, day("14:01:10")));
    world.clock("14:01:10").expect("unlock 006 by expired");
    fill(world, "14:02").expect(cooldownOfLast(world, day("14:32:00")));
    world.clock("14:32").expect("unlock 006 by expired");
    fill(world, "15:10").expect(cooldownOfLast(world, day("16:10:00")));
  }

  private static String[] cooldownOfLast(World world, String until) {
    long last = 0;
    for (LongMap.Entry<Trade> trade : world.books().trades().trades()) {
      last = Math.max(last, trade.value().orderId());
    }
    return cooldown(last, until);
  }

  // ---- what a trade is

  /** Fills as order/signed size/P&L or none; the last is the one too many or none is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Partial fills of an order count it once; opening and closing count alike.
        "orders|1:+:,1:+:,1:+:,2:+:|false",
        "orders|1:+:,2:-:5,3:+:|true",
        "orders|1:+:,2:-:5,2:-:5|false",
        "fills|1:+:,1:+:,1:+:|true",
        "fills|1:+:,2:-:5|false",
        "round_turns|1:-:5,2:-:5,3:-:0|true",
        "round_turns|1:+:,2:+:,3:+:,4:-:-1,5:-:1|false",
        // A reversal: its opening half has no P&L and its order counts at the half that closes.
        "round_turns|1:-:5,2:-:5,3:+:,3:+:7|true",
        "round_turns|1:-:5,2:-:5,2:-:5,2:+:|false"
      })
  void whatCounts(String count, String fills, boolean breach) {
    World world = minute(", count: " + count);
    String[] rows = fills.split(",");
    String order = "";
    for (int i = 0; i < rows.length; i++) {
      String[] parts = rows[i].split(":", -1);
      order = parts[0];
      var fill = world.at("14:00:0" + i).trade("MNQ", parts[1].equals("+") ? 1 : -1);
      if (!parts[2].isEmpty()) {
        fill.pnl(parts[2]);
      }
      fill.order(Long.parseLong(order)).send();
    }
    if (breach) {
      world.expect(cooldown(Long.parseLong(order), day("14:01:0" + (rows.length - 1))));
    }
  }

  @Test
  void anOrderCountsAtItsFirstFillHoweverLongItFills() {
    World world = minute("");
    world.at("14:00").trade("MNQ", 1).order(5).send();
    fill(world, "14:00:50");
    // A late fill of the first order is no new trade, and does not move it into this minute.
    world.at("14:01:05").trade("MNQ", 1).order(5).send();
    fill(world, "14:01:06");
    fill(world, "14:01:07").expect(cooldownOfLast(world, day("14:02:07")));
  }

  @Test
  void longAndShortAndEverySymbolCountTogether() {
    World world = minute("");
    world.trade("MNQ", 3).send();
    world.trade("ES", -2).send();
    world.trade("6J", 1).order(77).send().expect(cooldown(77, day("14:01:00")));
  }

  @Test
  void anotherAccountCountsForItself() {
    World world = minute("");
    fill(world, "14:00");
    fill(world, "14:00:01");
    world.account(2);
    fill(world, "14:00:02");
    fill(world, "14:00:03");
    world.account(1).trade("MNQ", 1).order(77).send().expect(cooldown(77, day("14:01:03")));
  }

  @Test
  void whatIsNoNewTradeIsIgnored() {
    World world = minute("");
    world.trade("MNQ", 1).id(11).order(1).send();
    world.trade("MNQ", 1).id(12).order(2).send();
    // The same ids again, live and found by a snapshot; orders, positions, prices and time.
    world.trade("MNQ", 1).id(12).order(2).send();
    world.snapshot().trade(world.trade("MNQ", 1).id(12).order(2)).send();
    world.position("MNQ", 2);
    world.order(9, "MNQ").buy(1).limit("19000").send();
    world.quote("MNQ", "20001");
    world.clock("14:00:30");
    world.canTrade(true);
    world.trade("MNQ", 1).id(13).order(3).voided().send();
  }

  @Test
  void aVoidedTradeLeavesTheCountAndEndsNoLockout() {
    World world = minute("");
    world.trade("MNQ", 1).id(11).order(1).send();
    world.trade("MNQ", 1).id(12).order(2).send();
    world.trade("MNQ", 1).id(12).order(2).voided().send();
    world.trade("MNQ", 1).id(13).order(3).send();
    world
        .at("14:00:10")
        .trade("MNQ", 1)
        .id(14)
        .order(77)
        .send()
        .expect(cooldown(77, day("14:01:10")));
    world.trade("MNQ", 1).id(14).order(77).voided().send().expect("blocked 006");
    world.clock("14:01:09.999");
    world.clock("14:01:10").expect("unlock 006 by expired");
  }

  // ---- cooldowns

  @Test
  void afterACooldownEachFurtherTradeAtOrOverTheLimitStartsANewOne() {
    World world =
        new World(
            "trade_frequency_limit: {limits: {per_hour: 3}, cooldown_on_breach: {per_hour_breach:"
                + " 10}}");
    fill(world, "14:00");
    fill(world, "14:01");
    fill(world, "14:02").expect(cooldownOfLast(world, day("14:02:10")));
    fill(world, "14:02:09.999").expect("blocked 006");
    world.clock("14:02:10").expect("unlock 006 by expired");
    fill(world, "14:02:10").expect(cooldownOfLast(world, day("14:02:20")));
    world.clock("14:02:20").expect("unlock 006 by expired");
    fill(world, "14:59").expect(cooldownOfLast(world, day("14:59:10")));
    world.clock("14:59:10").expect("unlock 006 by expired");
    // By now the first two have left the hour, and this one is the fourth of it.
    fill(world, "15:01").expect(cooldownOfLast(world, day("15:01:10")));
    world.clock("15:01:10").expect("unlock 006 by expired");
    fill(world, "16:00");
    fill(world, "16:00:30").expect(cooldownOfLast(world, day("16:00:40")));
  }

  @Test
  void aReviewStartsNoCooldown() {
    World world =
        new World(
            "trade_frequency_limit: {limits: {per_hour: 2}, cooldown_on_breach: {per_hour_breach:"
                + " 10}}");
    fill(world, "14:00");
    fill(world, "14:01").expect(cooldownOfLast(world, day("14:01:10")));
    world.clock("14:01:10").expect("unlock 006 by expired");
    world.flatSnapshot().send();
    world.configure("trade_frequency_limit: {limits: {per_hour: 1}}");
    world.clock("14:30");
  }

  @Test
  void nothingIsClosedAndWhatIsHeldMayStay() {
    World world = minute("");
    world.position("MNQ", 2);
    world.order(5, "MNQ").sell(2).stop("19900").send();
    fill(world, "14:00:01");
    fill(world, "14:00:02");
    fill(world, "14:00:03").expect(cooldownOfLast(world, day("14:01:03")));
    assertThat(world.lockout("006").baseline().of(World.id("MNQ"))).isEqualTo(5);
    world.at("14:00:05").position("MNQ", 5).expect("blocked 006");
    world.trade("MNQ", -5).pnl("1").send().expect("blocked 006");
    world.position("MNQ", 0).expect("blocked 006", "cancel 5 006 guard");
    world.trade("MNQ", 1).send().expect("blocked 006");
    world.position("MNQ", 1).expect("blocked 006", "close MNQ long 1 006 guard");
  }

  @Test
  void theUnfilledRestOfTheTriggeringOrderIsCancelled() {
    World world = minute("");
    fill(world, "14:00");
    fill(world, "14:00");
    world.order(77, "MNQ").buy(3).limit("20000").filled(1).send();
    world
        .trade("MNQ", 1)
        .order(77)
        .send()
        .expect(
            "violation 006 order 77 cooldown until " + day("14:01:00"),
            "lock 006 cooldown until " + day("14:01:00"),
            "cancel 77 006 guard");
  }

  @Test
  void theRestOfAStopThatTriggeredGoesOnProtecting() {
    World world = minute("");
    world.position("MNQ", 3);
    fill(world, "14:00");
    fill(world, "14:00");
    world.order(77, "MNQ").sell(3).stop("19990").filled(1).send();
    world.trade("MNQ", -1).pnl("-20").order(77).send().expect(cooldown(77, day("14:01:00")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", cooldown_on_breach: {enabled: false}",
        ", lockout: none",
        ", cooldown_on_breach: {enabled: false, per_minute_breach: 30}"
      })
  void withoutACooldownThereIsAViolationAndAnAlertEachTime(String more) {
    World world = minute(more);
    fill(world, "14:00");
    fill(world, "14:00:01");
    world.trade("MNQ", 1).order(77).send().expect("violation 006 order 77", "alert 006");
    world.trade("MNQ", 1).order(78).send().expect("violation 006 order 78", "alert 006");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "action: close_all|cooldown until 2025-10-31T14:01:00Z|cancel all 006,close all 006",
        "action: close_all, cancel_orders: false|cooldown until 2025-10-31T14:01:00Z|close all 006",
        "action: close_position|cooldown until 2025-10-31T14:01:00Z|close MNQ long 2 006",
        "cancel_orders: true|cooldown until 2025-10-31T14:01:00Z|cancel all 006",
        "lockout: until_reset|hard until 2025-10-31T22:00:00Z|",
        "lockout: 90s|cooldown until 2025-10-31T14:01:30Z|",
        "action: close_all, lockout: until_reset|hard until 2025-10-31T22:00:00Z"
            + "|cancel all 006,close all 006"
      })
  void theResponseCanBeOverridden(String policy, String lock, String plan) {
    World world = minute(", " + policy);
    world.position("MNQ", 2);
    world.trade("ES", 1).send();
    world.trade("ES", 1).send();
    world.trade("ES", -2).pnl("5").order(77).send();
    String lines = "violation 006 order 77 " + lock + ",lock 006 " + lock;
    world.expect((plan == null ? lines : lines + "," + plan).split(","));
  }

  @Test
  void aShadowOnlyTells() {
    World world = minute(", mode: shadow");
    fill(world, "14:00");
    fill(world, "14:00:01");
    world.trade("MNQ", 1).order(77).send().expect("violation 006 order 77 shadow");
    world.trade("MNQ", 1).order(77).send();
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  // ---- locked

  @Test
  void underAnotherLockoutTradesAreCountedButNotJudged() {
    World world = minute("");
    world.lockUntil("14:00:30").expect("lock MANUAL manual until " + day("14:00:30"));
    for (int i = 1; i <= 4; i++) {
      fill(world, "14:00:0" + i).expect("blocked MANUAL");
    }
    world.position("MNQ", 0);
    world.clock("14:00:30").expect("unlock MANUAL by expired");
    world.at("14:00:31").trade("MNQ", 1).order(77).send();
    world.expect(cooldown(77, day("14:01:31")));
  }

  @Test
  void aLockoutOfASymbolDoesNotBlindIt() {
    World world = new World(MINUTE.formatted("") + "symbol_blocks: {blocked_symbols: [RTY]}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.trade("RTY", 1).send();
    world.trade("RTY", 1).send();
    world.trade("RTY", 1).order(77).send().expect(cooldown(77, day("14:01:00")));
  }

  @Test
  void anUnlockAcknowledgesTheCount() {
    World world = new World("trade_frequency_limit: {limits: {per_hour: 2}}");
    fill(world, "14:00");
    fill(world, "14:01").expect(cooldownOfLast(world, day("14:31:00")));
    world.at("14:02").unlock().expect("unlock 006 by admin:root");
    // Three are worse than the two that were acknowledged; two are not.
    fill(world, "14:03").expect(cooldownOfLast(world, day("14:33:00")));
    world.clock("14:33").expect("unlock 006 by expired");
    world.at("15:30");
    fill(world, "15:30");
    fill(world, "15:31");
    fill(world, "15:32").expect(cooldownOfLast(world, day("16:02:00")));
  }

  // ---- found late, and restarts

  @Test
  void tradesFoundByAReconciliationAreCountedAtTheirOwnTimes() {
    World world = minute("");
    world.at("14:10");
    world
        .snapshot()
        .listed(true)
        .flat()
        .trade(world.trade("MNQ", -1).order(3).pnl("1").executed("14:09:50"))
        .trade(world.trade("MNQ", 1).order(1).executed("14:09:10"))
        .trade(world.trade("MNQ", 1).order(2).executed("14:09:30"))
        .send()
        .expect(cooldown(3, day("14:10:50")));
  }

  @Test
  void aCooldownThatWouldBeOverIsOnlyRecorded() {
    World world = minute("");
    world.at("14:10:50");
    world
        .snapshot()
        .listed(true)
        .flat()
        .trade(world.trade("MNQ", 1).order(1).executed("14:09:10"))
        .trade(world.trade("MNQ", 1).order(2).executed("14:09:30"))
        .trade(world.trade("MNQ", -1).order(3).pnl("1").executed("14:09:50"))
        .send()
        .expect("violation 006 order 3");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @Test
  void aTradeThatComesOutOfTurnIsCountedWithThoseAfterIt() {
    World world = minute("");
    fill(world, "14:00:01");
    world.at("14:00:03").trade("MNQ", 1).order(2).executed("14:00:02.100").send();
    // The second in time arrives last: the third in time is the one too many all the same.
    world.trade("MNQ", 1).order(77).executed("14:00:02").send();
    world.expect(cooldown(77, day("14:01:02.100")));
  }

  @Test
  void aTradeFoundLateFillsTheSession() {
    World world = new World("trade_frequency_limit: {limits: {per_session: 3}}");
    fill(world, "14:00:01");
    fill(world, "15:00");
    world.at("15:30").trade("MNQ", 1).order(77).executed("14:30").send();
    world.expect(cooldown(77, day("16:00:00")));
  }

  @Test
  void aLateTradeThatFillsNoWindowIsNoBreach() {
    World world = minute("");
    fill(world, "14:00:00");
    fill(world, "14:01:30");
    world.at("14:01:31").trade("MNQ", 1).executed("14:00:45").send();
    world.at("14:01:44").trade("MNQ", 1).order(77).executed("14:01:00").send();
    // 14:00:45, 14:01:00 and 14:01:30.
    world.expect(cooldown(77, day("14:02:30")));
  }

  @Test
  void aRestartKeepsCountAndCooldown() {
    World world = minute("");
    fill(world, "14:00");
    fill(world, "14:00:10");
    world.restart().at("14:00:20").flatSnapshot().send();
    world.at("14:00:21").trade("MNQ", 1).order(77).send().expect(cooldown(77, day("14:01:21")));
    world
        .restart()
        .at("14:00:30")
        .snapshot()
        .listed(true)
        .position("MNQ", 1, "20000")
        .noOrders()
        .send();
    world.at("14:01").trade("ES", 1).send().expect("blocked 006");
    world.position("ES", 1, "6000").expect("blocked 006", "close ES long 1 006 guard");
    world.clock("14:01:21").expect("unlock 006 by expired");
  }

  // ---- where it stands, and its file

  @Test
  void theWindowNearestToItsLimitIsShown() {
    World world = new World("trade_frequency_limit: {limits: {per_minute: 4, per_hour: 10}}");
    fill(world, "14:00");
    fill(world, "14:00:01");
    assertThat(world.reading("006")).isEqualTo(Reading.of("2 in a minute", "4 in a minute", 500));
    world.clock("14:02");
    assertThat(world.reading("006")).isEqualTo(Reading.of("2 in an hour", "10 in an hour", 200));
  }

  @Test
  void whatIsWrongInTheFileIsSaid() {
    assertThat(RuleFile.problems("trade_frequency_limit: {}"))
        .containsExactly("trade_frequency_limit.limits: is missing; add it");
    assertThat(RuleFile.problems("trade_frequency_limit: {limits: {per_minute: 5, per_hour: 4}}"))
        .containsExactly(
            "trade_frequency_limit.limits.per_minute: must not be above per_hour: 5 > 4");
    assertThat(RuleFile.problems("trade_frequency_limit: {limits: {}}"))
        .containsExactly(
            "warning trade_frequency_limit.limits: has no limit: the rule can never fire");
    assertThat(RuleFile.problems("trade_frequency_limit: {limits: {per_day: 1}, count: trades}"))
        .hasSize(3);
    assertThat(RuleFile.problems("trade_frequency_limit: {limits: {per_minute: 0}}")).isNotEmpty();
  }
}
