package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static dev.riskmanager.daemon.enforce.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlattenTest {
  private final World world = new World();

  @Test
  void theFirstClosesLeaveAtOnceWithoutARead() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.open(ACCOUNT, ES, -2);
    world.lockFlat();

    world.flatten();

    assertThat(world.calls.departures.subList(0, 2))
        .extracting(VirtualCalls.Departure::request)
        .containsExactly(new VenueRequest.Close(ACCOUNT, ES), new VenueRequest.Close(ACCOUNT, MNQ));
    assertThat(world.calls.departures)
        .extracting(VirtualCalls.Departure::atMillis)
        .containsOnly(0L);
  }

  @Test
  void tenPositionsWithStopsTargetsAndEntriesTakeThreeRoundTripsAndALittle() {
    world.calls.latencyMillis = 50;
    for (int i = 0; i < 10; i++) {
      ContractId contract = new ContractId("CON.F.US.X" + i + ".Z25");
      world.venue.open(ACCOUNT, contract, i + 1);
      world.venue.order(ACCOUNT, contract, OrderType.STOP, OrderSide.SELL, i + 1);
      world.venue.order(ACCOUNT, contract, OrderType.LIMIT, OrderSide.SELL, i + 1);
      world.venue.order(ACCOUNT, contract, OrderType.LIMIT, OrderSide.BUY, 7);
    }
    world.lockFlat();

    world.flatten();

    assertThat(world.passUntilProven()).isLessThanOrEqualTo(3 * 50 + 50);
    assertThat(world.isFlat()).isTrue();
    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(10);
  }

  @Test
  void withoutOrdersTwoRoundTripsProveIt() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.lockFlat();

    world.flatten();

    assertThat(world.passUntilProven()).isEqualTo(100);
  }

  @Test
  void anEmptyAccountIsProvenFlatByTheFirstRead() {
    world.lockFlat();

    world.flatten();

    assertThat(world.passUntilProven()).isEqualTo(50);
    assertThat(world.calls.sent(VenueRequest.Close.class)).isEmpty();
  }

  @Test
  void positionsTheCoreDoesNotKnowAreFoundAndClosed() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.lockFlat();

    world.decideKnowing(List.of(), World.cancelAll(), World.closeAll());
    world.passUntilProven();

    assertThat(world.isFlat()).isTrue();
    assertThat(world.calls.sent(VenueRequest.Close.class))
        .extracting(VirtualCalls.Departure::atMillis)
        .containsExactly(50L);
  }

  @Test
  void aStopIsCancelledOnlyAfterItsPositionIsProvenFlat() {
    world.venue.open(ACCOUNT, MNQ, 3);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 3);
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.Close, VirtualCalls.Fault.REFUSED, 5);

    world.flatten();
    boolean[] early = {false};
    world.time.passUntil(
        () -> {
          early[0] |=
              world.venue.position(ACCOUNT, MNQ).isPresent() && world.venue.order(stop).isEmpty();
          return !world.heard.proofs.isEmpty();
        },
        java.time.Duration.ofMinutes(1));

    assertThat(early[0]).isFalse();
    assertThat(world.isFlat()).isTrue();
    long lastClose = world.calls.sent(VenueRequest.Close.class).getLast().atMillis();
    assertThat(world.calls.sent(VenueRequest.Cancel.class))
        .singleElement()
        .satisfies(cancel -> assertThat(cancel.atMillis()).isGreaterThanOrEqualTo(lastClose + 100));
  }

  @Test
  void entryOrdersAreCancelledWhileTheClosesRun() {
    world.venue.open(ACCOUNT, MNQ, 3);
    long entry = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);
    long elsewhere = world.venue.order(ACCOUNT, ES, OrderType.LIMIT, OrderSide.SELL, 1);
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.Close, VirtualCalls.Fault.REFUSED, 2);

    world.flatten();
    world.time.pass(99);

    assertThat(world.venue.order(entry)).isEmpty();
    assertThat(world.venue.order(elsewhere)).isEmpty();
    assertThat(world.venue.position(ACCOUNT, MNQ)).isPresent();
  }

  @Test
  void aHungCancelDelaysNoClose() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);
    world.venue.open(ACCOUNT, ES, 1);
    world.lockFlat();
    world.calls.fail(
        r -> r instanceof VenueRequest.Cancel, VirtualCalls.Fault.HANG, Integer.MAX_VALUE);

    world.decideKnowing(List.of(), World.cancelAll(), World.closeAll());
    world.time.pass(150);

    assertThat(world.venue.positionsOf(ACCOUNT)).isEmpty();
    world.time.pass(1000);
    assertThat(world.heard.proofs).isEmpty();
    world.calls.heal();
    world.passUntilProven();
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void oneHungCloseDelaysNeitherTheOthersNorTheirOrders() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.open(ACCOUNT, ES, -2);
    long stop = world.venue.order(ACCOUNT, ES, OrderType.STOP, OrderSide.BUY, 2);
    world.lockFlat();
    world.calls.fail(
        r -> r.equals(new VenueRequest.Close(ACCOUNT, MNQ)), VirtualCalls.Fault.HANG, 1);

    world.flatten();
    world.time.pass(200);

    assertThat(world.venue.position(ACCOUNT, ES)).isEmpty();
    assertThat(world.venue.order(stop)).isEmpty();
    assertThat(world.venue.position(ACCOUNT, MNQ)).isPresent();
    world.passUntilProven();
  }

  @Test
  void bracketChildrenThatAreSuspendedAreSweptToo() {
    long entry = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 1);
    world.venue.order(
        ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 1, OrderStatus.SUSPENDED, Optional.of(entry));
    world.venue.order(
        ACCOUNT,
        MNQ,
        OrderType.LIMIT,
        OrderSide.SELL,
        1,
        OrderStatus.SUSPENDED,
        Optional.of(entry));
    world.lockFlat();

    world.flatten();
    world.passUntilProven();

    assertThat(world.venue.ordersOf(ACCOUNT)).isEmpty();
  }

  @Test
  void anOrderLegThatReopensThePositionIsUndone() {
    world.venue.open(ACCOUNT, MNQ, 3);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 3);
    world.lockFlat();

    world.flatten();
    // The stop fills right after the close: the account is short 3 now.
    world.time.after(80, () -> world.venue.fillOrder(stop));
    world.passUntilFinished();

    assertThat(world.isFlat()).isTrue();
    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(2);
    assertThat(world.receipt().outcome()).isEqualTo("FLAT");
  }

  @Test
  void flatteningAgainWhileItRunsAddsNoSecondPlan() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.lockFlat();

    world.flatten();
    world.time.pass(10);
    world.flatten();
    world.passUntilFinished();
    world.time.pass(10_000);

    assertThat(world.heard.receipts).hasSize(1);
    assertThat(world.isFlat()).isTrue();
    assertThat(world.receipt().decisions()).hasSize(4);
  }

  @Test
  void theOtherAccountIsNeverTouched() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.open(OTHER, MNQ, 4);
    long theirs = world.venue.order(OTHER, MNQ, OrderType.STOP, OrderSide.SELL, 4);
    world.lockFlat();

    world.flatten();
    world.passUntilFinished();

    assertThat(world.calls.departures)
        .allSatisfy(d -> assertThat(d.request().account()).isEqualTo(ACCOUNT));
    assertThat(world.venue.position(OTHER, MNQ)).isPresent();
    assertThat(world.venue.order(theirs)).isPresent();
  }

  @Test
  void theAccountIsWatchedForFiveSecondsAndThenLeftAlone() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.lockFlat();

    world.flatten();
    long proven = world.passUntilProven();
    int before = world.calls.departures.size();
    world.passUntilFinished();

    assertThat(world.calls.departures.subList(before, world.calls.departures.size()))
        .extracting(VirtualCalls.Departure::atMillis)
        .containsExactly(
            proven + 500, proven + 500, proven + 2000, proven + 2000, proven + 5000, proven + 5000);
    int after = world.calls.departures.size();
    world.time.pass(60_000);
    assertThat(world.calls.departures).hasSize(after);
  }
}
