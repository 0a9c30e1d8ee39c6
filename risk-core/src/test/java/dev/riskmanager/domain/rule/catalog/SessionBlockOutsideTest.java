package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RULE-009 with one session for the whole account: 09:30 to 16:00 New York, which on Friday
 * 2025-10-31 is 13:30 to 20:00 UTC, and from Monday 2025-11-03 on an hour later. The world's
 * holidays: closed on 2025-11-27, early close at 12:15 Chicago on 2025-11-28.
 */
class SessionBlockOutsideTest extends WorldTest {
  private static final String NEW_YORK =
      """
      session_block_outside:
        global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
        %s
      """;
  private static final String MONDAY = "2025-11-03T14:30:00Z";
  private static final String UNTIL_MONDAY = "session until " + MONDAY;

  private static String rule(String... more) {
    return NEW_YORK.formatted(String.join("\n  ", more));
  }

  /** Inside Friday's session, at 14:00 UTC, flat. */
  private static World inside(String... more) {
    return new World(rule(more));
  }

  /** What a position or entry order found outside leads to. */
  private static void expectFlattened(World world, String until) {
    world.expect(
        "violation 009 session until " + until,
        "lock 009 session until " + until,
        "cancel all 009",
        "close all 009");
  }

  // ---- the boundaries, and both sides

  @ParameterizedTest
  @CsvSource({
    "2025-10-31T13:29:59.999Z, 2025-10-31T13:30:00Z",
    "2025-10-31T13:30:00.000Z,",
    "2025-10-31T13:30:00.001Z,",
    "2025-10-31T19:59:59.999Z,",
    "2025-10-31T20:00:00.000Z, 2025-11-03T14:30:00Z",
    "2025-10-31T20:00:00.001Z, 2025-11-03T14:30:00Z",
    "2025-11-01T15:00:00.000Z, 2025-11-03T14:30:00Z",
    "2025-11-02T23:00:00.000Z, 2025-11-03T14:30:00Z",
    "2025-11-03T14:29:59.999Z, 2025-11-03T14:30:00Z",
    "2025-11-03T14:30:00.000Z,",
    "2025-11-03T20:59:59.999Z,",
    "2025-11-03T21:00:00.000Z, 2025-11-04T14:30:00Z"
  })
  void aSessionIsHalfOpenForLongShortAndOrdersAlike(String t, String next) {
    World bought = new World(rule(), t).position("MNQ", 2);
    World sold = new World(rule(), t).position("MNQ", -2);
    World ordered = new World(rule(), t).order(7, "MNQ").sell(1).limit("21000").send();
    if (next != null) {
      expectFlattened(bought, next);
      expectFlattened(sold, next);
      expectFlattened(ordered, next);
    }
  }

  @Test
  void whatIsHeldAtTheEndIsClosedAtTheEndWithoutAnyEvent() {
    World world = inside();
    world.position("MNQ", 2);
    world.position("ES", -1, "6000");
    world.order(5, "MNQ").sell(2).stop("20900").send();
    world.clock("19:59:59.999");
    world.clock("20:00");
    expectFlattened(world, MONDAY);
  }

  @Test
  void theEndIsToldAtItsOwnTimeHoweverLateTheNextEventComes() {
    World world = inside();
    world.position("MNQ", 2);
    world
        .clock("20:07:31")
        .expect(
            "@2025-10-31T20:00:00Z violation 009 " + UNTIL_MONDAY,
            "@2025-10-31T20:00:00Z lock 009 " + UNTIL_MONDAY,
            "@2025-10-31T20:00:00Z cancel all 009",
            "@2025-10-31T20:00:00Z close all 009");
    assertThat(world.lockout("009").lockedAt()).isEqualTo("2025-10-31T20:00:00Z");
  }

  @Test
  void anEntryOrderThatWaitsOverTheEndIsCancelledAndTheLockHolds() {
    World world = inside();
    world.order(7, "NQ").buy(1).limit("20000").send();
    world.clock("20:00");
    expectFlattened(world, MONDAY);
    // Once under way it is not decided again; a new one is.
    world.at("20:00:01").order(7, "NQ").buy(1).limit("20001").send().expect("blocked 009");
    world.order(8, "NQ").sell(1).limit("22000").send().expect("blocked 009", "cancel 8 009 guard");
  }

  // ---- the lock at each end, also flat

