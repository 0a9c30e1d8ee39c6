package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A close of ours has been carried out and its market order has not filled yet: one more on top of
 * it would open the other side.
 */
class UnfinishedCloseTest {
  private final World world = new World();
  private final List<Long> after = new ArrayList<>();
  private Position held;

  UnfinishedCloseTest() {
    held = world.venue.open(ACCOUNT, MNQ, 3);
  }

  @BeforeEach
  void locked() {
    world.lockFlat();
    world.venue.closeWatcher = (account, contract, before, left) -> after.add(left);
  }

  private void closesFillAfter(long millis) {
    world.venue.fillsLater = Optional.of(fill -> world.time.after(millis, fill));
  }

  private List<Long> closes() {
    return world.calls.sent(VenueRequest.Close.class).stream()
        .map(VirtualCalls.Departure::atMillis)
        .toList();
  }

  @Test
  void aDecisionInAHurryWaitsForTheCloseThatWorks() {
    closesFillAfter(600);
    world.flatten();
    world.time.pass(200);

    world.decide(World.close(held));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(after).containsExactly(0L);
    assertThat(world.isFlat()).isTrue();
  }

  /** The hub told of our order before it told of the position, or never told of that. */
  @Test
  void theCoreTakesOurOwnCloseForAnEntryAndItIsNotCancelled() {
    closesFillAfter(600);
    world.flatten();
    world.time.pass(200);
    Order ours = world.venue.ordersOf(ACCOUNT).getFirst();

    world.decideKnowing(List.of(), World.cancel(MNQ, ours.id(), OrderSide.SELL, 3));
    world.passUntilFinished();

    assertThat(world.calls.sent(VenueRequest.Cancel.class)).isEmpty();
    assertThat(closes()).containsExactly(0L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void norBeforeAReadHasShownIt() {
    closesFillAfter(600);
    // The close leaves at once; its answer and the first read take their time.
    world.decide(World.close(held));
    world.time.pass(1);
    world.time.after(
        55,
        () -> {
          Order ours = world.venue.ordersOf(ACCOUNT).getFirst();
          world.decide(List.of(), Set.of(MNQ), World.cancel(MNQ, ours.id(), OrderSide.SELL, 3));
        });
    world.passUntilFinished();

    assertThat(world.calls.sent(VenueRequest.Cancel.class)).isEmpty();
    assertThat(closes()).containsExactly(0L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void anEntryBesideOurCloseIsCancelledAtOnce() {
    closesFillAfter(600);
    world.flatten();
    world.time.pass(200);
    long same = world.venue.order(ACCOUNT, MNQ, OrderType.MARKET, OrderSide.BUY, 3);
    long larger = world.venue.order(ACCOUNT, MNQ, OrderType.MARKET, OrderSide.SELL, 4);

    world.decideKnowing(
        List.of(),
        World.cancel(MNQ, same, OrderSide.BUY, 3),
        World.cancel(MNQ, larger, OrderSide.SELL, 4));
    world.time.pass(10);

    assertThat(world.calls.sent(VenueRequest.Cancel.class))
        .extracting(departure -> ((VenueRequest.Cancel) departure.request()).orderId())
        .containsExactlyInAnyOrder(same, larger);
    world.passUntilFinished();
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aMarketOrderThatIsNoCloseAnyMoreIsCancelledAfterAll() {
    closesFillAfter(100);
    world.flatten();
    world.time.pass(60);
    long second = world.venue.order(ACCOUNT, MNQ, OrderType.MARKET, OrderSide.SELL, 3);
    world.decideKnowing(List.of(), World.cancel(MNQ, second, OrderSide.SELL, 3));
    world.passUntilFinished();

    assertThat(world.calls.sent(VenueRequest.Cancel.class)).isNotEmpty();
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aCloseFromBeforeARestartIsLookedAtFirst() {
    long working = world.venue.order(ACCOUNT, MNQ, OrderType.MARKET, OrderSide.SELL, 3);
    world.time.after(600, () -> world.venue.fillOrder(working));

    world.decideWhileFilling(MNQ, World.close(held));
    world.passUntilFinished();

    assertThat(closes()).isEmpty();
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void whatTheCoreBelievesToFillAndIsGoneIsClosedAfterOneRead() {
    world.decideWhileFilling(MNQ, World.close(held));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(50L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void withoutPositionsToReadTheOrdersStillTellThatItWorks() {
    closesFillAfter(3_000);
    world.calls.fail(r -> r instanceof VenueRequest.ReadPositions, Fault.FAILED, Integer.MAX_VALUE);

    world.flatten();
    world.time.pass(4_000);

    assertThat(closes()).containsExactly(0L);
    assertThat(after).containsExactly(0L);
  }

  @Test
  void withNothingToReadItIsGivenTimeToFill() {
    closesFillAfter(1_900);
    world.calls.fail(r -> r instanceof VenueRequest.ReadPositions, Fault.FAILED, Integer.MAX_VALUE);
    world.calls.fail(r -> r instanceof VenueRequest.ReadOrders, Fault.FAILED, Integer.MAX_VALUE);
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.EXECUTED_BUT_FAILED, 1);

    world.flatten();
    world.time.pass(10_000);

    assertThat(after).containsExactly(0L);
    assertThat(closes()).element(1).satisfies(at -> assertThat(at).isBetween(2_000L, 2_500L));
  }

  @Test
  void oneThatCameToNothingSaysNothingOfTheOneBefore() {
    closesFillAfter(900);
    world.calls.fail(r -> r instanceof VenueRequest.ReadOrders, Fault.FAILED, 8);
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.EXECUTED_BUT_FAILED, 1);
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.UNREACHABLE, 1);
    world.flatten();
    // The trader reverses and comes back: a position of another number, closed in a hurry.
    world.time.pass(55);
    world.venue.fill(ACCOUNT, MNQ, -3, 77);
    held = world.venue.open(ACCOUNT, MNQ, 5);
    world.decide(World.close(held));
    world.passUntilFinished();

    assertThat(after).allSatisfy(left -> assertThat(left).isNotNegative());
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aPositionOfAnotherNumberIsClosedWhenItsOrdersAreKnown() {
    closesFillAfter(700);
    world.calls.fail(r -> r instanceof VenueRequest.ReadOrders, Fault.FAILED, 2);
    world.flatten();
    // Read with the first answers, while the orders cannot be read.
    world.time.pass(40);
    world.venue.fill(ACCOUNT, MNQ, -3, 77);
    world.venue.open(ACCOUNT, MNQ, 4);
    world.passUntilFinished();

    assertThat(after).containsExactly(1L, 0L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aDecisionInAHurryWaitsUntilTheOrdersAreRead() {
    closesFillAfter(600);
    world.calls.fail(r -> r instanceof VenueRequest.ReadOrders, Fault.FAILED, 3);
    world.flatten();
    world.time.pass(150);

    world.decide(World.close(held));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(after).containsExactly(0L);
  }

  @Test
  void aPositionOpenedBeforeOurCloseArrivedMayBeTheOneItHits() {
    closesFillAfter(600);
    // The trader has come back before the close of what he had arrives.
    Position old = held;
    world.venue.fill(ACCOUNT, MNQ, -3, 77);
    world.decideKnowing(List.of(old), World.close(old));
    Position back = world.venue.open(ACCOUNT, MNQ, 2);
    world.time.pass(60);

    world.decide(World.close(back));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(after).containsExactly(0L);
  }

  @Test
  void aPositionOpenedAfterOurCloseIsClosedAtOnce() {
    world.flatten();
    world.time.pass(60);
    Position back = world.venue.open(ACCOUNT, MNQ, 2);

    world.decide(World.close(back));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L, 60L);
    assertThat(world.isFlat()).isTrue();
  }
}
