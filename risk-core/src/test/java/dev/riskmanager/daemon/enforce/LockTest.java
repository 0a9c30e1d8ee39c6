package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.GOLD;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the executor does on its own under a lockout, and what it leaves alone without one. */
class LockTest {
  private final World world = new World();

  private long held(dev.riskmanager.domain.model.ContractId contract) {
    return world.venue.position(ACCOUNT, contract).map(Position::signedSize).orElse(0L);
  }

  @Test
  void whatTheBaselinePermitsIsNeverTouched() {
    world.venue.open(ACCOUNT, MNQ, 2);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 2);
    Position beyond = world.venue.open(ACCOUNT, ES, 1);
    world.lockHolding(MNQ, 2);

    world.decide(World.close(beyond));
    world.passUntilFinished();

    assertThat(held(ES)).isZero();
    assertThat(held(MNQ)).isEqualTo(2);
    assertThat(world.venue.order(stop)).isPresent();
  }

  @Test
  void aPositionFoundBeyondTheBaselineIsReducedToItAfterAQuarterSecond() {
    world.venue.open(ACCOUNT, MNQ, 2);
    Position beyond = world.venue.open(ACCOUNT, ES, 1);
    world.lockHolding(MNQ, 2);

    world.decide(World.close(beyond));
    world.venue.open(ACCOUNT, MNQ, 3);
    world.time.pass(299);
    assertThat(held(MNQ)).isEqualTo(5);
    world.passUntilFinished();

    assertThat(held(MNQ)).isEqualTo(2);
    assertThat(world.calls.sent(VenueRequest.PartialClose.class))
        .extracting(VirtualCalls.Departure::request)
        .containsExactly(new VenueRequest.PartialClose(ACCOUNT, MNQ, 3, 5));
  }

  @Test
  void growthThatALateTradeExplainsIsLeftAlone() {
    world.venue.open(ACCOUNT, MNQ, 2);
    Position beyond = world.venue.open(ACCOUNT, ES, 1);
    world.lockHolding(MNQ, 2);

    world.decide(World.close(beyond));
    world.venue.open(ACCOUNT, MNQ, 3);
    world.time.after(200, () -> world.lockHolding(MNQ, 5));
    world.passUntilFinished();

    assertThat(held(MNQ)).isEqualTo(5);
    assertThat(world.calls.sent(VenueRequest.PartialClose.class)).isEmpty();
  }

  @Test
  void underACloseAllANewPositionIsFoundAndClosedWithoutAnyDecision() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();

    world.flatten();
    world.passUntilProven();
    world.time.after(1_000, () -> world.venue.open(ACCOUNT, GOLD, 1));
    world.passUntilFinished();

    assertThat(held(GOLD)).isZero();
    assertThat(world.heard.proofs).hasSize(2);
  }

  @Test
  void aHubEventMakesAWatchedAccountBeLookedAtAtOnce() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.flatten();
    world.passUntilProven();
    world.time.pass(1_000);
    long before = world.time.millis();
    world.venue.open(ACCOUNT, GOLD, 1);

    world.enforcement.observed(ACCOUNT, true);
    world.time.pass(76);

    assertThat(held(GOLD)).isZero();
    assertThat(world.calls.sent(VenueRequest.Close.class).getLast().atMillis())
        .isEqualTo(before + 50);
  }

  @Test
  void aStreamOfHubEventsDoesNotMakeAStreamOfReads() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.flatten();
    world.passUntilProven();
    int before = world.calls.sent(VenueRequest.ReadPositions.class).size();

    for (int i = 0; i < 100; i++) {
      world.enforcement.observed(ACCOUNT, true);
      world.time.pass(10);
    }

    assertThat(world.calls.sent(VenueRequest.ReadPositions.class).size() - before).isBetween(3, 5);
  }

  @Test
  void aPlanRunsToItsProofWhenTheLockEndsMeanwhile() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.REFUSED, 4);

    world.flatten();
    world.time.after(120, world::unlock);
    world.passUntilFinished();

    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void afterTheLockItIsLimitedToThePositionsItBeganWith() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.REFUSED, 4);

    world.flatten();
    world.time.after(
        120,
        () -> {
          world.unlock();
          world.venue.open(ACCOUNT, ES, 1);
        });
    world.passUntilFinished();

    assertThat(held(MNQ)).isZero();
    assertThat(held(ES)).isEqualTo(1);
  }

  @Test
  void whatIsOpenedAfterTheLockEndedIsLeftThoughThePlanStillWatched() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.flatten();
    world.passUntilProven();

    world.unlock();
    world.venue.open(ACCOUNT, MNQ, 3);
    world.time.pass(10_000);

    assertThat(held(MNQ)).isEqualTo(3);
    assertThat(world.heard.receipts).hasSize(1);
  }

  @Test
  void whatItBeganToReduceUnderTheLockItFinishes() {
    world.venue.open(ACCOUNT, MNQ, 4);
    Position beyond = world.venue.open(ACCOUNT, ES, 1);
    world.lockHolding(MNQ, 3);
    world.calls.fail(r -> r instanceof VenueRequest.PartialClose, Fault.FAILED, 1);

    world.decide(World.close(beyond));
    world.time.after(360, world::unlock);
    world.passUntilFinished();

    assertThat(held(MNQ)).isEqualTo(3);
  }

  @Test
  void aTraderWhoIsNotLockedMayTradeAgainRightAfterAClose() {
    Position old = world.venue.open(ACCOUNT, MNQ, 2);

    world.decide(World.close(old));
    world.time.pass(1_000);
    world.venue.open(ACCOUNT, MNQ, 1);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 1);
    world.passUntilFinished();

    assertThat(held(MNQ)).isEqualTo(1);
    assertThat(world.venue.order(stop)).isPresent();
    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(1);
  }

  @Test
  void butWhatALegOfTheOldPositionReopensIsClosedEvenWithoutALock() {
    Position old = world.venue.open(ACCOUNT, MNQ, 2);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 2);

    world.decide(World.close(old));
    world.time.after(80, () -> world.venue.fillOrder(stop));
    world.passUntilFinished();

    assertThat(held(MNQ)).isZero();
    assertThat(world.calls.sent(VenueRequest.Close.class)).hasSize(2);
  }

  @Test
  void aSymbolLockoutsContractsMustBeFlatTheOthersMayHoldWhatTheyLike() {
    Position blocked = world.venue.open(ACCOUNT, GOLD, 1);
    world.venue.open(ACCOUNT, MNQ, 2);
    world.enforcement.allow(ACCOUNT, Optional.empty(), Set.of(GOLD));

    world.decide(World.close(blocked));
    world.passUntilProvenInContract();
    world.venue.open(ACCOUNT, GOLD, 2);
    world.venue.open(ACCOUNT, ES, 1);
    world.passUntilFinished();

    assertThat(held(GOLD)).isZero();
    assertThat(held(MNQ)).isEqualTo(2);
    assertThat(held(ES)).isEqualTo(1);
  }

  @Test
  void underALockNewEntriesFoundByAReadAreCancelledAndOversizedExitsShrink() {
    world.venue.open(ACCOUNT, MNQ, 2);
    Position beyond = world.venue.open(ACCOUNT, ES, 1);
    world.lockHolding(MNQ, 2);
    long entry = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 1);
    long exit = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.SELL, 6);
    long elsewhere = world.venue.order(ACCOUNT, GOLD, OrderType.LIMIT, OrderSide.SELL, 1);

    world.decide(World.close(beyond));
    world.passUntilFinished();

    assertThat(world.venue.order(entry)).isEmpty();
    assertThat(world.venue.order(elsewhere)).isEmpty();
    assertThat(world.venue.order(exit)).map(Order::size).hasValue(2L);
  }

  @Test
  void aReadThatMissesAPermittedPositionCostsItNoStop() {
    world.time.pass(1_000);
    world.venue.lag = java.time.Duration.ofMillis(500);
    Position beyond = world.venue.open(ACCOUNT, ES, 1);
    long stop = world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 2);
    world.time.pass(300);
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockHolding(MNQ, 2);
    world.time.pass(220);

    world.decide(World.close(beyond));
    world.passUntilFinished();

    assertThat(world.venue.order(stop)).isPresent();
    assertThat(held(MNQ)).isEqualTo(2);
  }

  @Test
  void theLockIsForgottenByNoPlanThatComesLater() {
    world.enforcement.allow(ACCOUNT, Optional.of(Baseline.ZERO), Set.of());
    world.time.pass(60_000);
    world.venue.open(ACCOUNT, GOLD, 1);
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 2);

    world.decideKnowing(java.util.List.of(), World.cancel(MNQ, order));
    world.passUntilFinished();

    assertThat(held(GOLD)).isZero();
  }
}
