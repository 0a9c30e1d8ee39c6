package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard undoes under a lockout, what it lets be, and what it never does. */
class GuardTest extends WorldTest {
  private static final String UNTIL = "until 2025-10-31T22:00:00Z";

  /** Locked by RULE-003 after a close-all: nothing may stay. */
  private static World closed() {
    World world =
        new World(
            """
            daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
            """);
    world
        .loss("-500")
        .expect(
            "violation 003 hard " + UNTIL,
            "lock 003 hard " + UNTIL,
            "cancel all 003",
            "close all 003");
    return world.at("14:01");
  }

  /** Locked for ten minutes from 14:00 with these contracts of MNQ held and let stay. */
  private static World holding(long signedSize) {
    World world = new World("max_contracts: {limit: 0, action: none, lockout: 10m}");
    world.trade("MNQ", signedSize).send();
    world
        .position("MNQ", signedSize)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    assertThat(world.lockout("001").baseline().of(World.id("MNQ"))).isEqualTo(signedSize);
    return world.at("14:01");
  }

  // ---- after a close-all

  @Test
  void everyNewPositionIsClosedEveryTime() {
    World world = closed();
    world.position("MNQ", 1).expect("blocked 003", "close MNQ long 1 003 guard");
    world.position("MNQ", 0).expect("blocked 003");
    world.position("MNQ", -2).expect("blocked 003", "close MNQ short 2 003 guard");
    world.position("MNQ", 0).expect("blocked 003");
    world.position("ES", 1, "6000").expect("blocked 003", "close ES long 1 003 guard");
    assertThat(world.lockout("003").attempts()).isEqualTo(3);
  }

  @Test
  void whileACloseIsOutstandingOnlyGrowthAndAFlipAreDecidedAgain() {
    World world = closed();
    world.position("MNQ", 3).expect("blocked 003", "close MNQ long 3 003 guard");
    world.position("MNQ", 2).expect("blocked 003");
    world.position("MNQ", 2, "20001").expect("blocked 003");
    world.position("MNQ", 3).expect("blocked 003", "close MNQ long 3 003 guard");
    world.position("MNQ", -1).expect("blocked 003", "close MNQ short 1 003 guard");
    world.position("MNQ", -1, "20002").expect("blocked 003");
  }

  @Test
  void thePositionOfTheFillThatLedToTheLockoutIsNotDecidedTwice() {
    World world =
        new World(
            """
            daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
            """);
    world.position("MNQ", 2);
    world
        .trade("MNQ", -2)
        .pnl("-550")
        .send()
        .expect(
            "violation 003 hard " + UNTIL,
            "lock 003 hard " + UNTIL,
            "cancel all 003",
            "close all 003");
    world.position("MNQ", 0).expect("blocked 003");
    world.position("MNQ", 2).expect("blocked 003", "close MNQ long 2 003 guard");
  }

  @Test
  void aFillThatOpenedBeforeTheBreachIsCoveredByTheCloseAll() {
    World world =
        new World(
            """
            daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
            """);
    world.trade("MNQ", 1).fees("0.74").send();
    world
        .trade("ES", -1)
        .pnl("-500")
        .send()
        .expect(
            "violation 003 hard " + UNTIL,
            "lock 003 hard " + UNTIL,
            "cancel all 003",
            "close all 003");
    world.position("MNQ", 1).expect("blocked 003");
    world.position("MNQ", 2).expect("blocked 003", "close MNQ long 2 003 guard");
  }

