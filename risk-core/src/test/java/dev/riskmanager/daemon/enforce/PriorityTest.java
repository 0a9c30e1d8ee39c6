package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import org.junit.jupiter.api.Test;

/** Who goes first when the venue's rate runs short. */
class PriorityTest {
  private final World world = new World();

  private void use(int requests) {
    for (int i = 0; i < requests; i++) {
      world.budget.take(0);
    }
  }

  @Test
  void closesBeyondTheBaselineLeaveEvenWhenTheMinuteIsUsedUp() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.lockFlat();
    use(200);

    world.flatten();
    world.time.pass(100);

    assertThat(world.venue.position(ACCOUNT, MNQ)).isEmpty();
    assertThat(world.calls.departures).hasSize(1);
    assertThat(world.passUntilProven()).as("the proof waits").isGreaterThan(60_000);
  }

  @Test
  void aCloseThatNoLockoutAsksForWaitsForItsLane() {
    world.venue.open(ACCOUNT, MNQ, 3);
    use(200);

    world.flatten();
    world.time.pass(60_000);

    assertThat(world.calls.departures).isEmpty();
    world.passUntilFinished();
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void closesLeaveBeforeEntriesAreCancelledBeforeReadsBeforeTheRest() {
    world.venue.open(ACCOUNT, MNQ, 3);
    long entry = world.venue.order(ACCOUNT, ES, OrderType.LIMIT, OrderSide.BUY, 2);
    world.lockFlat();

    world.decide(World.cancel(ES, entry), World.cancelAll(), World.closeAll());

    assertThat(world.calls.departures)
        .extracting(d -> d.request().operation())
        .containsExactly("closeContract", "cancelOrder", "readPositions", "readOrders");
  }

  @Test
  void whenReadsHaveNoRoomAnEntryIsStillCancelled() {
    long entry = world.venue.order(ACCOUNT, ES, OrderType.LIMIT, OrderSide.BUY, 2);
    use(180);

    world.decide(World.cancel(ES, entry));
    world.time.pass(100);

    assertThat(world.venue.order(entry)).isEmpty();
    assertThat(world.calls.departures).hasSize(1);
    world.passUntilFinished();
  }

  @Test
  void aThousandOrdersAreSweptWithoutEverExceedingTheVenuesRate() {
    world.venue.open(ACCOUNT, MNQ, 3);
    for (int i = 0; i < 1_000; i++) {
      world.venue.order(ACCOUNT, ES, OrderType.LIMIT, OrderSide.BUY, 1 + i % 5);
    }
    world.lockFlat();

    world.flatten();
    assertThat(
            world.time.passUntil(
                () -> !world.heard.proofs.isEmpty(), java.time.Duration.ofMinutes(10)))
        .isTrue();

    assertThat(world.isFlat()).isTrue();
    for (int i = 0; i + 200 < world.calls.departures.size(); i++) {
      assertThat(
              world.calls.departures.get(i + 200).atMillis()
                  - world.calls.departures.get(i).atMillis())
          .isGreaterThanOrEqualTo(60_000);
    }
  }
}
