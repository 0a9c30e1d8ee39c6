package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrdersTest {
  private final World world = new World();

  private void failCancels(Fault fault, int times) {
    world.calls.fail(r -> r instanceof VenueRequest.Cancel, fault, times);
  }

  @Test
  void aCancelLeavesAtOnce() {
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);

    world.decide(World.cancel(MNQ, order));

    assertThat(world.calls.departures.getFirst().request())
        .isEqualTo(new VenueRequest.Cancel(ACCOUNT, order));
    world.passUntilFinished();
    assertThat(world.venue.order(order)).isEmpty();
    assertThat(world.receipt().outcome()).isEqualTo("DONE");
    assertThat(world.receipt().provenAt()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverGoesWrongOnceTheOrderEndsCancelled(Fault fault) {
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);
    failCancels(fault, 1);

    world.decide(World.cancel(MNQ, order));
    world.passUntilFinished();

    assertThat(world.venue.order(order)).isEmpty();
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void anOrderThatIsGoneIsDone() {
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);
    world.venue.fillOrder(order);

    world.decide(World.cancel(MNQ, order));
    world.passUntilFinished();

    assertThat(world.calls.sent(VenueRequest.Cancel.class)).hasSize(1);
    assertThat(world.heard.alarms).isEmpty();
  }

  @Test
  void aReadTooOldToKnowTheOrderDoesNotMakeItsFailedCancelDone() {
    world.time.pass(1_000);
    world.venue.lag = java.time.Duration.ofMillis(60);
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);
    failCancels(Fault.UNREACHABLE, 1);

    world.decide(World.cancel(MNQ, order));
    world.passUntilFinished();

    assertThat(world.venue.order(order)).isEmpty();
  }

  @Test
  void anAccountWhoseOrdersCannotBeCancelledIsNotProtected() {
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);
    failCancels(Fault.REFUSED_FOR_EVER, Integer.MAX_VALUE);

    world.decide(World.cancel(MNQ, order));
    world.time.pass(20_000);

    assertThat(world.heard.notProtected).isTrue();
    assertThat(world.heard.receipts).isEmpty();
    world.venue.fillOrder(order);
    world.passUntilFinished();
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void cancelAllKeepsWhatProtectsAPositionThatStays() {
    world.venue.open(ACCOUNT, MNQ, 3);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 3);
    long target = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.SELL, 3);
    long adding = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 1);
    long elsewhere = world.venue.order(ACCOUNT, ES, OrderType.STOP, OrderSide.SELL, 1);

    world.decide(World.cancelAll());
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).isPresent();
    assertThat(world.venue.order(target)).isPresent();
    assertThat(world.venue.order(adding)).isEmpty();
    assertThat(world.venue.order(elsewhere)).isEmpty();
  }

  @Test
  void cancelAllOfOneSymbolLeavesTheOthers() {
    long es = world.venue.order(ACCOUNT, ES, OrderType.LIMIT, OrderSide.BUY, 1);
    long mnq = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);

    world.decide(new Decision.CancelAllOrders(World.cause(ACCOUNT), Optional.of("ES")));
    world.passUntilFinished();

    assertThat(world.venue.order(es)).isEmpty();
    assertThat(world.venue.order(mnq)).isPresent();
  }

  @Test
  void anOrderSomebodyIsCancellingAlreadyIsGivenAMoment() {
    long order =
        world.venue.order(
            ACCOUNT,
            MNQ,
            OrderType.LIMIT,
            OrderSide.BUY,
            2,
            OrderStatus.PENDING_CANCELLATION,
            Optional.empty());
    world.lockFlat();

    world.flatten();
    world.time.pass(500);
    assertThat(world.calls.sent(VenueRequest.Cancel.class)).isEmpty();
    assertThat(world.heard.proofs).isEmpty();
    world.passUntilProven();

    assertThat(world.venue.order(order)).isEmpty();
  }

  @Test
  void closingOnePositionSweepsItsOrdersAndNoOthers() {
    Position mnq = world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.open(ACCOUNT, ES, 1);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 3);
    long adding = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 3);
    long esStop = world.venue.order(ACCOUNT, ES, OrderType.STOP, OrderSide.SELL, 1);

    world.decide(World.close(mnq));
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).isEmpty();
    assertThat(world.venue.order(adding)).isEmpty();
    assertThat(world.venue.order(esStop)).isPresent();
    assertThat(world.venue.position(ACCOUNT, ES)).isPresent();
    assertThat(world.heard.proofs).as("the account is not flat").isEmpty();
    assertThat(world.receipt().provenAt()).isPresent();
  }

  // --- resizing ---

  private long oversizedStop() {
    world.venue.open(ACCOUNT, MNQ, 2);
    return world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 5);
  }

  private void failModifies(Fault fault, int times) {
    world.calls.fail(r -> r instanceof VenueRequest.Resize, fault, times);
  }

  @Test
  void anOrderLargerThanItsPositionIsResizedToIt() {
    long stop = oversizedStop();
    world.lockHolding(MNQ, 2);

    world.decide(World.resize(MNQ, stop, 5, 2));
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).map(Order::size).hasValue(2L);
  }

  @Test
  void theNewSizeComesFromTheReRead() {
    long stop = oversizedStop();
    world.lockHolding(MNQ, 2);

    world.decide(World.resize(MNQ, stop, 5, 2));
    world.venue.open(ACCOUNT, MNQ, -1);
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).map(Order::size).hasValue(1L);
  }

  @Test
  void aStopThatCannotBeResizedStaysUnderAlarmUntilItFits() {
    long stop = oversizedStop();
    world.lockHolding(MNQ, 2);
    failModifies(Fault.REFUSED, Integer.MAX_VALUE);

    world.decide(World.resize(MNQ, stop, 5, 2));
    world.time.pass(30_000);

    assertThat(world.heard.alarmed).isTrue();
    assertThat(world.heard.alarms).anySatisfy(a -> assertThat(a).contains(Long.toString(stop)));
    assertThat(world.calls.sent(VenueRequest.Cancel.class)).isEmpty();
    assertThat(world.venue.order(stop)).isPresent();
    world.calls.heal();
    world.passUntilFinished();
    assertThat(world.venue.order(stop)).map(Order::size).hasValue(2L);
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void whenItsPositionIsGoneUnderALockTheOrderGoesToo() {
    long stop = oversizedStop();
    world.lockHolding(MNQ, 2);
    failModifies(Fault.REFUSED, Integer.MAX_VALUE);

    world.decide(World.resize(MNQ, stop, 5, 2));
    world.time.pass(1_000);
    world.venue.fill(ACCOUNT, MNQ, -2, 1);
    world.lockFlat();
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).isEmpty();
  }
}