  @Test
  void flatItLocksAtTheEndWithoutAViolationAndIsFreeAtTheStart() {
    World world = inside();
    world.clock("20:00").expect("lock 009 " + UNTIL_MONDAY);
    assertThat(world.lockout("009").type()).isEqualTo(LockoutType.SESSION);
    assertThat(world.lockout("009").baseline().isZero()).isTrue();
    world
        .on("2025-11-03")
        .clock("14:29:59.999")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03");
    world.clock("14:30").expect("unlock 009 by expired");
    world.position("MNQ", 1);
    world.clock("20:59:59.999");
    world.clock("21:00");
    expectFlattened(world, "2025-11-04T14:30:00Z");
  }

  @Test
  void everyEveningOfAWeekLocksUntilTheNextMorning() {
    World world = inside().clock("14:00");
    world
        .on("2025-11-06")
        .clock("12:00")
        .expect(
            "@2025-10-31T20:00:00Z lock 009 session until 2025-11-03T14:30:00Z",
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03",
            "@2025-11-03T14:30:00Z unlock 009 by expired",
            "@2025-11-03T21:00:00Z lock 009 session until 2025-11-04T14:30:00Z",
            "@2025-11-03T23:00:00Z reset 17:00 America/Chicago begins 2025-11-04",
            "@2025-11-04T14:30:00Z unlock 009 by expired",
            "@2025-11-04T21:00:00Z lock 009 session until 2025-11-05T14:30:00Z",
            "@2025-11-04T23:00:00Z reset 17:00 America/Chicago begins 2025-11-05",
            "@2025-11-05T14:30:00Z unlock 009 by expired",
            "@2025-11-05T21:00:00Z lock 009 session until 2025-11-06T14:30:00Z",
            "@2025-11-05T23:00:00Z reset 17:00 America/Chicago begins 2025-11-06");
  }

  @Test
  void aStartOutsideTheSessionLocksEvenFlat() {
    World world = new World(rule(), "12:00");
    world.snapshot().flat().noOrders().send().expect("lock 009 session until 2025-10-31T13:30:00Z");
  }

  @Test
  void aStartInsideTheSessionLocksNothing() {
    inside().snapshot().flat().noOrders().send();
  }

  @Test
  void aStartOutsideWithAPositionFlattens() {
    World world = new World(rule(), "20:30");
    world.snapshot().position("MNQ", 1, "20000").noOrders().send();
    expectFlattened(world, MONDAY);
  }

  // ---- restart

  @Test
  void aRestartKeepsTheLockAndItsEnd() {
    World world = inside();
    world.clock("20:00").expect("lock 009 " + UNTIL_MONDAY);
    long id = world.lockout("009").id();
    world.restart().at("21:00").flatSnapshot().send();
    assertThat(world.lockout("009").id()).isEqualTo(id);
    assertThat(world.lockout("009").expiresAt()).contains(world.instant(MONDAY));
    world.at("21:01").position("MNQ", 1).expect("blocked 009", "close MNQ long 1 009 guard");
  }

  @Test
  void anEndThatNobodySawIsFoundWhenThePositionsAreRead() {
    World world = inside();
    world.position("MNQ", 2);
    world.restart().clock("20:30");
    world.snapshot().position("MNQ", 2, "20000").noOrders().send();
    expectFlattened(world, MONDAY);
  }

  @Test
  void aNightThatNobodySawLeavesTheNextSessionOpen() {
    World world = inside();
    world
        .restart()
        .on("2025-11-03")
        .clock("15:00")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03");
    world.snapshot().position("MNQ", 2, "20000").noOrders().send();
    // And its end is not missed.
    world.clock("21:00");
    expectFlattened(world, "2025-11-04T14:30:00Z");
  }

  // ---- what it must ignore

  @Test
  void insideTheSessionNothingThatHappensIsItsBusiness() {
    World world = inside();
    world.position("MNQ", 5);
    world.trade("MNQ", -5).pnl("-9000").send();
    world.quote("MNQ", "10000");
    world.canTrade(false);
    world.order(5, "ES").buy(9).limit("1").send();
    world.snapshot().position("MNQ", 5, "20000").send();
  }

  @Test
  void outsideAStopOfWhatMayStayIsNoEntry() {
    World world = inside("lockout_outside_session: false", "close_positions_at_session_end: false");
    world.position("MNQ", 2);
    world.clock("20:00").expect("violation 009", "alert 009");
    world.order(5, "MNQ").sell(2).stop("20900").send();
    world.order(6, "MNQ").sell(2).type(OrderType.TRAILING_STOP).send();
    world.quote("MNQ", "19000");
    world.trade("MNQ", -1).pnl("-10").send();
    world.position("MNQ", 1);
  }

