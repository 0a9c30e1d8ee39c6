package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Price;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moving and placing protective orders. */
class EditsTest {
  private final World world = new World();

  private static Decision.ModifyStop move(long orderId, String price) {
    return new Decision.ModifyStop(
        World.cause(ACCOUNT), "MNQ", MNQ, orderId, OrderSide.SELL, 2, Price.of(price));
  }

  private static Decision.PlaceStop stop(long size, String price) {
    return new Decision.PlaceStop(
        World.cause(ACCOUNT), "MNQ", MNQ, OrderSide.SELL, size, Price.of(price));
  }

  private static Decision.PlaceTarget target(long size, String price) {
    return new Decision.PlaceTarget(
        World.cause(ACCOUNT), "MNQ", MNQ, OrderSide.SELL, size, Price.of(price));
  }

  private long workingStop() {
    world.venue.open(ACCOUNT, MNQ, 2);
    return world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 2);
  }

  private List<Long> times(Class<? extends VenueRequest> kind) {
    return world.calls.sent(kind).stream().map(VirtualCalls.Departure::atMillis).toList();
  }

  private Price stopPrice(long orderId) {
    return world.venue.order(orderId).flatMap(Order::stopPrice).orElseThrow();
  }

  // --- moving ---

  @Test
  void aStopIsMovedByOneRequest() {
    long stop = workingStop();

    world.decide(move(stop, "21010.50"));
    world.passUntilFinished();

    assertThat(stopPrice(stop)).isEqualTo(Price.of("21010.50"));
    assertThat(world.calls.departures).hasSize(1);
    assertThat(world.receipt().outcome()).isEqualTo("DONE");
  }

  @Test
  void atMostOneModifyASecondAndOnlyTheNewest() {
    long stop = workingStop();

    world.decide(move(stop, "21010.50"));
    for (int i = 1; i <= 9; i++) {
      world.time.pass(100);
      world.decide(move(stop, "2101" + i + ".25"));
    }
    world.time.pass(5_000);

    assertThat(times(VenueRequest.MoveStop.class)).containsExactly(0L, 1_000L);
    assertThat(stopPrice(stop)).isEqualTo(Price.of("21019.25"));
  }

  @Test
  void theSecondIsCountedForEachOrderAlone() {
    long first = workingStop();
    long second = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 1);

    world.decide(move(first, "21010.50"), move(second, "21011.75"));

    assertThat(times(VenueRequest.MoveStop.class)).containsExactly(0L, 0L);
    world.passUntilFinished();
  }

  @Test
  void aStopThatIsGoneNeedsNoMoving() {
    long stop = workingStop();
    world.venue.fillOrder(stop);

    world.decide(move(stop, "21010.50"));
    world.passUntilFinished();

    assertThat(times(VenueRequest.MoveStop.class)).hasSize(1);
    assertThat(world.receipt().outcome()).isEqualTo("DONE");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REFUSED_FOR_EVER", "IGNORED"},
      mode = EnumSource.Mode.EXCLUDE)
  void whateverGoesWrongOnceTheStopIsMoved(Fault fault) {
    long stop = workingStop();
    world.calls.fail(r -> r instanceof VenueRequest.MoveStop, fault, 1);

    world.decide(move(stop, "21010.50"));
    world.passUntilFinished();

    assertThat(stopPrice(stop)).isEqualTo(Price.of("21010.50"));
    assertThat(world.receipt().outcome()).isEqualTo("DONE");
    List<Long> sent = times(VenueRequest.MoveStop.class);
    assertThat(sent).hasSizeBetween(1, 2);
    assertThat(sent.getLast() - sent.getFirst())
        .satisfiesAnyOf(
            gap -> assertThat(gap).isZero(), gap -> assertThat(gap).isGreaterThanOrEqualTo(1_000));
  }

  @Test
  void aMoveThatHappenedThoughItWasReportedFailedIsNotRepeated() {
    long stop = workingStop();
    world.calls.fail(r -> r instanceof VenueRequest.MoveStop, Fault.EXECUTED_BUT_FAILED, 1);

    world.decide(move(stop, "21010.50"));
    world.passUntilFinished();

    assertThat(times(VenueRequest.MoveStop.class)).hasSize(1);
  }

  @Test
  void aMoveRefusedFourTimesIsGivenUpAndTheReceiptSaysSo() {
    long stop = workingStop();
    Price before = stopPrice(stop);
    world.calls.fail(r -> r instanceof VenueRequest.MoveStop, Fault.REFUSED, 4);

    world.decide(move(stop, "21010.50"));
    world.passUntilFinished();

    assertThat(stopPrice(stop)).isEqualTo(before);
    assertThat(times(VenueRequest.MoveStop.class)).hasSize(4);
    assertThat(world.receipt().outcome())
        .startsWith("FAILED: stop " + stop + " was not moved")
        .contains("halted");
  }

  @Test
  void aStopOfAPositionThatIsBeingClosedIsNotMoved() {
    long stop = workingStop();
    world.lockFlat();

    world.decide(World.cancelAll(), World.closeAll(), move(stop, "21010.50"));
    world.passUntilFinished();

    assertThat(times(VenueRequest.MoveStop.class)).isEmpty();
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void movingNeverTakesFromTheReserve() {
    long stop = workingStop();
    for (int i = 0; i < Lane.GENERAL.ceiling(); i++) {
      world.budget.take(0);
    }

    world.decide(move(stop, "21010.50"));
    world.time.pass(59_000);
    assertThat(times(VenueRequest.MoveStop.class)).isEmpty();
    world.time.pass(2_000);

    assertThat(times(VenueRequest.MoveStop.class)).hasSize(1);
  }

  // --- placing ---

  private List<Order> placed() {
    return world.venue.ordersOf(ACCOUNT).stream().filter(o -> !o.customTag().isEmpty()).toList();
  }

  @Test
  void aStopAndATargetArePlacedForThePositionTheReadShows() {
    world.venue.open(ACCOUNT, MNQ, 3);

    world.decide(stop(3, "20990.25"), target(3, "21040.75"));
    world.venue.open(ACCOUNT, MNQ, -1);
    world.passUntilFinished();

    assertThat(placed()).hasSize(2);
    assertThat(placed().get(0).type()).isEqualTo(OrderType.STOP);
    assertThat(placed().get(0).stopPrice()).hasValue(Price.of("20990.25"));
    assertThat(placed().get(0).size()).isEqualTo(2);
    assertThat(placed().get(1).type()).isEqualTo(OrderType.LIMIT);
    assertThat(placed().get(1).limitPrice()).hasValue(Price.of("21040.75"));
    assertThat(placed()).extracting(Order::customTag).doesNotHaveDuplicates();
    assertThat(placed())
        .allSatisfy(
            o ->
                assertThat(o.customTag())
                    .startsWith(VenueEnforcement.TAG_PREFIX)
                    .hasSizeLessThanOrEqualTo(56));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"IGNORED"},
      mode = EnumSource.Mode.EXCLUDE)
  void whateverGoesWrongOnceThereIsOneStop(Fault fault) {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.calls.fail(r -> r instanceof VenueRequest.Place, fault, 1);

    world.decide(stop(3, "20990.25"));
    world.passUntilFinished();

    assertThat(placed()).hasSize(1);
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void aRejectedPlacementIsRepeatedUnderANewTag() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.rejectPlacements = 2;

    world.decide(stop(3, "20990.25"));
    world.passUntilFinished();

    assertThat(placed()).hasSize(1);
    assertThat(times(VenueRequest.Place.class)).hasSize(3);
  }

  @Test
  void aStopThatCannotBePlacedIsAnAlarmUntilItStandsOrIsNotNeeded() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.rejectPlacements = Integer.MAX_VALUE;

    world.decide(stop(3, "20990.25"));
    world.time.pass(30_000);
    assertThat(world.heard.alarms).isNotEmpty().allMatch(text -> text.contains("20990.25"));
    assertThat(world.heard.receipts).isEmpty();
    world.venue.fill(ACCOUNT, MNQ, -3, 1);
    world.passUntilFinished();

    assertThat(world.heard.alarmed).isFalse();
    assertThat(placed()).isEmpty();
  }

  @Test
  void withoutAPositionNothingIsPlaced() {
    world.decide(stop(3, "20990.25"));
    world.passUntilFinished();

    assertThat(times(VenueRequest.Place.class)).isEmpty();
  }

  @Test
  void theOtherSideIsNotProtectedByThisOrder() {
    world.venue.open(ACCOUNT, MNQ, -3);

    world.decide(stop(3, "20990.25"));
    world.passUntilFinished();

    assertThat(times(VenueRequest.Place.class)).isEmpty();
  }

  @Test
  void aReadThatLagsBehindTheFillIsWaitedFor() {
    world.time.pass(1_000);
    world.venue.lag = Duration.ofMillis(100);
    world.venue.open(ACCOUNT, MNQ, 3);

    world.decide(stop(3, "20990.25"));
    world.passUntilFinished();

    assertThat(placed()).hasSize(1);
  }

  @Test
  void twoStopsDecidedInTheSameMillisecondHaveDifferentTags() {
    world.venue.open(ACCOUNT, MNQ, 3);

    world.decide(stop(1, "20990.25"), stop(2, "20980.75"));
    world.passUntilFinished();

    assertThat(placed()).hasSize(2);
    assertThat(placed()).extracting(Order::customTag).doesNotHaveDuplicates();
  }
}
