package dev.riskmanager.domain.rule.catalog;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.Ticket;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RULE-012: where stops belong, when they are moved, what is placed at a fill and taken back. */
class TradeManagementTest extends WorldTest {
  private static final String BREAKEVEN =
      "auto_breakeven: {profit_trigger_ticks: 10, offset_ticks: 1}";
  private static final String TRAIL =
      "trailing_stop: {activation_ticks: 20, trail_distance_ticks: 10}";
  private static final String STOP = "auto_stop_loss: {enabled: true, ticks: 40}";
  private static final String TARGET = "auto_take_profit: {enabled: true, ticks: 80}";
  private static final String MANUAL = "lock MANUAL manual until 2025-10-31T15:00:00Z";

  private static World world(String... parts) {
    String all = Stream.of(parts).filter(part -> !part.isEmpty()).collect(joining(", "));
    return new World("trade_management: {" + all + "}");
  }

  /** Long or short 1 MNQ from 21000 with a stop 10 points behind, order 5. */
  private static World held(long signedSize, String... parts) {
    World world = world(parts);
    world.at("14:00").position("MNQ", signedSize, "21000");
    stop(world, signedSize, signedSize > 0 ? "20990" : "21010");
    return world.at("14:01");
  }

  /** Long 1 MNQ from 21000, its stop and target asked for and not told yet. */
  private static World placed(String... parts) {
    World world = world(String.join(", ", parts), STOP, TARGET);
    return world
        .position("MNQ", 1, "21000")
        .expect("place stop SELL 1 at 20990.00 012", "place target SELL 1 at 21020.00 012");
  }

  /** Order 5 as the venue tells it now. */
  private static World stop(World world, long signedSize, String price) {
    return signedSize > 0
        ? world.order(5, "MNQ").sell(signedSize).stop(price).send()
        : world.order(5, "MNQ").buy(-signedSize).stop(price).send();
  }

  // ---- break-even

  @ParameterizedTest
  @CsvSource({
    "1,21002.25,",
    "1,21002.50,21000.25",
    "1,21003,21000.25",
    "-1,20997.75,",
    "-1,20997.50,20999.75",
    "-1,20997,20999.75"
  })
  void breakevenGoesToTheEntryAndItsOffsetOnceThereIsEnoughProfit(
      long side, String mark, String level) {
    World world = held(side, BREAKEVEN).quote("MNQ", mark);
    if (level != null) {
      world.expect("stop 5 to " + price(level) + " 012");
    }
  }

  private static String price(String text) {
    return text.contains(".") ? text : text + ".00";
  }

  @Test
  void breakevenIsReachedOnceAndForAll() {
    World world = held(1, BREAKEVEN);
    world.quote("MNQ", "21002.50").expect("stop 5 to 21000.25 012");
    stop(world, 1, "21000.25");
    world.at("14:01:10").quote("MNQ", "21009");
    world.at("14:01:20").quote("MNQ", "21000.50");
  }

  @Test
  void anOffsetOfZeroIsTheEntryItself() {
    World world = held(-1, "auto_breakeven: {profit_trigger_ticks: 4, offset_ticks: 0}");
    world.quote("MNQ", "20999").expect("stop 5 to 21000.00 012");
  }

  /** An average entry between two ticks is rounded to the tick that leaves less to lose. */
  @ParameterizedTest
  @CsvSource({
    "MNQ,1,21000.10,21003,21000.50",
    "MNQ,-1,21000.10,20997,20999.75",
    "RTY,1,2200.04,2202,2200.20",
    "RTY,-1,2200.04,2198,2199.90",
    "6J,1,0.0065002,0.00651,0.006501",
    "6J,-1,0.0065002,0.00649,0.0064995",
    "CL,1,-1.005,-0.5,-0.99",
    "CL,-1,-1.005,-1.5,-1.02"
  })
  void pricesAreRoundedToTheTighterTick(
      String symbol, long side, String entry, String mark, String level) {
    World world = world(BREAKEVEN);
    world.position(symbol, side, entry);
    if (side > 0) {
      world.order(5, symbol).sell(1).stop("-100").send();
    } else {
      world.order(5, symbol).buy(1).stop("90000").send();
    }
    world.quote(symbol, mark).expect("stop 5 to " + level + " 012");
  }

