package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReduceTest {
  private final World world = new World();
  private final Position held = world.venue.open(ACCOUNT, MNQ, 5);

  private List<VenueRequest> partials() {
    return world.calls.sent(VenueRequest.PartialClose.class).stream()
        .map(VirtualCalls.Departure::request)
        .toList();
  }

  private long size() {
    return world.venue.position(ACCOUNT, MNQ).map(Position::signedSize).orElse(0L);
  }

  @Test
  void theAmountIsWhatTheReReadShowsAboveTheTarget() {
    world.decide(World.reduce(held, 2));
    // Between the decision and the read the trader sold one.
    world.venue.open(ACCOUNT, MNQ, -1);
    world.passUntilFinished();

    assertThat(partials()).containsExactly(new VenueRequest.PartialClose(ACCOUNT, MNQ, 2, 4));
    assertThat(size()).isEqualTo(2);
    assertThat(world.receipt().outcome()).isEqualTo("DONE");
  }

  @Test
  void aPositionAlreadyAtTheTargetIsLeftAlone() {
    world.decide(World.reduce(held, 2));
    world.venue.open(ACCOUNT, MNQ, -3);
    world.passUntilFinished();

    assertThat(partials()).isEmpty();
    assertThat(size()).isEqualTo(2);
  }

  @Test
  void aFlipBetweenDecisionAndReadIsNotReduced() {
    world.decide(World.reduce(held, 2));
    world.venue.open(ACCOUNT, MNQ, -9);
    world.passUntilFinished();

    assertThat(partials()).isEmpty();
    assertThat(size()).isEqualTo(-4);
  }

  @Test
  void underALockAFlipIsBeyondTheBaselineAndClosed() {
    world.lockFlat();
    world.decide(World.reduce(held, 2));
    world.venue.open(ACCOUNT, MNQ, -9);
    world.passUntilFinished();

    assertThat(size()).isZero();
  }

  @Test
  void aRefusedReduceClosesTheWholePosition() {
    world.calls.fail(r -> r instanceof VenueRequest.PartialClose, Fault.REFUSED, 1);

    world.decide(World.reduce(held, 2));
    world.passUntilFinished();

    assertThat(size()).isZero();
    assertThat(partials()).hasSize(1);
    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REFUSED", "REFUSED_FOR_EVER"},
      mode = EnumSource.Mode.EXCLUDE)
  void anyOtherFaultStillEndsAtTheTargetAndNeverBelowIt(Fault fault) {
    world.calls.fail(r -> r instanceof VenueRequest.PartialClose, fault, 1);
    long[] lowest = {5};

    world.decide(World.reduce(held, 2));
    world.time.passUntil(
        () -> {
          lowest[0] = Math.min(lowest[0], size());
          return !world.heard.receipts.isEmpty();
        },
        Duration.ofMinutes(1));

    assertThat(size()).isEqualTo(2);
    assertThat(lowest[0]).isEqualTo(2);
  }

  @Test
  void onlyOneReduceIsInFlight() {
    world.calls.latencyMillis = 200;
    world.decide(World.reduce(held, 3));
    world.time.pass(250);
    world.decide(World.reduce(held, 2));
    world.passUntilFinished();

    assertThat(size()).isEqualTo(2);
    List<Long> at =
        world.calls.sent(VenueRequest.PartialClose.class).stream()
            .map(VirtualCalls.Departure::atMillis)
            .toList();
    assertThat(at).hasSize(2);
    assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(400);
  }

  @Test
  void protectiveOrdersAreFittedToWhatIsLeft() {
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 5);
    long target = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.SELL, 5);
    long entry = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 4);

    world.decide(World.reduce(held, 2));
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).map(Order::size).hasValue(2L);
    assertThat(world.venue.order(target)).map(Order::size).hasValue(2L);
    assertThat(world.venue.order(entry)).as("an entry is not a reduce's business").isPresent();
  }

  @Test
  void severalStopsTogetherCoverNoMoreThanIsLeft() {
    long first = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 1);
    long second = world.venue.order(ACCOUNT, MNQ, OrderType.TRAILING_STOP, OrderSide.SELL, 3);
    long third = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 1);

    world.decide(World.reduce(held, 2));
    world.passUntilFinished();

    assertThat(world.venue.order(first)).map(Order::size).hasValue(1L);
    assertThat(world.venue.order(second)).map(Order::size).hasValue(1L);
    assertThat(world.venue.order(third)).isEmpty();
  }

  @Test
  void aTargetOfZeroIsAClose() {
    world.decide(World.reduce(held, 0));
    world.passUntilFinished();

    assertThat(size()).isZero();
    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(1);
  }

  @Test
  void aLockAndItsFlattenWhileAReduceIsWatchedCloseOnce() {
    world.decide(World.reduce(held, 2));
    world.time.pass(1_000);
    world.venue.fillsLater = Optional.of(fill -> world.time.after(400, fill));

    world.lockFlat();
    world.flatten();
    world.passUntilFinished();

    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(1);
    assertThat(size()).isZero();
  }

  @Test
  void aFlattenWhileAReduceIsUnderWayNeverTakesMoreThanIsHeld() {
    List<Long> after = new ArrayList<>();
    world.venue.closeWatcher = (account, contract, before, left) -> after.add(left);
    world.venue.fillsLater = Optional.of(fill -> world.time.after(300, fill));
    world.decide(World.reduce(held, 2));
    assertThat(world.time.passUntil(() -> !partials().isEmpty(), Duration.ofSeconds(1))).isTrue();

    world.flatten();
    world.passUntilFinished();

    assertThat(after).containsExactly(2L, 0L);
  }

  @Test
  void aPositionOpenedAfterTheCloseIsClosedAtOnceThoughNoReadHasShownWhatBecameOfIt() {
    world.lockFlat();
    world.decide(World.close(held));
    world.time.pass(60);
    assertThat(size()).isZero();
    Position again = world.venue.open(ACCOUNT, MNQ, 1);
    world.decide(World.close(again));

    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(2);
  }
}