  @Test
  void anotherAccountIsJudgedByItself() {
    World world = inside();
    world.position("MNQ", 2);
    world.account(2).position("MNQ", -3);
    world.account(1).position("MNQ", 0);
    world
        .account(2)
        .clock("20:00")
        .expect(
            "[1] lock 009 " + UNTIL_MONDAY,
            "violation 009 " + UNTIL_MONDAY,
            "lock 009 " + UNTIL_MONDAY,
            "cancel all 009",
            "close all 009");
  }

  // ---- together with others

  @Test
  void underTheLockOfAnotherRuleItIsNotAskedUntilThatEnds() {
    World world = new World(rule() + "daily_realized_loss: {limit: -500, lockout: 10m}\n", "19:55");
    world
        .loss("-500")
        .expect(
            "violation 003 cooldown until 2025-10-31T20:05:00Z",
            "lock 003 cooldown until 2025-10-31T20:05:00Z",
            "cancel all 003",
            "close all 003");
    world.clock("20:00");
    world.at("20:01").position("MNQ", 1).expect("blocked 003", "close MNQ long 1 003 guard");
    world.position("MNQ", 0).expect("blocked 003");
    world.clock("20:05").expect("unlock 003 by expired", "lock 009 " + UNTIL_MONDAY);
  }

