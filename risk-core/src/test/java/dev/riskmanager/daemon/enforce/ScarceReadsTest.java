package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A trader who is locked out opens and places orders without end, so the account cannot be read as
 * often as something happens in it. What is known is undone all the same, and what is not known is
 * found, and the proof is made, within seconds.
 */
class ScarceReadsTest {
  /** Two looks that are spread over the minute are never further apart. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(15_500);

  private final World world = new World();

  /** More re-entries than there are looks. */
  private void useUpTheReads() {
    world.lockFlat();
    for (int i = 0; i < 8; i++) {
      for (int k = 0; k < 20; k++) {
        reenter();
        world.time.pass(40);
      }
      world.time.pass(3_000);
    }
  }

  private void reenter() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.decide(World.close(world.venue.position(ACCOUNT, MNQ).orElseThrow()));
  }

  /** He goes on every so many milliseconds, for that long. */
  private void goesOn(long everyMillis, Duration length) {
    for (long t = everyMillis; t < length.toMillis(); t += everyMillis) {
      world.time.after(t, this::reenter);
    }
  }

  @Test
  void anOrderOnTheClosingSideIsCancelledThoughClosesGoOnAndNoReadFindsRoom() {
    world.lockFlat();
    goesOn(900, Duration.ofSeconds(20));
    world.time.pass(2_000);
    while (world.budget.tryVerify(ACCOUNT, Look.FIRST, 1, world.time.nanos())) {
      // Used up.
    }

    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.SELL, 1);
    world.decide(World.cancel(MNQ, order, OrderSide.SELL, 1));
    world.time.pass(200);

    assertThat(world.venue.order(order)).as("the order, 200 ms later").isEmpty();
  }

  /** It looks like what became of a close: a read has to tell them apart. */
  @Test
  void aMarketOrderOnTheClosingSideMayBeOurOwnCloseAndIsReadFirst() {
    world.lockFlat();
    world.venue.fillsLater = java.util.Optional.of(fill -> world.time.after(700, fill));
    world.venue.open(ACCOUNT, MNQ, 2);
    world.decide(World.close(world.venue.position(ACCOUNT, MNQ).orElseThrow()));
    world.time.pass(100);
    long ours = world.venue.ordersOf(ACCOUNT).getFirst().id();
    world.decideWhileFilling(MNQ, World.cancel(MNQ, ours, OrderSide.SELL, 2));
    world.time.pass(2_000);

    assertThat(world.venue.position(ACCOUNT, MNQ)).isEmpty();
    assertThat(world.calls.sent(VenueRequest.Cancel.class)).isEmpty();
  }

  @Test
  void anOrderThatNobodyToldOfIsFoundWithinSecondsThoughTheReadsOfTheMinuteAreFew() {
    useUpTheReads();
    goesOn(900, Duration.ofSeconds(40));
    world.time.pass(2_000);

    long order = world.venue.order(ACCOUNT, ES, OrderType.LIMIT, OrderSide.BUY, 1);

    assertThat(world.time.passUntil(() -> world.venue.order(order).isEmpty(), BETWEEN_LOOKS))
        .as("cancelled")
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3_000, 10_000, 40_000})
  void theProofIsNeverFarHoweverManyReentriesThereWere(int later) {
    useUpTheReads();
    world.time.pass(later);
    reenter();
    int before = world.heard.proofs.size();

    assertThat(world.time.passUntil(() -> world.heard.proofs.size() > before, BETWEEN_LOOKS))
        .as("proven flat")
        .isTrue();
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void inNoMinuteAreThereMoreThanThirtyReads() {
    useUpTheReads();
    goesOn(700, Duration.ofSeconds(200));
    world.time.pass(220_000);

    long[] reads =
        world.calls.departures.stream()
            .filter(
                d ->
                    d.request() instanceof VenueRequest.ReadPositions
                        || d.request() instanceof VenueRequest.ReadOrders)
            .mapToLong(VirtualCalls.Departure::atMillis)
            .toArray();
    for (int i = 30; i < reads.length; i++) {
      assertThat(reads[i] - reads[i - 30]).as("read %s", i).isGreaterThanOrEqualTo(60_000);
    }
    assertThat(reads.length).isGreaterThan(50);
  }

  // --- what a lockout wanted, after its end ---

  private long held() {
    return world.venue.position(ACCOUNT, MNQ).map(Position::signedSize).orElse(0L);
  }

  /** A position of one contract beyond what may stay, whose close does nothing. */
  private void lockedWithACloseThatComesToNothing() {
    world.lockHolding(ES, 1);
    world.venue.open(ACCOUNT, MNQ, 1);
    world.calls.fail(
        r -> r instanceof VenueRequest.Close || r instanceof VenueRequest.ReadPositions,
        VirtualCalls.Fault.FAILED,
        Integer.MAX_VALUE);
    world.decide(World.close(world.venue.position(ACCOUNT, MNQ).orElseThrow()));
    world.time.pass(3_000);
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void whatIsAddedToAPositionAfterTheLockStays() {
    lockedWithACloseThatComesToNothing();

    world.unlock();
    world.venue.open(ACCOUNT, MNQ, 2);
    world.calls.heal();
    world.time.pass(60_000);

    assertThat(held()).as("the contract of the lock goes, those added after it stay").isEqualTo(2);
  }

  @Test
  void theNextLockLetsStayWhatWasAddedBetweenThem() {
    lockedWithACloseThatComesToNothing();

    world.unlock();
    world.venue.open(ACCOUNT, MNQ, 2);
    world.time.pass(500);
    world.lockHolding(MNQ, 3);
    world.calls.heal();
    world.time.pass(60_000);

    assertThat(held()).isEqualTo(2);
  }

  /** One ends in the step in which the next begins: the executor hears only of the next. */
  @Test
  void aLockThatFollowsAtOnceEndsTheOneBefore() {
    lockedWithACloseThatComesToNothing();
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockHolding(MNQ, 3);

    world.calls.heal();
    world.time.pass(60_000);

    assertThat(held()).isGreaterThanOrEqualTo(2);
  }

  /** The core knew the position from its fill alone, so the goal has no number of it. */
  @Test
  void aPositionOpenedAfterTheLockIsNotTakenForTheOneThatWasToGo() {
    world.lockHolding(ES, 1);
    Position unknown = world.venue.open(ACCOUNT, MNQ, 1);
    world.calls.fail(
        r -> r instanceof VenueRequest.ReadPositions, VirtualCalls.Fault.FAILED, Integer.MAX_VALUE);
    world.decideKnowing(java.util.List.of(), World.close(unknown));
    world.time.pass(3_000);
    assertThat(held()).as("closed on the core's word").isZero();

    world.unlock();
    world.time.pass(2_000);
    world.venue.open(ACCOUNT, MNQ, 2);
    world.calls.heal();
    world.time.pass(60_000);

    assertThat(held()).isEqualTo(2);
  }

  @Test
  void anOrderPlacedAfterTheLockIsNotSweptWithThoseOfTheLock() {
    world.lockFlat();
    world.calls.fail(
        r -> r instanceof VenueRequest.ReadPositions || r instanceof VenueRequest.ReadOrders,
        VirtualCalls.Fault.FAILED,
        Integer.MAX_VALUE);
    world.flatten();
    world.time.pass(3_000);

    world.unlock();
    world.time.pass(2_000);
    long order = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 1);
    world.calls.heal();
    world.time.pass(60_000);

    assertThat(world.venue.order(order)).isPresent();
  }

  @Test
  void ofAPositionToBeReducedNoMoreGoesAfterTheLockThanWasTooMuchThen() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockHolding(MNQ, 2);
    world.venue.open(ACCOUNT, MNQ, 1);
    world.calls.fail(
        r -> r instanceof VenueRequest.PartialClose, VirtualCalls.Fault.FAILED, Integer.MAX_VALUE);
    world.decide(World.reduce(world.venue.position(ACCOUNT, MNQ).orElseThrow(), 2));
    world.time.pass(3_000);
    assertThat(held()).isEqualTo(3);

    world.unlock();
    world.venue.open(ACCOUNT, MNQ, 2);
    world.calls.heal();
    world.time.pass(60_000);

    assertThat(held()).isEqualTo(4);
  }

  /** What an order of the lock added to it is owed by itself; the rest of it was let stay. */
  @Test
  void aPositionThatMayStayIsNotTakenForOneThatAnOrderOfTheLockOpened() {
    lockedWithACloseThatComesToNothing();
    world.calls.heal();
    world.time.passUntil(() -> held() == 0, Duration.ofSeconds(20));
    failReads();
    world.unlock();
    world.time.pass(2_000);
    world.venue.open(ACCOUNT, MNQ, 1);
    world.lockHolding(MNQ, 1);
    world.calls.heal();
    world.calls.fail(
        r -> r instanceof VenueRequest.Cancel, VirtualCalls.Fault.FAILED, Integer.MAX_VALUE);
    long entry = world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 1);
    world.decide(World.cancel(MNQ, entry, OrderSide.BUY, 1));
    world.time.pass(2_000);
    world.venue.fillOrder(entry);
    world.decide(World.reduce(world.venue.position(ACCOUNT, MNQ).orElseThrow(), 1));
    assertThat(world.time.passUntil(() -> held() == 1, Duration.ofSeconds(20))).isTrue();
    failReads();

    world.unlock();
    world.time.pass(1_500);
    world.venue.open(ACCOUNT, MNQ, 1);
    world.calls.heal();
    world.time.pass(60_000);

    assertThat(held()).isEqualTo(2);
  }

  private void failReads() {
    world.calls.fail(
        r -> r instanceof VenueRequest.ReadPositions || r instanceof VenueRequest.ReadOrders,
        VirtualCalls.Fault.FAILED,
        Integer.MAX_VALUE);
  }
}
