package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thirty verification reads a minute can be used up, by a trader who opens again and again. Then
 * nothing tells what became of a close, and still nothing may stand in a locked account.
 */
class ReadsUsedUpTest {
  private final World world = new World();

  @ParameterizedTest
  @ValueSource(ints = {5, 40, 70, 200})
  void whoeverOpensFiftyTimesIsClosedWithinSeconds(int everyMillis) {
    world.lockFlat();
    reopen(50, everyMillis);

    assertThat(
            world.time.passUntil(
                () -> world.venue.position(ACCOUNT, MNQ).isEmpty(), Duration.ofMillis(2_600)))
        .as("flat")
        .isTrue();
    world.time.pass(20_000);
    assertThat(world.venue.position(ACCOUNT, MNQ)).isEmpty();
    assertThat(reads()).isLessThanOrEqualTo(RequestBudget.VERIFICATIONS_PER_MINUTE);
  }

  @Test
  void aCloseWithoutEffectIsRepeatedWithoutARead() {
    world.lockFlat();
    reopen(50, 40);
    world.time.pass(5_000);
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.IGNORED, 2);
    world.venue.open(ACCOUNT, MNQ, 1);
    world.decide(World.close(world.venue.position(ACCOUNT, MNQ).orElseThrow()));

    world.time.pass(8_000);

    assertThat(world.venue.position(ACCOUNT, MNQ)).isEmpty();
  }

  @Test
  void whatCannotBeProvenForSecondsIsAnAlarmUntilItIs() {
    world.lockFlat();
    while (world.budget.tryTake(Lane.READ, world.time.nanos())) {
      // Others have used up the venue's rate.
    }
    reopen(1, 40);
    world.time.pass(11_500);
    assertThat(world.heard.alarmed).isFalse();
    world.time.pass(1_500);

    assertThat(world.heard.alarmed).isTrue();
    assertThat(world.heard.alarms.getLast()).contains("cannot be read before");
    world.passUntilProven();
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void ordersThatCannotBeCancelledForTheRequestRateAreAnAlarm() {
    world.lockFlat();
    for (int i = 0; i < 260; i++) {
      world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.BUY, 1);
    }

    world.flatten();
    world.time.pass(10_000);

    assertThat(world.venue.ordersOf(ACCOUNT)).isNotEmpty();
    assertThat(world.heard.alarmed).isTrue();
    assertThat(world.heard.alarms.getLast()).contains("the venue takes 200 a minute");
    world.time.pass(80_000);
    assertThat(world.isFlat()).isTrue();
    assertThat(world.heard.alarmed).isFalse();
  }

  /** Nothing is closed that is not there: a venue would open the other side for it. */
  @Test
  void repeatedClosesNeverOpenTheOtherSide() {
    world.lockFlat();
    world.venue.closeWatcher =
        (account, contract, before, left) ->
            assertThat(left).as("after a close of %s", before).isNotNegative();
    world.venue.fillsLater = java.util.Optional.of(fill -> world.time.after(700, fill));
    reopen(50, 40);

    world.time.pass(90_000);

    assertThat(world.venue.position(ACCOUNT, MNQ)).isEmpty();
    assertThat(world.venue.ordersOf(ACCOUNT)).noneMatch(order -> order.type() == OrderType.MARKET);
  }

  private void reopen(int times, int everyMillis) {
    for (int i = 0; i < times; i++) {
      world.venue.open(ACCOUNT, MNQ, 2);
      world.decide(World.close(world.venue.position(ACCOUNT, MNQ).orElseThrow()));
      world.time.pass(everyMillis);
    }
  }

  private long reads() {
    return world.calls.departures.stream()
        .filter(
            d ->
                d.request() instanceof VenueRequest.ReadPositions
                    || d.request() instanceof VenueRequest.ReadOrders)
        .count();
  }
}
