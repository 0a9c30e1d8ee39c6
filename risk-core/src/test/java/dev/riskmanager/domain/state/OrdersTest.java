package dev.riskmanager.domain.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.world.Ticket;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the books make of order events that come late, twice, out of turn or not at all. */
class OrdersTest extends WorldTest {
  private static World world() {
    return new World("");
  }

  private static Ticket stop(World world) {
    return world.order(5, "MNQ").sell(2).stop("19900").created("14:00").updated("14:00");
  }

  private static Optional<Order> order(World world) {
    return world.books().orders().get(5);
  }

  // ---- one event after another

  /** An event of the same moment never goes back on the way Suspended, Pending, Open. */
  @ParameterizedTest
  @CsvSource({
    "OPEN,PENDING,OPEN",
    "OPEN,SUSPENDED,OPEN",
    "PENDING,SUSPENDED,PENDING",
    "PENDING,OPEN,OPEN",
    "SUSPENDED,OPEN,OPEN",
    "SUSPENDED,PENDING,PENDING",
    "OPEN,PENDING_CANCELLATION,PENDING_CANCELLATION",
    "PENDING_CANCELLATION,OPEN,OPEN",
    "PENDING_CANCELLATION,PENDING,PENDING_CANCELLATION",
    "UNKNOWN,OPEN,OPEN",
    "OPEN,UNKNOWN,UNKNOWN"
  })
  void ofTheSameMoment(OrderStatus first, OrderStatus second, OrderStatus kept) {
    World world = world();
    stop(world).status(first).send();
    stop(world).status(second).send();
    assertThat(order(world).orElseThrow().status()).isEqualTo(kept);
  }

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      names = {"PENDING", "SUSPENDED", "PENDING_CANCELLATION"})
  void aLaterEventMayTakeAnOpenOrderToAnyState(OrderStatus later) {
    World world = world();
    stop(world).status(OrderStatus.OPEN).send();
    stop(world).status(later).updated("14:00:01").send();
    assertThat(order(world).orElseThrow().status()).isEqualTo(later);
    stop(world).status(OrderStatus.OPEN).updated("14:00:00.500").send();
    assertThat(order(world).orElseThrow().status()).isEqualTo(later);
  }

  @Test
  void fillsNeverBecomeFewer() {
    World world = world();
    stop(world).filled(1).send();
    stop(world).filled(0).send();
    assertThat(order(world).orElseThrow().filled()).isEqualTo(1);
  }

  @Test
  void whatComesTwiceChangesNothing() {
    World world = world();
    stop(world).send();
    AccountState once = world.books();
    stop(world).send();
    assertThat(world.books()).isSameAs(once);
    stop(world).status(OrderStatus.CANCELLED).send();
    AccountState ended = world.books();
    stop(world).status(OrderStatus.CANCELLED).send();
    assertThat(world.books()).isSameAs(ended);
  }

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      names = {"FILLED", "CANCELLED", "EXPIRED", "REJECTED"})
  void anEndIsFinalWhateverComesAfterIt(OrderStatus end) {
    World world = world();
    // It is the first that is heard of the order.
    stop(world).status(end).send();
    stop(world).status(OrderStatus.PENDING).send();
    stop(world).status(OrderStatus.OPEN).updated("14:09").send();
    assertThat(order(world)).isEmpty();
  }

  @Test
  void anEndIsNeverTooLate() {
    World world = world();
    stop(world).updated("14:05").filled(1).send();
    stop(world).updated("14:00").filled(0).status(OrderStatus.CANCELLED).send();
    assertThat(order(world)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"FILLED,0,0,true", "CANCELLED,0,0,false", "CANCELLED,1,0,true", "EXPIRED,0,1,true"})
  void ofAnOrderThatEndedItIsKnownWhetherItFilled(
      OrderStatus end, long told, long before, boolean filled) {
    World world = world();
    stop(world).filled(before).send();
    stop(world).filled(told).status(end).send();
    assertThat(world.books().endedOrders().find(5)).isEqualTo(EndedOrder.told(filled));
  }

  @Test
  void ofTheEndedTheNewestThousandAreRemembered() {
    World world = world();
    for (int id = 1; id <= 1_003; id++) {
      world.order(id, "MNQ").status(OrderStatus.CANCELLED).send();
    }
    assertThat(world.books().endedOrders().size()).isEqualTo(1_000);
    assertThat(world.books().endedOrders().containsKey(3)).isFalse();
    assertThat(world.books().endedOrders().containsKey(4)).isTrue();
  }

  // ---- snapshots

  @Test
  void aSnapshotReplacesTheOrders() {
    World world = world();
    stop(world).send();
    world.order(6, "MNQ").sell(1).stop("19950").send();
    world
        .snapshot()
        .listed(true)
        .order(world.order(6, "MNQ").sell(3).stop("19960"))
        .order(world.order(7, "ES").buy(1).stop("6100"))
        .order(world.order(8, "ES").buy(1).status(OrderStatus.FILLED))
        .send();
    assertThat(world.books().orders()).extracting(entry -> entry.key()).containsExactly(6L, 7L);
    assertThat(world.books().orders().get(6).orElseThrow().size()).isEqualTo(3);
    assertThat(world.books().endedOrders().find(8)).isEqualTo(EndedOrder.told(true));
  }

  @Test
  void anOrderThatASnapshotMissedComesBackOnlyWithNews() {
    World world = world();
    stop(world).send();
    world.at("14:01").snapshot().listed(true).noOrders().send();
    assertThat(order(world)).isEmpty();
    // What was under way when it was read, and a duplicate.
    stop(world).send();
    stop(world).status(OrderStatus.PENDING).send();
    assertThat(order(world)).isEmpty();
    // It has been changed since: it was not gone.
    stop(world).updated("14:00:00.001").send();
    assertThat(order(world)).isPresent();
  }

  @Test
  void theEndOfAnOrderThatASnapshotMissedIsFinal() {
    World world = world();
    stop(world).send();
    world.at("14:01").snapshot().listed(true).noOrders().send();
    stop(world).status(OrderStatus.FILLED).filled(2).send();
    assertThat(world.books().endedOrders().find(5)).isEqualTo(EndedOrder.told(true));
    stop(world).updated("14:02").send();
    assertThat(order(world)).isEmpty();
  }

  @Test
  void anOrderThatFilledInPartIsMissedWithWhatItFilled() {
    World world = world();
    stop(world).filled(1).send();
    world.snapshot().listed(true).noOrders().send();
    assertThat(world.books().endedOrders().get(5).orElseThrow().filled()).isTrue();
  }
}