  @Test
  void whatACooldownLetStayIsClosedAtTheEndOfTheSession() {
    World world =
        new World(rule() + "max_contracts: {limit: 1, action: none, lockout: 10m}\n", "19:55");
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T20:05:00Z",
            "lock 001 cooldown until 2025-10-31T20:05:00Z");
    world
        .clock("20:00")
        .expect(
            "violation 009 " + UNTIL_MONDAY + " guard",
            "lock 009 " + UNTIL_MONDAY + " guard",
            "cancel all 009 guard",
            "close all 009 guard");
    world.position("MNQ", 0).expect("blocked 009");
    world.clock("20:05").expect("unlock 001 by expired");
    assertThat(world.books().locks().accountLocked()).isTrue();
  }

  @Test
  void aManualLockThatEndsLaterStillHoldsAfterTheStart() {
    World world = inside();
    world.clock("20:00").expect("lock 009 " + UNTIL_MONDAY);
    world.lockUntil("2025-11-03T15:00:00Z").expect("lock MANUAL manual until 2025-11-03T15:00:00Z");
    world
        .on("2025-11-03")
        .clock("14:30")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03",
            "unlock 009 by expired");
    world.position("MNQ", 1).expect("blocked MANUAL", "close MNQ long 1 MANUAL guard");
  }

  @Test
  void otherRulesLockUntilTheNextSessionStartWhenTheyAreToldTo() {
    World world = inside("lockout_outside_session: false");
    world.configure(
        rule("lockout_outside_session: false")
            + "daily_realized_loss: {limit: -500, lockout: until_session_start}\n");
    world
        .loss("-500")
        .expect(
            "violation 003 " + UNTIL_MONDAY,
            "lock 003 " + UNTIL_MONDAY,
            "cancel all 003",
            "close all 003");
  }

  @Test
  void withoutSessionsUntilSessionStartMeansTheReset() {
    World world = new World("daily_realized_loss: {limit: -500, lockout: until_session_start}");
    world
        .loss("-500")
        .expect(
            "violation 003 session until 2025-10-31T22:00:00Z",
            "lock 003 session until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
  }

  // ---- unlock

  @Test
  void anUnlockOpensThisNightAndNotTheNext() {
    World world = new World(rule(), "2025-11-03T12:00:00Z").on("2025-11-03");
    world.snapshot().flat().noOrders().send().expect("lock 009 session until 2025-11-03T14:30:00Z");
    world.at("12:30").unlock().expect("unlock 009 by admin:root");
    world.at("12:31").position("MNQ", 1);
    world.clock("14:30");
    // The same trading day, but another night: it was not this one that the admin opened.
    world.clock("21:00");
    expectFlattened(world, "2025-11-04T14:30:00Z");
  }

  @Test
  void anUnlockIsForgottenAtTheReset() {
    World world = inside();
    world.clock("20:00").expect("lock 009 " + UNTIL_MONDAY);
    world.at("20:30").unlock().expect("unlock 009 by admin:root");
    world.order(7, "MNQ").buy(1).limit("1").send();
    world
        .clock("22:00")
        .expect(
            "reset 17:00 America/Chicago begins 2025-11-01",
            "violation 009 " + UNTIL_MONDAY,
            "lock 009 " + UNTIL_MONDAY,
            "cancel all 009",
            "close all 009");
  }

  @Test
  void anUnlockThatIsForbiddenEndsNothing() {
    World world = inside("admin_unlock: forbidden");
    world.clock("20:00").expect("lock 009 " + UNTIL_MONDAY);
    world.at("20:30").unlock();
    assertThat(world.lockout("009").expiresAt()).contains(world.instant(MONDAY));
  }

  // ---- close_positions_at_session_end: false

  @Test
  void whatIsHeldAtTheEndMayStayAndIsTheBaseline() {
    World world = inside("close_positions_at_session_end: false");
    world.trade("MNQ", 2).send();
    world.position("MNQ", 2);
    world.order(5, "MNQ").sell(2).stop("20900").send();
    world.order(6, "MNQ").buy(1).limit("19000").send();
    world
        .clock("20:00")
        .expect("violation 009 " + UNTIL_MONDAY, "lock 009 " + UNTIL_MONDAY, "cancel 6 009");
    assertThat(world.lockout("009").baseline().of(World.id("MNQ"))).isEqualTo(2);
    // More is undone, less is allowed, and does not come back.
    world.at("20:01").trade("MNQ", 1).send().expect("blocked 009");
    world.position("MNQ", 3).expect("blocked 009", "reduce MNQ 3>2 009 guard");
    world.trade("MNQ", -2).pnl("5").send().expect("blocked 009");
    world.position("MNQ", 1).expect("blocked 009", "resize 5 2>1 009 guard");
    world.trade("MNQ", 1).send().expect("blocked 009");
    world.position("MNQ", 2).expect("blocked 009", "reduce MNQ 2>1 009 guard");
  }

  @Test
  void whatGrewAfterTheEndIsClosedWhereNothingIsLocked() {
    World world = inside("close_positions_at_session_end: false", "lockout_outside_session: false");
    world.trade("MNQ", 2).send();
    world.position("MNQ", 2);
    world.trade("ES", -1).send();
    world.position("ES", -1, "6000");
    world.clock("20:00").expect("violation 009", "alert 009");
    world.at("20:01").trade("MNQ", 1).send();
    world.position("MNQ", 3).expect("violation 009", "close MNQ long 3 009");
  }

  // ---- lockout_outside_session: false

  @Test
  void withoutLockingEachNewThingOutsideIsFlattenedAndNothingLocked() {
    World world = inside("lockout_outside_session: false");
    world.clock("20:00");
    world.at("20:01").position("MNQ", 1).expect("violation 009", "cancel all 009", "close all 009");
    world.position("MNQ", 1, "20001");
    world.position("MNQ", 2).expect("violation 009", "cancel all 009", "close all 009");
    world.position("MNQ", 0);
    world.position("MNQ", 1).expect("violation 009", "cancel all 009", "close all 009");
    world.position("MNQ", 0);
    world
        .order(7, "MNQ")
        .buy(1)
        .limit("1")
        .send()
        .expect("violation 009", "cancel all 009", "close all 009");
  }

  // ---- holidays and early closes

  @Test
  void onAHolidayThereIsNoSession() {
    // Thanksgiving 2025-11-27 would have begun at 14:30 UTC.
    World world = new World(rule(), "2025-11-27T15:00:00Z");
    world.position("MNQ", 1);
    expectFlattened(world, "2025-11-28T14:30:00Z");
  }

  @Test
  void anEarlyCloseMovesTheEndInItsOwnZone() {
    // 12:15 Chicago is 18:15 UTC; New York's 16:00 would have been 21:00.
    World world = new World(rule(), "2025-11-28T15:00:00Z").on("2025-11-28");
    world.position("MNQ", 1);
    world.clock("18:14:59.999");
    world.clock("18:15");
    expectFlattened(world, "2025-12-01T14:30:00Z");
  }

  @Test
  void holidaysThatAreNotRespectedAreDaysLikeAnyOther() {
    World world =
        new World(rule("respect_holidays: false"), "2025-11-27T15:00:00Z").on("2025-11-27");
    world.position("MNQ", 1);
    world.clock("21:00");
    expectFlattened(world, "2025-11-28T14:30:00Z");
    world.position("MNQ", 0).expect("blocked 009");
    world
        .on("2025-11-28")
        .clock("18:15")
        .expect(
            "@2025-11-27T23:00:00Z reset 17:00 America/Chicago begins 2025-11-28",
            "@2025-11-28T14:30:00Z unlock 009 by expired");
    world.clock("21:00").expect("lock 009 session until 2025-12-01T14:30:00Z");
  }

  // ---- across midnight

  @ParameterizedTest
  @CsvSource({
    // Friday 17:00 Chicago ends the week; 18:00 opens none, nor does Saturday's.
    "2025-10-31T21:59:59.999Z,",
    "2025-10-31T22:00:00.000Z, 2025-11-03T00:00:00Z",
    "2025-10-31T23:00:00.000Z, 2025-11-03T00:00:00Z",
    "2025-11-01T23:30:00.000Z, 2025-11-03T00:00:00Z",
    // Sunday 18:00 (standard time by now) opens Monday's.
    "2025-11-02T23:59:59.999Z, 2025-11-03T00:00:00Z",
    "2025-11-03T00:00:00.000Z,",
    "2025-11-03T22:59:59.999Z,",
    "2025-11-03T23:00:00.000Z, 2025-11-04T00:00:00Z",
    "2025-11-04T00:00:00.000Z,",
    // The evening before Thanksgiving opens none; that of Thanksgiving opens Friday's.
    "2025-11-27T00:00:00.000Z, 2025-11-28T00:00:00Z",
    "2025-11-28T00:00:00.000Z,",
    "2025-11-28T18:14:59.999Z,",
    "2025-11-28T18:15:00.000Z, 2025-12-01T00:00:00Z"
  })
  void aSessionAcrossMidnightBelongsToTheDateItEndsOn(String t, String next) {
    String globex =
        """
        session_block_outside:
          global_session: {start: "18:00", end: "17:00", timezone: America/Chicago}
        """;
    World world = new World(globex, t).position("MNQ", -1);
    if (next != null) {
      expectFlattened(world, next);
    }
  }

  // ---- shadow and overrides

  @Test
  void inShadowItOnlyTellsOnceAnEpisode() {
    World world = inside("mode: shadow");
    world.position("MNQ", 1);
    world.clock("20:00").expect("violation 009 shadow");
    world.position("MNQ", 2);
    world.position("MNQ", 0);
    world.position("MNQ", 1).expect("violation 009 shadow");
  }

  @Test
  void anActionOfNoneLocksAndLetsStay() {
    World world = inside("action: none");
    world.trade("MNQ", 1).send();
    world.position("MNQ", 1);
    world.clock("20:00").expect("violation 009 " + UNTIL_MONDAY, "lock 009 " + UNTIL_MONDAY);
    assertThat(world.lockout("009").baseline().of(World.id("MNQ"))).isEqualTo(1);
  }

  @Test
  void aLockoutOfNoneFlattensAndLocksNothing() {
    World world = inside("lockout: none");
    world.position("MNQ", 1);
    world.clock("20:00").expect("violation 009", "cancel all 009", "close all 009");
    world.position("MNQ", 0);
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @Test
  void aLockoutUntilTheResetIsHard() {
    World world = inside("lockout: until_reset");
    world.position("MNQ", 1);
    world
        .clock("20:00")
        .expect(
            "violation 009 hard until 2025-10-31T22:00:00Z",
            "lock 009 hard until 2025-10-31T22:00:00Z",
            "cancel all 009",
            "close all 009");
  }

  @Test
  void aSessionThatIsNotEnabledIsNone() {
    assertThat(
            RuleFile.problems(
                """
                session_block_outside:
                  global_session: {enabled: false, start: "09:30", end: "16:00"}
                """))
        .containsExactly(
            "warning session_block_outside.global_session: no session is enabled: the rule can"
                + " never fire");
  }

  @Test
  void aReloadThatOpensTheSessionEndsNoLockout() {
    World world = inside();
    world.clock("20:00").expect("lock 009 " + UNTIL_MONDAY);
    world.at("20:30").configure(rule().replace("16:00", "17:30"));
    assertThat(world.lockout("009").expiresAt()).contains(world.instant(MONDAY));
    world.position("MNQ", 1).expect("blocked 009", "close MNQ long 1 009 guard");
  }

  @Test
  void aReloadThatClosesTheSessionLocksAtOnce() {
    World world = inside();
    world.position("MNQ", 1);
    world.at("14:05").configure(rule().replace("16:00", "10:00"));
    expectFlattened(world, MONDAY);
  }
}
