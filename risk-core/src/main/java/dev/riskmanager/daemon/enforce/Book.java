package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The account as the newest reads showed it. A read counts from when it was sent: what the venue
 * did after that may not be in it.
 */
final class Book {
  private static final Stamp NEVER = new Stamp(0, new Moment(Instant.EPOCH, -Timing.NEVER));

  private static final long FRESH = 250 * Timing.MILLI;

  private final AccountId account;
  private final SortedMap<ContractId, Position> positions = new TreeMap<>();
  private final SortedMap<Long, Order> orders = new TreeMap<>();
  private Stamp positionsSent = NEVER;
  private Stamp ordersSent = NEVER;
  private long positionsTaken = -Timing.NEVER;
  private long ordersTaken = -Timing.NEVER;

  Book(AccountId account) {
    this.account = account;
  }

  /** Takes what a read of positions returned; false when a newer one has been taken already. */
  boolean takePositions(Stamp sent, long answeredNanos, Collection<?> rows) {
    if (sent.seq() <= positionsSent.seq()) {
      return false;
    }
    positionsSent = sent;
    positionsTaken = answeredNanos;
    positions.clear();
    for (Object row : rows) {
      if (row instanceof Position position
          && position.account().equals(account)
          && position.size() > 0) {
        positions.put(position.contract(), position);
      }
    }
    return true;
  }

  /** The same for a read of orders; only those that may still fill are kept. */
  boolean takeOrders(Stamp sent, long answeredNanos, Collection<?> rows) {
    if (sent.seq() <= ordersSent.seq()) {
      return false;
    }
    ordersSent = sent;
    ordersTaken = answeredNanos;
    orders.clear();
    for (Object row : rows) {
      if (row instanceof Order order
          && order.account().equals(account)
          && order.status().isWorking()) {
        orders.put(order.id(), order);
      }
    }
    return true;
  }

  Optional<Position> position(ContractId contract) {
    return Optional.ofNullable(positions.get(contract));
  }

  Collection<Position> positions() {
    return Collections.unmodifiableCollection(positions.values());
  }

  Optional<Order> order(long id) {
    return Optional.ofNullable(orders.get(id));
  }

  /** By id, which is by age. */
  Collection<Order> orders() {
    return Collections.unmodifiableCollection(orders.values());
  }

  List<Order> ordersOf(ContractId contract) {
    return orders.values().stream().filter(o -> o.contract().equals(contract)).toList();
  }

  /** When the newest read of positions was sent. */
  Stamp positionsSent() {
    return positionsSent;
  }

  /** Whether the newest reads are so young that amounts may be taken from them. */
  boolean isFresh(Moment now, boolean ordersToo) {
    return now.nanos() - positionsTaken <= FRESH
        && (!ordersToo || now.nanos() - ordersTaken <= FRESH);
  }

  /** When the newest read of orders was sent. */
  Stamp ordersSent() {
    return ordersSent;
  }
}