  // ---- trailing

  @ParameterizedTest
  @CsvSource({
    "1,21004.75,",
    "1,21005,21002.50",
    "1,21011,21008.50",
    "-1,20995.25,",
    "-1,20995,20997.50",
    "-1,20989,20991.50"
  })
  void theTrailBeginsAtItsActivation(long side, String mark, String level) {
    World world = held(side, TRAIL).quote("MNQ", mark);
    if (level != null) {
      world.expect("stop 5 to " + price(level) + " 012");
    }
  }

  @Test
  void theTrailFollowsTheBestMarkAndNeverGoesBack() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    stop(world, 1, "21002.50");
    world.at("14:01:02").quote("MNQ", "21003");
    world.at("14:01:04").quote("MNQ", "21005");
    world.at("14:01:06").quote("MNQ", "21005.25").expect("stop 5 to 21002.75 012");
    stop(world, 1, "21002.75");
    world.at("14:01:08").quote("MNQ", "21003.50");
  }

  @Test
  void aMarkBetweenTwoTicksTrailsAtTheTighter() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21006", "21006.25").expect("stop 5 to 21003.75 012");
    World other = held(-1, TRAIL);
    other.quote("MNQ", "20993.75", "20994").expect("stop 5 to 20996.25 012");
  }

  @Test
  void ofBreakevenAndTrailTheTighterCounts() {
    World world = held(1, BREAKEVEN, TRAIL);
    world.quote("MNQ", "21002.50").expect("stop 5 to 21000.25 012");
    stop(world, 1, "21000.25");
    world.at("14:01:02").quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    World wide =
        held(1, BREAKEVEN, "trailing_stop: {activation_ticks: 5, trail_distance_ticks: 30}");
    wide.quote("MNQ", "21003").expect("stop 5 to 21000.25 012");
  }

  @Test
  void theExampleOfThePage() {
    World world = held(1, BREAKEVEN, TRAIL);
    world.quote("MNQ", "21002.50").expect("stop 5 to 21000.25 012");
    stop(world, 1, "21000.25");
    world.at("14:01:02").quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    stop(world, 1, "21002.50");
    world.at("14:01:04").quote("MNQ", "21003");
  }

  @Test
  void theBestMarkIsRememberedBeforeThereIsAnyStop() {
    World world = world(TRAIL);
    world.position("MNQ", 1, "21000");
    world.quote("MNQ", "21010");
    world.at("14:00:03").quote("MNQ", "21008");
    stop(world, 1, "20990").expect("stop 5 to 21007.50 012");
  }

  @Test
  void scalingInRestartsTheTrail() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    stop(world, 1, "21002.50");
    world.at("14:01:02").quote("MNQ", "21004");
    world.position("MNQ", 2, "21002");
    // From 21002 on: at 21006.75 there are 19 ticks.
    world.at("14:01:04").quote("MNQ", "21006.75");
    world.at("14:01:06").quote("MNQ", "21007").expect("stop 5 to 21004.50 012");
  }

  @Test
  void scalingOutDoesNot() {
    World world = held(2, TRAIL);
    world.quote("MNQ", "21010").expect("stop 5 to 21007.50 012");
    stop(world, 2, "21007.50");
    world.at("14:01:02").quote("MNQ", "21008");
    world.position("MNQ", 1, "21000");
    world.at("14:01:04").quote("MNQ", "21010.25").expect("stop 5 to 21007.75 012");
  }

  @Test
  void aNewPositionStartsAnew() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21010").expect("stop 5 to 21007.50 012");
    world.position("MNQ", 0, "0");
    world.order(5, "MNQ").sell(1).status(OrderStatus.FILLED).filled(1).send();
    world.at("14:01:02").quote("MNQ", "21001");
    world.position("MNQ", 1, "21001");
    world.order(6, "MNQ").sell(1).stop("20991").send();
    world.at("14:01:04").quote("MNQ", "21005.75");
    world.at("14:01:06").quote("MNQ", "21006").expect("stop 6 to 21003.50 012");
  }

  // ---- never on the wrong side, never looser

  @Test
  void aStopNeverPassesTheMarket() {
    World world = world(BREAKEVEN, TRAIL);
    world.position("MNQ", 1, "21000");
    world.quote("MNQ", "21010");
    // Trail 21007.50 and break-even 21000.25 are both ahead of the market or at it.
    world.at("14:00:03").quote("MNQ", "21000.25");
    stop(world, 1, "20990");
    // Now the break-even is behind it, the trail still is not.
    world.at("14:00:04").quote("MNQ", "21000.50").expect("stop 5 to 21000.25 012");
    stop(world, 1, "21000.25");
    world.at("14:00:06").quote("MNQ", "21007.50");
    world.at("14:00:07").quote("MNQ", "21007.75").expect("stop 5 to 21007.50 012");
  }

  @ParameterizedTest
  @CsvSource({"21000.25,false", "21000.50,false", "21000.24,true", "20000,true"})
  void aStopIsNeverMovedAwayFromTheMarket(String stands, boolean moved) {
    World world = world(BREAKEVEN);
    world.position("MNQ", 1, "21000");
    stop(world, 1, stands);
    world.quote("MNQ", "21004");
    if (moved) {
      world.expect("stop 5 to 21000.25 012");
    }
  }

  @Test
  void everyStopThatIsLooserIsMoved() {
    World world = held(1, TRAIL);
    world.order(6, "MNQ").sell(1).stop("21004").send();
    world.order(7, "MNQ").sell(1).stop("21001").send();
    world.quote("MNQ", "21006").expect("stop 5 to 21003.50 012", "stop 7 to 21003.50 012");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,OPEN,true",
    "STOP_LIMIT,OPEN,true",
    "TRAILING_STOP,OPEN,false",
    "LIMIT,OPEN,false",
    "STOP,PENDING,false",
    "STOP,SUSPENDED,false",
    "STOP,PENDING_CANCELLATION,false"
  })
  void onlyOpenStopsAndStopLimitsAreMoved(OrderType type, OrderStatus status, boolean moved) {
    World world = world(TRAIL);
    world.position("MNQ", 1, "21000");
    world.order(5, "MNQ").sell(1).stop("20990").type(type).status(status).send();
    world.quote("MNQ", "21006");
    if (moved) {
      world.expect("stop 5 to 21003.50 012");
    }
  }

  @Test
  void ordersOfOthersAreLeftAlone() {
    World world = world(TRAIL);
    world.position("MNQ", 1, "21000");
    world.order(5, "MNQ").buy(1).stop("21100").send();
    world.order(6, "MNQ.H26").sell(1).stop("20990").send();
    world.order(7, "ES").sell(1).stop("5990").send();
    world.account(2).order(8, "MNQ").sell(1).stop("20990").send();
    world.account(1).quote("MNQ", "21006");
  }

  // ---- the pace

  @Test
  void atMostOneModifyASecondAndOnlyTheNewest() {
    World world = held(1, TRAIL);
    world.at("14:01:00").quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    world.at("14:01:00.200").quote("MNQ", "21006");
    world.at("14:01:00.400").quote("MNQ", "21008");
    stop(world, 1, "21002.50");
    world.at("14:01:00.900").quote("MNQ", "21007.75");
    world.clock("14:01:00.999");
    world.clock("14:01:01").expect("stop 5 to 21005.50 012");
    // Asked, and not done yet: the same is not asked again.
    world.at("14:01:03").quote("MNQ", "21008");
    world.at("14:01:04").quote("MNQ", "21008.25").expect("stop 5 to 21005.75 012");
  }

  @Test
  void eachOrderHasItsOwnPace() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    world.at("14:01:00.500").order(6, "MNQ").sell(1).stop("20990").send();
    world.expect("stop 6 to 21002.50 012");
    world.at("14:01:00.600").quote("MNQ", "21006");
    world.clock("14:01:01").expect("stop 5 to 21003.50 012");
    world.at("14:01:01.400").quote("MNQ", "21006.50");
    world.clock("14:01:01.500").expect("stop 6 to 21004.00 012");
    world.clock("14:01:02").expect("stop 5 to 21004.00 012");
  }

  @Test
  void aDelayedModifyIsForgottenWhenTheMarketHasPassedIt() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21005").expect("stop 5 to 21002.50 012");
    world.at("14:01:00.200").quote("MNQ", "21010");
    world.at("14:01:00.300").quote("MNQ", "21004");
    world.clock("14:01:01");
    world.at("14:01:02").quote("MNQ", "21004.25");
  }

  @Test
  void aStopThatTheTraderMovesBackIsTightenedAgain() {
    World world = held(1, BREAKEVEN);
    world.quote("MNQ", "21003").expect("stop 5 to 21000.25 012");
    stop(world, 1, "21000.25");
    // Back to exactly where it stood when it was asked for.
    world.at("14:01:02").order(5, "MNQ").sell(1).stop("20990").send();
    world.expect("stop 5 to 21000.25 012");
    stop(world, 1, "21000.25");
    world.at("14:01:02.500").order(5, "MNQ").sell(1).stop("20980").send();
    world.clock("14:01:03").expect("stop 5 to 21000.25 012");
  }

  // ---- prices it does not trust

  @Test
  void withoutAFreshMarkNothingMoves() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21010").expect("stop 5 to 21007.50 012");
    stop(world, 1, "21007.50");
    assertThat(world.reading("012")).isEqualTo(Reading.of("active", "", 0));
    world.at("14:01:05.001").order(6, "MNQ").sell(1).stop("20990").send();
    assertThat(world.reading("012").degraded()).contains("no fresh price for MNQ");
    world.at("14:01:06").quote("MNQ", "21009").expect("stop 6 to 21007.50 012");
  }

  @Test
  void withoutATickSizeItIsDegradedAndPlacesNothing() {
    World world = world(STOP, TRAIL);
    world.position("BTC", 1, "100000");
    world.quote("BTC", "101000");
    assertThat(world.reading("012").degraded()).contains("no tick size is known for BTC");
  }

  @Test
  void aQuoteOfAnotherContractMovesNothing() {
    World world = held(1, TRAIL);
    world.position("ES", 1, "6000");
    world.order(6, "ES").sell(1).stop("5990").send();
    world.quote("ES", "6010").expect("stop 6 to 6007.50 012");
    world.at("14:01:02").quote("MNQ", "21010").expect("stop 5 to 21007.50 012");
  }

  @Test
  void marketTradesMoveTheMarkToo() {
    held(1, BREAKEVEN).marketTrade("MNQ", "21002.50").expect("stop 5 to 21000.25 012");
  }

  // ---- at the fill

  @ParameterizedTest
  @CsvSource({
    "MNQ,2,21000,20990.00,21020.00,SELL",
    "MNQ,-2,21000,21010.00,20980.00,BUY",
    "RTY,2,2200.05,2196.10,2208.00,SELL",
    "RTY,-2,2200.05,2204.00,2192.10,BUY",
    "6J,2,0.0065002,0.0064805,0.00654,SELL",
    "6J,-2,0.0065002,0.00652,0.0064605,BUY"
  })
  void stopAndTargetArePlacedAtTheFill(
      String symbol, long size, String entry, String stop, String target, String side) {
    World world = world(STOP, TARGET);
    world.position(symbol, size, entry);
    world.expect(
        "place stop " + side + " 2 at " + stop + " 012",
        "place target " + side + " 2 at " + target + " 012");
  }

  @Test
  void scalingInPlacesForWhatWasAddedAndScalingOutPlacesNothing() {
    World world = world(STOP);
    world.position("MNQ", 1, "21000").expect("place stop SELL 1 at 20990.00 012");
    world.order(5, "MNQ").sell(1).stop("20990").tag("RM-1").send();
    world.at("14:00:30").position("MNQ", 3, "21002").expect("place stop SELL 2 at 20992.00 012");
    world.order(6, "MNQ").sell(2).stop("20992").tag("RM-2").send();
    world.position("MNQ", 3, "21002.25");
    world.at("14:00:40");
    // Order 5 stood looser, and its part is gone.
    world.position("MNQ", 2, "21002").expect("cancel 5 012");
  }

  /** As many as were added, less what the orders there cover of the position. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,", "3,", "0,2"})
  void whatIsCoveredAlreadyIsNotCoveredTwice(long covered, Long placed) {
    World world = world(STOP, TARGET);
    if (covered > 0) {
      world.order(5, "MNQ").sell(covered).stop("20900").send();
      world.order(6, "MNQ").sell(covered).limit("21100").send();
    }
    world.position("MNQ", 2, "21000");
    if (placed != null) {
      world.expect(
          "place stop SELL " + placed + " at 20990.00 012",
          "place target SELL " + placed + " at 21020.00 012");
    }
  }

  @Test
  void theChildrenOfABracketCover() {
    World world = world(STOP, TARGET);
    world.order(10, "MNQ").buy(2).type(OrderType.MARKET).status(OrderStatus.PENDING).send();
    world.order(11, "MNQ").sell(2).stop("0").status(OrderStatus.SUSPENDED).parent(10).send();
    world.order(12, "MNQ").sell(2).limit("0").status(OrderStatus.SUSPENDED).parent(10).send();
    world.trade("MNQ", 2).order(10).send();
    world.position("MNQ", 2, "21000");
  }

  @ParameterizedTest
  @CsvSource({
    "1,20990,20989.75,21020.00",
    "1,20989.80,20989.75,21020.00",
    "1,20980,20979.75,21020.00",
    "1,21020,20990.00,21020.25",
    "1,21030.10,20990.00,21030.25",
    "-1,21010,21010.25,20980.00",
    "-1,20980,21010.00,20979.75"
  })
  void aPriceThatTheMarketHasPassedBecomesTheNextTick(
      long side, String mark, String stop, String target) {
    World world = world(STOP, TARGET);
    world.quote("MNQ", mark);
    world.position("MNQ", side, "21000");
    String order = side > 0 ? "SELL" : "BUY";
    world.expect(
        "place stop " + order + " 1 at " + stop + " 012",
        "place target " + order + " 1 at " + target + " 012");
  }

  @Test
  void aFlipIsAFill() {
    World world = world(STOP);
    world.position("MNQ", 2, "21000").expect("place stop SELL 2 at 20990.00 012");
    world.order(5, "MNQ").sell(2).stop("20990").tag("RM-1").send();
    world.at("14:00:30").position("MNQ", -1, "20995");
    world.expect("cancel 5 012", "place stop BUY 1 at 21005.00 012");
  }

  @Test
  void whatIsFoundByASnapshotWasNotFilledNow() {
    World world = world(STOP, TARGET);
    world.snapshot().listed(true).position("MNQ", 2, "21000").noOrders().send();
    world.at("14:01").position("MNQ", 3, "21000");
    world.expect("place stop SELL 1 at 20990.00 012", "place target SELL 1 at 21020.00 012");
  }

  // ---- its own orders

  @Test
  void itsOwnOrdersGoWithThePosition() {
    World world = world(STOP);
    world.position("MNQ", 1, "21000").expect("place stop SELL 1 at 20990.00 012");
    world.order(5, "MNQ").sell(1).stop("20990").tag("RM-1").send();
    world.order(6, "MNQ").sell(1).limit("21020").tag("RM-2").send();
    world.order(7, "MNQ").sell(1).stop("20985").tag("mine").send();
    world.at("14:00:30").position("MNQ", 0, "0").expect("cancel 5 012", "cancel 6 012");
    // Asked for once; an order that arrives after the position is gone goes too.
    world.order(5, "MNQ").sell(1).stop("20990.25").tag("RM-1").send();
    world.order(8, "MNQ").sell(1).stop("20990").tag("RM-3").send().expect("cancel 8 012");
    world.order(9, "MNQ").sell(1).status(OrderStatus.PENDING_CANCELLATION).tag("RM-4").send();
  }

  @Test
  void aStopThatFillsTakesTheTargetWithIt() {
    World world = world(TARGET);
    world.position("MNQ", 1, "21000").expect("place target SELL 1 at 21020.00 012");
    world.order(6, "MNQ").sell(1).limit("21020").tag("RM-2").send();
    stop(world, 1, "20990");
    world.at("14:01").order(5, "MNQ").sell(1).status(OrderStatus.FILLED).filled(1).send();
    world.trade("MNQ", -1).order(5).pnl("-20").send();
    world.position("MNQ", 0, "0").expect("cancel 6 012");
  }

  @Test
  void itsOwnOrdersNeverBecomeLargerThanThePosition() {
    World world = world(STOP, TARGET);
    world
        .position("MNQ", 3, "21000")
        .expect("place stop SELL 3 at 20990.00 012", "place target SELL 3 at 21020.00 012");
    world.order(5, "MNQ").sell(3).stop("20990").tag("RM-1").send();
    world.order(6, "MNQ").sell(3).limit("21020").tag("RM-2").send();
    // The target fills 1 of 3: the stop of 3 would open a short of 1.
    world.at("14:01").order(6, "MNQ").sell(3).limit("21020").filled(1).tag("RM-2").send();
    world.trade("MNQ", -1).order(6).pnl("40").send();
    world.position("MNQ", 2, "21000").expect("resize 5 3>2 012");
    // Asked for once; done; and again when the trader enlarges it.
    world.at("14:01:01").order(5, "MNQ").sell(3).stop("20991").tag("RM-1").send();
    world.at("14:01:02").order(5, "MNQ").sell(2).stop("20991").tag("RM-1").send();
    world.at("14:01:03").order(5, "MNQ").sell(4).stop("20991").tag("RM-1").send();
    world.expect("resize 5 4>2 012");
  }

  @Test
  void ofSeveralTheNearestToTheMarketStay() {
    for (int side = 1; side >= -1; side -= 2) {
      World world = world(BREAKEVEN);
      world.position("MNQ", 4L * side, "21000");
      String closing = side > 0 ? "SELL" : "BUY";
      for (int i = 0; i < 3; i++) {
        own(world, 8 + i, closing, 1).limit("" + (21000 + side * (20 + 5 * i))).send();
        own(world, 5 + i, closing, 2).stop("" + (21000 - side * (10 + 5 * i))).send();
      }
      world.expect("cancel 7 012");
      world.at("14:01").position("MNQ", 3L * side, "21000").expect("resize 6 2>1 012");
      world.at("14:02").position("MNQ", 1L * side, "21000");
      world.expect("cancel 6 012", "cancel 9 012", "cancel 10 012", "resize 5 2>1 012");
    }
  }

  private static Ticket own(World world, long id, String side, long size) {
    Ticket ticket = world.order(id, "MNQ").tag("RM-1");
    return side.equals("SELL") ? ticket.sell(size) : ticket.buy(size);
  }

  @Test
  void aRestartForgetsNoneOfItsOrders() {
    World world = world(STOP);
    world.position("MNQ", 1, "21000").expect("place stop SELL 1 at 20990.00 012");
    world.order(5, "MNQ").sell(1).stop("20990").tag("RM-1").send();
    world.restart().at("14:05").order(5, "MNQ").sell(1).stop("20990").tag("RM-1").send();
    world
        .snapshot()
        .listed(true)
        .flat()
        .order(world.order(5, "MNQ").sell(1).stop("20990").tag("RM-1"))
        .send()
        .expect("cancel 5 012");
  }

  // ---- restarts

  @Test
  void aRestartKeepsTheBestMarkAndAsksAgainForWhatWasUnderWay() {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21010").expect("stop 5 to 21007.50 012");
    world.restart().at("14:02").quote("MNQ", "21008");
    world.at("14:02:01");
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 1, "21000")
        .order(world.order(5, "MNQ").sell(1).stop("20990"))
        .send()
        .expect("stop 5 to 21007.50 012");
  }

  // ---- locked, gated, shadow

  @Test
  void underALockoutThatLetsPositionsStayItOnlyTightens() {
    World world = placed(TRAIL);
    stop(world, 1, "20990");
    world.at("14:01").lockUntil("15:00").expect(MANUAL);
    world.quote("MNQ", "21005").expect("stop 5 to 21002.50 012 guard");
    stop(world, 1, "21002.50").expect("blocked MANUAL");
    world.at("14:01:01").trade("MNQ", 1).send().expect("blocked MANUAL");
    world.position("MNQ", 2, "21003").expect("blocked MANUAL", "reduce MNQ 2>1 MANUAL guard");
    world.clock("15:00").expect("unlock MANUAL by expired");
  }

  @Test
  void itsOwnOrdersAreCancelledUnderALockoutToo() {
    World world = placed();
    stop(world, 1, "20990");
    world.order(6, "MNQ").sell(1).stop("20990").tag("RM-1").send();
    world.lockUntil("15:00").expect(MANUAL);
    world
        .position("MNQ", 0, "0")
        .expect("blocked MANUAL", "cancel 5 MANUAL guard", "cancel 6 MANUAL guard");
  }

  @Test
  void aLockoutOfTheSymbolGatesItAndNothingIsTakenForAsked() {
    World world =
        new World(
            """
            trade_management: {trailing_stop: {activation_ticks: 20, trail_distance_ticks: 10}}
            symbol_blocks: {blocked_symbols: [MNQ], action: none}
            """);
    world
        .position("MNQ", 1, "21000")
        .expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open");
    stop(world, 1, "20990");
    world.quote("MNQ", "21010");
    world.at("14:00:01").unlock().expect("unlock 011 MNQ by admin:root", "stop 5 to 21007.50 012");
  }

  @Test
  void aShadowDoesNothingAndTakesNothingForAsked() {
    World world = held(1, "mode: shadow", STOP, TARGET, TRAIL, BREAKEVEN);
    world.order(6, "MNQ").sell(9).stop("20990").tag("RM-1").send();
    world.quote("MNQ", "21010");
    world.at("14:01:01").position("MNQ", 0, "0");
    world.position("MNQ", 1, "21000");
    world.quote("MNQ", "21010");
    world.configure("trade_management: {" + TRAIL + "}");
    world.expect("stop 5 to 21007.50 012", "stop 6 to 21007.50 012", "resize 6 9>1 012");
  }

  @Test
  void aCloseOfThePositionLeavesNothingToManage() {
    World world =
        new World(
            """
            max_contracts: {limit: 1}
            trade_management: {auto_stop_loss: {enabled: true, ticks: 40}}
            """);
    world.position("MNQ", 2, "21000").expect("violation 001", "cancel all 001", "close all 001");
  }

  @Test
  void itIsNeverAViolation() {
    World world = placed(TRAIL, BREAKEVEN, "action: close_all, lockout: 5m");
    world.quote("MNQ", "20000");
    assertThat(world.books().episodes().isEmpty()).isTrue();
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      names = {"FILLED", "CANCELLED", "EXPIRED", "REJECTED"})
  void nothingIsRememberedOfWhatIsGone(OrderStatus end) {
    World world = held(1, TRAIL);
    world.quote("MNQ", "21010").expect("stop 5 to 21007.50 012");
    world.at("14:01:00.500").quote("MNQ", "21011");
    world.order(5, "MNQ").sell(1).status(end).send();
    world.position("MNQ", 0, "0");
    assertThat(world.books().memory().isEmpty()).isTrue();
    assertThat(world.books().timers().isEmpty()).isTrue();
  }

  @Test
  void whatIsWrongInTheFileIsSaid() {
    assertThat(RuleFile.problems("trade_management: {}"))
        .containsExactly(
            "warning trade_management.enabled: nothing is enabled in it: it does nothing");
    assertThat(
            RuleFile.problems(
                "trade_management: {auto_breakeven: {profit_trigger_ticks: 3, offset_ticks: 3}}"))
        .containsExactly(
            "trade_management.auto_breakeven: offset_ticks must be below profit_trigger_ticks:"
                + " the stop would stand beyond the market");
    assertThat(
            RuleFile.problems(
                "trade_management: {auto_stop_loss: {enabled: true}, auto_take_profit: {ticks:"
                    + " 0}}"))
        .hasSize(2);
  }
}