  @Test
  void whenFlatEveryOrderIsAnEntry() {
    World world = closed();
    world.order(5, "MNQ").buy(1).limit("1").send().expect("blocked 003", "cancel 5 003 guard");
    world.order(6, "MNQ").sell(1).stop("1").send().expect("blocked 003", "cancel 6 003 guard");
    world
        .order(7, "ES")
        .sell(1)
        .stop("1")
        .status(OrderStatus.SUSPENDED)
        .send()
        .expect("blocked 003", "cancel 7 003 guard");
    assertThat(world.lockout("003").attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING,true",
    "OPEN,true",
    "SUSPENDED,true",
    "UNKNOWN,true",
    "PENDING_CANCELLATION,false",
    "FILLED,false",
    "REJECTED,false",
    "NONE,false"
  })
  void whatMayStillFillIsCancelled(OrderStatus status, boolean cancelled) {
    World world = closed();
    world.order(5, "MNQ").buy(1).created("14:00:30").status(status).send();
    if (cancelled) {
      world.expect("blocked 003", "cancel 5 003 guard");
      assertThat(world.lockout("003").attempts()).isEqualTo(1);
    } else {
      world.expect("blocked 003");
    }
  }

  @Test
  void anOrderWhoseCancellingWasDecidedIsNotDecidedAgain() {
    World world = closed();
    world.order(5, "MNQ").buy(2).limit("19000").send().expect("blocked 003", "cancel 5 003 guard");
    world.order(5, "MNQ").buy(2).limit("19001").send().expect("blocked 003");
    world.clock("14:05");
  }

  // ---- with positions that may stay

  @ParameterizedTest
  @CsvSource({
    "2,3,reduce MNQ 3>2 001 guard",
    "-2,-3,reduce MNQ 3>2 001 guard",
    "2,-1,close MNQ short 1 001 guard",
    "-2,1,close MNQ long 1 001 guard"
  })
  void beyondTheBaselineIsReducedToItAndAnotherSideClosed(long before, long after, String line) {
    World world = holding(before);
    world.trade("MNQ", after - before).send().expect("blocked 001");
    world.position("MNQ", after).expect("blocked 001", line);
    assertThat(world.lockout("001").attempts()).isEqualTo(1);
  }

  @Test
  void aNewContractIsClosed() {
    World world = holding(2);
    world.trade("ES", 1).send().expect("blocked 001");
    world.position("ES", 1, "6000").expect("blocked 001", "close ES long 1 001 guard");
  }

