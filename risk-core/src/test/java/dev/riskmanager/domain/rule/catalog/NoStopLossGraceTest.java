package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RULE-008: what covers a position, how uncovered time adds up, and when it is too much. */
class NoStopLossGraceTest extends WorldTest {
  private static final String[] CLOSED = {"violation 008 MNQ", "close MNQ long 2 008"};

  /** Grace 10 s. */
  private static World world(String more) {
    return new World("no_stop_loss_grace: {grace_period_seconds: 10%s}".formatted(more));
  }

  /** Long 2 MNQ since 14:00, nothing else. */
  private static World longTwo() {
    return world("").position("MNQ", 2);
  }

  /** Nothing may be closed within the minute. */
  private static void staysCovered(World world) {
    world.clock("14:01");
  }

  // ---- the grace and its edge

  @Test
  void itEndsAtItsLastMillisecond() {
    World world = longTwo();
    world.clock("14:00:09.999");
    world.clock("14:00:10").expect(CLOSED);
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @Test
  void theCloseCarriesTheDeadlineThoughTheClockComesLater() {
    longTwo()
        .clock("14:00:30")
        .expect(
            "@2025-10-31T14:00:10Z violation 008 MNQ",
            "@2025-10-31T14:00:10Z close MNQ long 2 008");
  }

  @ParameterizedTest
  @CsvSource({"14:00:09.999,true", "14:00:10,false"})
  void aStopInTheLastMillisecondIsInTime(String time, boolean inTime) {
    World world = longTwo();
    world.at(time).order(5, "MNQ").sell(2).stop("19900").send();
    if (!inTime) {
      world.expect(CLOSED);
    }
    staysCovered(world);
  }

  @Test
  void itRunsFromTheOpeningFillNotFromItsNews() {
    World world = world("");
    world.at("14:00:03").openedAt("14:00:00.250", "MNQ", 2);
    world.clock("14:00:10.249");
    world.clock("14:00:10.250").expect(CLOSED);
  }

  @Test
  void anOpeningInTheFutureIsOneNow() {
    World world = world("");
    world.openedAt("14:00:05", "MNQ", 2);
    world.clock("14:00:09.999");
    world.clock("14:00:10").expect(CLOSED);
  }

  @Test
  void aPositionThatIsFoundTooLateIsClosedAtOnce() {
    World world = world("");
    world.at("14:00:10");
    world.openedAt("14:00:00", "MNQ", 2).expect(CLOSED);
  }

  @Test
  void withoutAnyGraceItIsClosedAtOnce() {
    World world = new World("no_stop_loss_grace: {grace_period_seconds: 0}");
    world.position("MNQ", 2).expect(CLOSED);
    world.order(5, "ES").sell(1).stop("5900").send();
    world.position("ES", 1, "6000");
  }

  @Test
  void longAndShortOfEachSymbolRunByThemselves() {
    World world = world("");
    world.position("MNQ", 2);
    world.at("14:00:03").position("ES", -1, "6000");
    world.at("14:00:04").position("MNQ.H26", -3);
    world.clock("14:00:10").expect(CLOSED);
    world.clock("14:00:13").expect("violation 008 ES", "close ES short 1 008");
    world.clock("14:00:14").expect("violation 008 MNQ.H26", "close MNQ.H26 short 3 008");
  }

  @Test
  void eachAccountRunsByItself() {
    World world = longTwo();
    world.account(2).at("14:00:05").position("MNQ", -1);
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.account(1).clock("14:00:10").expect(CLOSED);
    world.account(2).clock("14:00:15").expect("violation 008 MNQ", "close MNQ short 1 008");
  }

  // ---- what covers

  @ParameterizedTest
  @CsvSource({
    "STOP,true",
    "STOP_LIMIT,true",
    "TRAILING_STOP,true",
    "LIMIT,false",
    "MARKET,false",
    "JOIN_BID,false",
    "JOIN_ASK,false",
    "UNKNOWN,false"
  })
  void byType(OrderType type, boolean covers) {
    for (int side = 1; side >= -1; side -= 2) {
      World world = world("");
      world.position("MNQ", 2L * side);
      if (side > 0) {
        world.order(5, "MNQ").sell(2).type(type).send();
      } else {
        world.order(5, "MNQ").buy(2).type(type).send();
      }
      world.clock("14:00:10");
      if (!covers) {
        world.expect("violation 008 MNQ", "close MNQ " + (side > 0 ? "long" : "short") + " 2 008");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OrderStatus.class)
  void byStatus(OrderStatus status) {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").status(status).send();
    world.clock("14:00:10");
    if (status != OrderStatus.OPEN && status != OrderStatus.PENDING) {
      world.expect(CLOSED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2,0,true",
    "3,1,true",
    "5,0,true",
    "1,0,false",
    "2,1,false",
    "3,2,false",
    "0,0,false",
    "-3,0,false",
    "2,5,false"
  })
  void byWhatIsLeftToFill(long size, long filled, boolean covers) {
    World world = longTwo();
    world.order(5, "MNQ").sell(size).stop("19900").filled(filled).send();
    world.clock("14:00:10");
    if (!covers) {
      world.expect(CLOSED);
    }
  }

  @Test
  void severalStopsAddUp() {
    World world = longTwo();
    world.order(5, "MNQ").sell(1).stop("19900").send();
    world.at("14:00:09.999").order(6, "MNQ").sell(1).type(OrderType.TRAILING_STOP).send();
    staysCovered(world);
  }

  @Test
  void aStopOnTheWrongSideOrOfAnotherContractDoesNotCover() {
    World world = longTwo();
    world.order(5, "MNQ").buy(2).stop("20100").send();
    world.order(6, "ES").sell(2).stop("5900").send();
    world.order(7, "MNQ.H26").sell(2).stop("19900").send();
    world.account(2).order(8, "MNQ").sell(2).stop("19900").send();
    world.account(1).clock("14:00:10").expect(CLOSED);
  }

  @Test
  void aStopFromWhateverPlatformCovers() {
    World world = longTwo();
    world.order(5, "MNQ").sell(1).stop("19900").tag("phone").send();
    world.order(6, "MNQ").sell(1).stop("19900").tag("RM-1").send();
    staysCovered(world);
  }

  @Test
  void aStopThatStoodBeforeThePositionCovers() {
    World world = world("");
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.position("MNQ", 2);
    staysCovered(world);
  }

  @Test
  void aStopThatMovesGoesOnCovering() {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:20").order(5, "MNQ").sell(2).stop("19950").send();
    world.at("14:00:40").order(5, "MNQ").sell(2).stop("19900").send();
    staysCovered(world);
  }

  // ---- bracket children

  @Test
  void aSuspendedChildCoversFromItsParentsFillOn() {
    World world = world("");
    world.order(10, "MNQ").buy(2).limit("20000").status(OrderStatus.PENDING).send();
    world.order(11, "MNQ").sell(2).stop("19900").status(OrderStatus.SUSPENDED).parent(10).send();
    world.position("MNQ", 2);
    world.clock("14:00:09");
    world.order(10, "MNQ").buy(2).limit("20000").status(OrderStatus.FILLED).filled(2).send();
    staysCovered(world);
  }

  @ParameterizedTest
  @CsvSource({"OPEN", "PENDING", "CANCELLED", "REJECTED", "EXPIRED"})
  void aSuspendedChildOfAParentWithoutAFillDoesNotCover(OrderStatus parent) {
    World world = longTwo();
    world.order(11, "MNQ").sell(2).stop("19900").status(OrderStatus.SUSPENDED).parent(10).send();
    world.order(10, "MNQ").buy(2).limit("19990").status(parent).send();
    world.clock("14:00:10").expect(CLOSED);
  }

  @Test
  void aSuspendedOrderWithoutAParentOrWithOneUnheardOfDoesNotCover() {
    World world = longTwo();
    world.order(11, "MNQ").sell(2).stop("19900").status(OrderStatus.SUSPENDED).send();
    world.order(12, "MNQ").sell(2).stop("19900").status(OrderStatus.SUSPENDED).parent(99).send();
    world.clock("14:00:10").expect(CLOSED);
  }

  @Test
  void aParentThatWasCancelledAfterAFillHasFilled() {
    World world = longTwo();
    world.order(10, "MNQ").buy(5).limit("20000").filled(2).send();
    world.order(11, "MNQ").sell(2).stop("19900").status(OrderStatus.SUSPENDED).parent(10).send();
    world.order(10, "MNQ").buy(5).filled(2).status(OrderStatus.CANCELLED).send();
    staysCovered(world);
  }

  @Test
  void aParentWhoseFillCameAsATradeHasFilled() {
    World world = world("");
    world.order(11, "MNQ").sell(2).stop("19900").status(OrderStatus.SUSPENDED).parent(10).send();
    world.trade("MNQ", 2).order(10).send();
    world.position("MNQ", 2);
    staysCovered(world);
  }

  @Test
  void aTargetIsNoCoverAndOneLegTakesTheOtherWithIt() {
    World world = longTwo();
    world.order(12, "MNQ").sell(2).limit("20200").parent(10).send();
    world.at("14:00:04").order(11, "MNQ").sell(2).stop("19900").parent(10).send();
    world.at("14:00:30").order(12, "MNQ").sell(2).status(OrderStatus.FILLED).filled(2).send();
    world.order(11, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.position("MNQ", 0);
    staysCovered(world);
  }

  // ---- uncovered time adds up

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      names = {"CANCELLED", "REJECTED", "EXPIRED", "PENDING_CANCELLATION"})
  void itRunsFromWhenCoverBecameShort(OrderStatus end) {
    World world = world("");
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.position("MNQ", 2);
    world.at("14:05").order(5, "MNQ").sell(2).stop("19900").status(end).send();
    world.clock("14:05:09.999");
    world.clock("14:05:10").expect(CLOSED);
  }

  @Test
  void togglingAStopDoesNotHelp() {
    World world = longTwo();
    // 6 s without, 4 s with, 3.5 s without, 9.999 s with: 9.5 s are used.
    world.at("14:00:06").order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:10").order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.at("14:00:13.500").order(6, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:23.499").order(6, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.clock("14:00:23.998");
    world.clock("14:00:23.999").expect(CLOSED);
  }

  @Test
  void theExampleOfThePage() {
    World world = longTwo();
    world.at("14:00:06").order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:10").order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.clock("14:00:13.999");
    world.clock("14:00:14").expect(CLOSED);
  }

  @Test
  void asMuchUnbrokenCoverAsTheGraceForgivesIt() {
    World world = longTwo();
    world.at("14:00:09").order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:19").order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.clock("14:00:28.999");
    world.clock("14:00:29").expect(CLOSED);
  }

  @Test
  void coverIsNotAddedUp() {
    World world = longTwo();
    // Twice 9 s of cover are no 10 s unbroken: 6 + 3 s are used, and 1 s is left.
    world.at("14:00:06").order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:15").order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.at("14:00:18").order(6, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:27").order(6, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.clock("14:00:27.999");
    world.clock("14:00:28").expect(CLOSED);
  }

  @Test
  void replacingAStopWithTheNewOneFirstUsesNothing() {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:05").order(6, "MNQ").sell(2).stop("19950").send();
    world.order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    staysCovered(world);
    assertThat(world.reading("008").usedThousandths()).isZero();
  }

  @Test
  void anythingThatIsNoStopInBetweenChangesNothing() {
    World world = longTwo();
    world.at("14:00:03").order(5, "MNQ").buy(1).limit("19000").send();
    world.at("14:00:04").quote("MNQ", "20001");
    world.at("14:00:05").position("MNQ", 2, "20000.25");
    world.at("14:00:06").trade("ES", 1).send();
    world.at("14:00:07").snapshot().listed(true).position("MNQ", 2, "20000").noOrders().send();
    world.clock("14:00:09.999");
    world.clock("14:00:10").expect(CLOSED);
  }

  // ---- the position changes

  @Test
  void scalingInMakesCoverShort() {
    World world = world("");
    world.order(5, "MNQ").sell(1).stop("19900").send();
    world.position("MNQ", 1);
    world.at("14:00:30").position("MNQ", 2);
    world.clock("14:00:39.999");
    world.clock("14:00:40").expect(CLOSED);
  }

  @Test
  void scalingInWhileUncoveredBuysNoTime() {
    World world = world("").position("MNQ", 1);
    world.at("14:00:08").position("MNQ", 2);
    world.clock("14:00:09.999");
    world.clock("14:00:10").expect(CLOSED);
  }

  @Test
  void scalingOutMayMakeCoverEnough() {
    World world = longTwo();
    world.order(5, "MNQ").sell(1).stop("19900").send();
    world.at("14:00:09.999").position("MNQ", 1);
    staysCovered(world);
  }

  @Test
  void aStopThatIsMadeSmallerCoversLess() {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:20").order(5, "MNQ").sell(1).stop("19900").send();
    world.clock("14:00:29.999");
    world.clock("14:00:30").expect(CLOSED);
  }

  @Test
  void aPartialFillOfTheStopIsFollowedByItsPosition() {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:20").order(5, "MNQ").sell(2).stop("19900").filled(1).send();
    world.trade("MNQ", -1).order(5).pnl("-50").send();
    world.at("14:00:20.030").position("MNQ", 1);
    staysCovered(world);
  }

  @Test
  void aFlipStartsAnew() {
    World world = longTwo();
    world.order(5, "MNQ").buy(9).stop("20100").send();
    world.at("14:00:09").order(5, "MNQ").buy(9).status(OrderStatus.CANCELLED).send();
    world.openedAt("14:00:09", "MNQ", -1);
    world.clock("14:00:18.999");
    world.clock("14:00:19").expect("violation 008 MNQ", "close MNQ short 1 008");
  }

  @Test
  void aNewPositionStartsAnewWhetherTheOldWasCoveredOrNot() {
    World world = longTwo();
    world.at("14:00:09").position("MNQ", 0);
    world.at("14:00:09.500").position("MNQ", 2);
    world.clock("14:00:19.499");
    world.clock("14:00:19.500").expect(CLOSED);
    assertThat(world.position("MNQ", 0).books().memory().isEmpty()).isTrue();
    assertThat(world.books().timers().isEmpty()).isTrue();
  }

  @Test
  void aNewPositionDoesNotInheritTheCoverOfTheOld() {
    World world = world("");
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.position("MNQ", 2);
    world.at("14:01").position("MNQ", 0);
    world.order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.at("14:02:07").openedAt("14:02:00", "MNQ", 2);
    world.clock("14:02:09.999");
    world.clock("14:02:10").expect(CLOSED);
  }

  // ---- answered once

  @Test
  void itIsAnsweredOnceUntilThePositionIsGoneOrGrows() {
    World world = longTwo();
    world.clock("14:00:10").expect(CLOSED);
    world.clock("14:00:40");
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.at("14:01").position("MNQ", 1);
    world.position("MNQ", 3).expect("violation 008 MNQ", "close MNQ long 3 008");
    world.at("14:02").position("MNQ", 0);
    world.position("MNQ", 2);
    world.clock("14:02:10").expect(CLOSED);
  }

  @Test
  void aShadowTellsOnce() {
    World world = world(", mode: shadow").position("MNQ", 2);
    world.clock("14:00:10").expect("violation 008 MNQ shadow");
    world.position("MNQ", 3);
    world.clock("14:05");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "action: close_all||cancel all 008,close all 008",
        "action: close_all, cancel_orders: false||close all 008",
        "cancel_orders: true||cancel 7 008,close MNQ long 2 008",
        "lockout: 5m|cooldown until 2025-10-31T14:05:10Z|close MNQ long 2 008",
        "lockout: until_reset|hard until 2025-10-31T22:00:00Z|close MNQ long 2 008",
        "action: none, lockout: 5m|cooldown until 2025-10-31T14:05:10Z|",
        "action: none||alert 008 MNQ"
      })
  void theResponseCanBeOverridden(String policy, String lock, String plan) {
    World world = world(", " + policy);
    world.order(5, "ES").sell(1).stop("5900").send();
    world.position("ES", 1, "6000");
    world.position("MNQ", 2);
    world.order(6, "MNQ").sell(1).stop("19900").send();
    world.order(7, "MNQ").buy(1).limit("19000").send();
    String lines = "violation 008 MNQ";
    if (lock != null) {
      lines += " " + lock + ",lock 008 " + lock;
    }
    if (plan != null) {
      lines += "," + plan;
    }
    if (lock != null) {
      // The guard: nothing may be added while it lasts.
      lines = lines.replace(",close MNQ", ",cancel 7 008 guard,close MNQ");
      lines += policy.contains("none") ? ",cancel 7 008 guard" : "";
    }
    world.clock("14:00:10").expect(lines.split(","));
    if (lock != null) {
      long rest = policy.contains("none") ? 2 : 0;
      assertThat(world.lockout("008").baseline().of(World.id("MNQ"))).isEqualTo(rest);
      assertThat(world.lockout("008").baseline().of(World.id("ES"))).isEqualTo(1);
    }
  }

  // ---- locked

  @Test
  void underALockoutThatLetsPositionsStayItGoesOnWatching() {
    World world = longTwo();
    world.at("14:00:04").lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.clock("14:00:09.999");
    world.clock("14:00:10").expect("violation 008 MNQ guard", "close MNQ long 2 008 guard");
    world.position("MNQ", 0).expect("blocked MANUAL");
  }

  @Test
  void aStopPlacedUnderSuchALockoutCounts() {
    World world = longTwo();
    world.at("14:00:04").lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.order(5, "MNQ").sell(2).stop("19900").send().expect("blocked MANUAL");
    staysCovered(world);
    world.at("14:02").order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.expect("blocked MANUAL");
    world.clock("14:02:09.999");
    world.clock("14:02:10").expect("violation 008 MNQ guard", "close MNQ long 2 008 guard");
  }

  @Test
  void underALockoutThatLetsNothingStayTheGuardActsInstead() {
    World world =
        new World(
            """
            no_stop_loss_grace: {grace_period_seconds: 10}
            daily_realized_loss: {limit: -500, timezone: America/Chicago}
            """);
    world.position("MNQ", 2);
    world.at("14:00:05").loss("-500");
    world.expect(
        "violation 003 hard until 2025-10-31T22:00:00Z",
        "lock 003 hard until 2025-10-31T22:00:00Z",
        "cancel all 003",
        "close all 003");
    world.clock("14:00:30");
    world.position("MNQ", 0).expect("blocked 003");
    world
        .clock("22:00")
        .expect("reset 17:00 America/Chicago begins 2025-11-01", "unlock 003 by reset");
    world.at("22:01").position("MNQ", 2);
    world.clock("22:01:09.999");
    world.clock("22:01:10").expect(CLOSED);
  }

  @Test
  void aLockoutOfItsSymbolGatesItAndOfAnotherDoesNot() {
    World world =
        new World(
            """
            no_stop_loss_grace: {grace_period_seconds: 10}
            symbol_blocks: {blocked_symbols: [RTY]}
            """);
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.position("MNQ", 2);
    world.clock("14:00:10").expect(CLOSED);
    world.clock("14:05");
  }

  // ---- restarts and reconciliations

  @Test
  void aRestartInTheMiddleGivesNoNewGrace() {
    World world = longTwo();
    world.clock("14:00:04");
    world.restart();
    world.at("14:00:06");
    world.snapshot().listed(true).position("MNQ", 2, "20000").noOrders().send();
    world.clock("14:00:09.999");
    world.clock("14:00:10").expect(CLOSED);
  }

  @Test
  void whatWasUsedSurvivesARestart() {
    World world = longTwo();
    world.at("14:00:06").order(5, "MNQ").sell(2).stop("19900").send();
    world.restart().at("14:00:08").snapshot().listed(true);
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 2, "20000")
        .order(world.order(5, "MNQ").sell(2).stop("19900"))
        .send();
    world.at("14:00:09").order(5, "MNQ").sell(2).status(OrderStatus.CANCELLED).send();
    world.clock("14:00:12.999");
    world.clock("14:00:13").expect(CLOSED);
  }

  @Test
  void aGraceThatEndedWhileTheEngineWasDownEndsAtTheFirstSnapshot() {
    World world = longTwo();
    world.restart();
    world.clock("14:00:20");
    world.at("14:00:21").order(5, "MNQ").buy(1).limit("19000").send();
    world.at("14:00:22");
    world.snapshot().listed(true).position("MNQ", 2, "20000").noOrders().send().expect(CLOSED);
  }

  @Test
  void aStopThatWasPlacedWhileTheEngineWasDownIsNoViolation() {
    World world = longTwo();
    world.restart().at("14:00:22");
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 2, "20000")
        .order(world.order(5, "MNQ").sell(2).stop("19900"))
        .send();
    staysCovered(world);
  }

  @Test
  void aReconciliationReplacesTheOrders() {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:30").snapshot().listed(true).position("MNQ", 2, "20000").noOrders().send();
    world.clock("14:00:39.999");
    world.clock("14:00:40").expect(CLOSED);
  }

  @Test
  void ordersThatWereNotReadStay() {
    World world = longTwo();
    world.order(5, "MNQ").sell(2).stop("19900").send();
    world.at("14:00:30").snapshot().listed(true).position("MNQ", 2, "20000").send();
    staysCovered(world);
  }

  // ---- where it stands, and its file

  @Test
  void theLongestUncoveredTimeIsShown() {
    World world = longTwo();
    assertThat(world.reading("008")).isEqualTo(Reading.of("0 s", "10 s", 0));
    world.at("14:00:03").position("ES", 1, "6000");
    world.clock("14:00:07.500");
    assertThat(world.reading("008")).isEqualTo(Reading.of("7 s", "10 s", 750));
    world.order(5, "MNQ").sell(2).stop("19900").send();
    assertThat(world.reading("008")).isEqualTo(Reading.of("4 s", "10 s", 450));
  }

  @Test
  void theReasonSaysHowManyAreWithoutAStop() {
    World world = world(", lockout: 5m").position("MNQ", 3);
    world.order(5, "MNQ").sell(1).stop("19900").send();
    world.clock("14:00:10");
    world.expect(
        "violation 008 MNQ cooldown until 2025-10-31T14:05:10Z",
        "lock 008 cooldown until 2025-10-31T14:05:10Z",
        "close MNQ long 3 008");
    assertThat(world.lockout("008").reason())
        .isEqualTo("No stop loss: MNQ 2 of 3 uncovered for 10 s");
  }

  @Test
  void whatIsWrongInTheFileIsSaid() {
    assertThat(RuleFile.problems("no_stop_loss_grace: {}"))
        .containsExactly("no_stop_loss_grace.grace_period_seconds: is missing; add it");
    assertThat(RuleFile.problems("no_stop_loss_grace: {grace_period_seconds: -1}")).hasSize(1);
    assertThat(RuleFile.problems("no_stop_loss_grace: {grace_period_seconds: 1m30s}")).isEmpty();
    assertThat(RuleFile.problems("no_stop_loss_grace: {grace_period_seconds: 5, action: reduce}"))
        .hasSize(1);
  }
}