  @Test
  void reducingIsAllowedAndLowersTheBaseline() {
    World world = holding(3);
    world.trade("MNQ", -1).pnl("10").send().expect("blocked 001");
    world.position("MNQ", 2).expect("blocked 001");
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 3).expect("blocked 001", "reduce MNQ 3>2 001 guard");
    world.position("MNQ", 2).expect("blocked 001");
    world.position("MNQ", 0).expect("blocked 001");
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 1).expect("blocked 001", "close MNQ long 1 001 guard");
  }

  @Test
  void growthWithoutItsFillIsJudgedAfter250Milliseconds() {
    World world = holding(2);
    world.at("14:01:00.000").position("MNQ", 3).expect("blocked 001");
    world.clock("14:01:00.249");
    world.clock("14:01:00.250").expect("reduce MNQ 3>2 001 guard");
  }

  @Test
  void growthWithoutItsFillIsJudgedWhenTheFillArrives() {
    World world = holding(2);
    world.position("MNQ", 3).expect("blocked 001");
    world.trade("MNQ", 1).send().expect("blocked 001", "reduce MNQ 3>2 001 guard");
    world.clock("14:02");
  }

  @Test
  void aFillOfTheTimeBeforeTheLockoutRaisesTheBaseline() {
    World world = holding(2);
    world.position("MNQ", 3).expect("blocked 001");
    world.trade("MNQ", 1).executed("14:00").send().expect("blocked 001");
    world.clock("14:02");
    assertThat(world.lockout("001").baseline().of(World.id("MNQ"))).isEqualTo(3);
  }

  @Test
  void aFillOneNanosecondAfterTheLockoutDoesNot() {
    World world = holding(2);
    world.trade("MNQ", 1).executed("14:00:00.000000001").send().expect("blocked 001");
    world.position("MNQ", 3).expect("blocked 001", "reduce MNQ 3>2 001 guard");
  }

  @Test
  void aPositionEventNeverRaisesTheBaselineWhateverItsTimestamp() {
    World world = holding(2);
    world.position("MNQ", 4).expect("blocked 001");
    world.clock("14:01:00.250").expect("reduce MNQ 4>2 001 guard");
  }

  @Test
  void theBaselineIsWhatTheFillsImply() {
    World world = new World("max_contracts: {limit: 2, action: none, lockout: 10m}");
    world.position("ES", 2, "6000");
    world.trade("MNQ", 1).send();
    world
        .position("ES", 3, "6000")
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    Baseline baseline = world.lockout("001").baseline();
    assertThat(baseline.of(World.id("MNQ"))).isEqualTo(1);
    assertThat(baseline.of(World.id("ES"))).isEqualTo(3);
    world.position("MNQ", 1).expect("blocked 001");
    // The fill behind the third ES was already in its position: it does not raise the baseline.
    world.trade("ES", 1).executed("13:59:59").send().expect("blocked 001");
    assertThat(world.lockout("001").baseline().of(World.id("ES"))).isEqualTo(3);
  }

  @Test
  void underABaselineOfZeroGrowthIsJudgedAtOnce() {
    World world = closed();
    world.position("MNQ", 1).expect("blocked 003", "close MNQ long 1 003 guard");
  }

  @Test
  void whatWasClosedWhileNobodyLookedMayNotComeBack() {
    World world = holding(2);
    world.flatSnapshot().send();
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 1).expect("blocked 001", "close MNQ long 1 001 guard");
  }

  @Test
  void aRestartKeepsTheBaselineAndDoesNotTakeANewOne() {
    World world = holding(2);
    world
        .restart()
        .at("14:02")
        .snapshot()
        .listed(true)
        .position("MNQ", 4, "20000")
        .noOrders()
        .send();
    world.expect("reduce MNQ 4>2 001 guard");
  }

  @Test
  void aRestartDoesNotBringBackWhatWasClosedMeanwhile() {
    World world = holding(2);
    world
        .restart()
        .at("14:02")
        .snapshot()
        .listed(true)
        .position("MNQ", 1, "20000")
        .noOrders()
        .send();
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 2).expect("blocked 001", "reduce MNQ 2>1 001 guard");
  }

  @Test
  void beforeThePositionsAreReadNoStopIsTakenForAnEntry() {
    World world = holding(2);
    world.restart().at("14:02");
    world.order(5, "MNQ").sell(2).stop("19000").send().expect("blocked 001");
    world.trade("MNQ", -1).pnl("5").send().expect("blocked 001");
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 1, "20000")
        .order(world.order(5, "MNQ").sell(2).stop("19000"))
        .send()
        .expect("resize 5 2>1 001 guard");
  }

  // ---- orders while positions may stay

  @ParameterizedTest
  @CsvSource({"2,BUY", "-2,SELL"})
  void anOrderOnThePositionsSideIsAnEntry(long held, String side) {
    World world = holding(held);
    var ticket = world.order(5, "MNQ");
    (side.equals("BUY") ? ticket.buy(1) : ticket.sell(1)).limit("20000").send();
    world.expect("blocked 001", "cancel 5 001 guard");
  }

  @ParameterizedTest
  @CsvSource({"1,", "2,", "3,resize 5 3>2 001 guard"})
  void anOppositeOrderIsCutToThePosition(long size, String line) {
    World world = holding(2);
    world.order(5, "MNQ").sell(size).stop("19000").send();
    if (line == null) {
      world.expect("blocked 001");
    } else {
      world.expect("blocked 001", line);
      world.order(5, "MNQ").sell(size).stop("19001").send().expect("blocked 001");
    }
  }

  @Test
  void aPartlyFilledStopIsMeasuredByWhatIsLeftOfIt() {
    World world = holding(2);
    world.order(5, "MNQ").sell(3).filled(1).stop("19000").send().expect("blocked 001");
    world.trade("MNQ", -1).pnl("-5").send().expect("blocked 001");
    // The stop covers two of the two shown until the venue shows what the fill has left.
    world.position("MNQ", 1).expect("blocked 001", "resize 5 3>2 001 guard");
  }

  @Test
  void aStopIsCutAgainAsThePositionShrinksAndCancelledWhenItIsGone() {
    World world = holding(3);
    world.order(5, "MNQ").sell(3).stop("19000").send().expect("blocked 001");
    world.position("MNQ", 2).expect("blocked 001", "resize 5 3>2 001 guard");
    world.position("MNQ", 1).expect("blocked 001", "resize 5 3>1 001 guard");
    world.position("MNQ", 0).expect("blocked 001", "cancel 5 001 guard");
  }

  @Test
  void theOnlyStopOfAPositionThatIsBeingClosedStays() {
    World world = closed();
    world.position("MNQ", 2).expect("blocked 003", "close MNQ long 2 003 guard");
    world.order(5, "MNQ").sell(2).stop("19000").send().expect("blocked 003");
    // Its closing fill is here before the position event: flat only by the fills.
    world.trade("MNQ", -2).pnl("1").send().expect("blocked 003");
    world.position("MNQ", 0).expect("blocked 003", "cancel 5 003 guard");
  }

  @Test
  void theRestOfTheOrderThatLedToTheLockoutIsCancelled() {
    World world =
        new World(
            """
            daily_realized_loss: {limit: -500, action: none, lockout: 30m}
            """);
    world.position("MNQ", 3);
    world.order(9, "MNQ").buy(3).filled(0).limit("20000").send();
    world
        .trade("ES", -1)
        .pnl("-500")
        .send()
        .expect(
            "violation 003 cooldown until 2025-10-31T14:30:00Z",
            "lock 003 cooldown until 2025-10-31T14:30:00Z",
            "cancel 9 003 guard");
  }

  @Test
  void noStopIsEverAnEntryWhateverItsType() {
    World world = holding(-2);
    world.order(5, "MNQ").buy(2).type(OrderType.TRAILING_STOP).send().expect("blocked 001");
    world.order(6, "MNQ").buy(2).type(OrderType.STOP_LIMIT).send().expect("blocked 001");
    world.order(7, "MNQ").buy(2).type(OrderType.LIMIT).send().expect("blocked 001");
  }

  // ---- the end

  @Test
  void whenTheLockoutEndsTheGuardForgets() {
    World world = holding(2);
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 3).expect("blocked 001", "reduce MNQ 3>2 001 guard");
    // The reduce is not done: three are held, one more than when the rule last answered.
    world
        .clock("14:10")
        .expect(
            "unlock 001 by expired",
            "violation 001 cooldown until 2025-10-31T14:20:00Z",
            "lock 001 cooldown until 2025-10-31T14:20:00Z");
  }

  @Test
  void severalLockoutsLetStayWhatTheTightestDoes() {
    World world = holding(2);
    world.lockUntil("14:05").expect("lock MANUAL manual until 2025-10-31T14:05:00Z");
    world.trade("MNQ", -1).pnl("1").send().expect("blocked 001");
    world.position("MNQ", 1).expect("blocked 001");
    assertThat(world.lockout("MANUAL").baseline().of(World.id("MNQ"))).isEqualTo(1);
    world.trade("MNQ", 1).send().expect("blocked 001");
    world.position("MNQ", 2).expect("blocked 001", "reduce MNQ 2>1 001 guard");
  }

  @Test
  void aFlattenDuringALockoutIsNotRepeatedByTheGuard() {
    World world = holding(2);
    world.order(5, "MNQ").sell(2).stop("19000").send().expect("blocked 001");
    world.flatten().expect("cancel all MANUAL", "close all MANUAL");
    world.position("MNQ", 1).expect("blocked 001");
    world.position("MNQ", 0).expect("blocked 001");
  }
}
