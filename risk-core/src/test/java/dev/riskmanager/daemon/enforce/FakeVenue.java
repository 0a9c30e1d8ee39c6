package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A venue in memory that nets positions, keeps resting orders through a close as the real one does,
 * and remembers every change so that reads may lag. It always does what it is asked; faults are put
 * in front of it by {@link VirtualCalls}.
 */
final class FakeVenue implements Venue {
  private static final Price PRICE = Price.of("21000.25");

  private record Key(AccountId account, ContractId contract) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : contract.compareTo(other.contract);
    }
  }

  private record Snapshot(Instant at, List<Position> positions, List<Order> orders) {}

  private final InstantSource clock;
  private final TreeMap<Key, Position> positions = new TreeMap<>();
  private final TreeMap<Long, Order> orders = new TreeMap<>();
  private final List<Trade> trades = new ArrayList<>();
  private final List<Snapshot> history = new ArrayList<>();
  private final Set<String> tags = new HashSet<>();
  private long nextPosition = 825_000_001L;
  private long nextOrder = 3_425_000_100L;
  private long nextTrade = 3_005_000_001L;

  /** Reads show the state of so long ago. */
  Duration lag = Duration.ZERO;

  /** Told of each close the executor asked for: contract, signed size before and after. */
  Watcher closeWatcher = (account, contract, before, after) -> {};

  /** Told of each close that arrives, with the position that it hits. */
  Consumer<Position> closeHits = held -> {};

  /** Told of each fill, whoever asked for it. */
  Watcher fillWatcher = (account, contract, before, after) -> {};

  interface Watcher {
    void changed(AccountId account, ContractId contract, long before, long after);
  }

  /** A close rests as a market order for a while before it fills; empty when it fills at once. */
  Optional<Consumer<Runnable>> fillsLater = Optional.empty();

  /** {@code Order/place} refuses so many times, keeping the rejected order's tag. */
  int rejectPlacements;

  FakeVenue(InstantSource clock) {
    this.clock = clock;
    remember();
  }

  // --- what traders and the market do ---

  /** A fill, anybody's: positive bought, negative sold. */
  synchronized void fill(AccountId account, ContractId contract, long signed, long orderId) {
    Key key = new Key(account, contract);
    Position old = positions.get(key);
    long before = old == null ? 0 : old.signedSize();
    long after = before + signed;
    if (after == 0) {
      positions.remove(key);
    } else {
      boolean same = old != null && Long.signum(before) == Long.signum(after);
      positions.put(
          key,
          new Position(
              same && old != null ? old.id() : nextPosition++,
              account,
              contract,
              Side.ofSigned(after),
              Math.abs(after),
              PRICE,
              same && old != null ? old.openedAt() : clock.instant()));
    }
    trades.add(
        new Trade(
            nextTrade++,
            account,
            contract,
            signed > 0 ? OrderSide.BUY : OrderSide.SELL,
            Math.abs(signed),
            PRICE,
            Optional.empty(),
            Money.ZERO,
            orderId,
            clock.instant(),
            false));
    remember();
    fillWatcher.changed(account, contract, before, after);
  }

  /** A trader's market order. */
  synchronized Position open(AccountId account, ContractId contract, long signed) {
    fill(account, contract, signed, nextOrder++);
    return position(account, contract).orElseThrow();
  }

  synchronized long order(
      AccountId account, ContractId contract, OrderType type, OrderSide side, long size) {
    return order(account, contract, type, side, size, OrderStatus.OPEN, Optional.empty());
  }

  synchronized long order(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      OrderStatus status,
      Optional<Long> parent) {
    long id = nextOrder++;
    Instant now = clock.instant();
    orders.put(
        id,
        new Order(
            id,
            account,
            contract,
            status,
            type,
            side,
            size,
            0,
            type == OrderType.LIMIT ? Optional.of(PRICE) : Optional.empty(),
            type.isStop() ? Optional.of(PRICE) : Optional.empty(),
            Optional.empty(),
            parent,
            Optional.empty(),
            now,
            now,
            ""));
    remember();
    return id;
  }

  /** A working order fills as a whole. */
  synchronized void fillOrder(long orderId) {
    Order order = orders.remove(orderId);
    if (order != null) {
      fill(order.account(), order.contract(), order.side().sign() * order.remaining(), orderId);
    }
  }

  synchronized Optional<Position> position(AccountId account, ContractId contract) {
    return Optional.ofNullable(positions.get(new Key(account, contract)));
  }

  synchronized Optional<Order> order(long id) {
    return Optional.ofNullable(orders.get(id));
  }

  synchronized List<Position> positionsOf(AccountId account) {
    return positions.values().stream().filter(p -> p.account().equals(account)).toList();
  }

  synchronized List<Order> ordersOf(AccountId account) {
    return orders.values().stream().filter(o -> o.account().equals(account)).toList();
  }

  synchronized List<Trade> tradesOf(AccountId account) {
    return trades.stream().filter(t -> t.account().equals(account)).toList();
  }

  private void remember() {
    history.add(
        new Snapshot(
            clock.instant(), List.copyOf(positions.values()), List.copyOf(orders.values())));
  }

  private Snapshot seen() {
    Instant at = clock.instant().minus(lag);
    Snapshot newest = history.getFirst();
    for (Snapshot snapshot : history) {
      if (!snapshot.at().isAfter(at)) {
        newest = snapshot;
      }
    }
    return newest;
  }

  // --- the venue's operations ---

  @Override
  public VenueReply<List<Account>> accounts() {
    throw new UnsupportedOperationException("the executor has no business with accounts");
  }

  @Override
  public synchronized VenueReply<List<Position>> openPositions(AccountId account) {
    return done(seen().positions().stream().filter(p -> p.account().equals(account)).toList());
  }

  @Override
  public synchronized VenueReply<List<Order>> workingOrders(AccountId account) {
    return done(seen().orders().stream().filter(o -> o.account().equals(account)).toList());
  }

  @Override
  public synchronized VenueReply<List<Trade>> trades(AccountId account, Instant since) {
    return done(
        trades.stream()
            .filter(t -> t.account().equals(account) && !t.executedAt().isBefore(since))
            .toList());
  }

  @Override
  public VenueReply<List<Contract>> contracts() {
    throw new UnsupportedOperationException("the executor has no business with contracts");
  }

  @Override
  public VenueReply<Contract> contract(ContractId contract) {
    throw new UnsupportedOperationException("the executor has no business with contracts");
  }

  @Override
  public synchronized VenueReply<Void> closePosition(AccountId account, ContractId contract) {
    Optional<Position> held = position(account, contract);
    if (held.isEmpty()) {
      return refused(2, "PositionNotFound", "", true);
    }
    close(held.get(), held.get().size());
    return ok();
  }

  private void close(Position held, long size) {
    closeHits.accept(held);
    AccountId account = held.account();
    ContractId contract = held.contract();
    if (fillsLater.isPresent()) {
      long id = order(account, contract, OrderType.MARKET, OrderSide.closing(held.side()), size);
      fillsLater.get().accept(() -> fillClose(account, contract, id));
    } else {
      fillAndTell(account, contract, -held.side().sign() * size, nextOrder++);
    }
  }

  private synchronized void fillClose(AccountId account, ContractId contract, long orderId) {
    Order order = orders.remove(orderId);
    if (order != null) {
      fillAndTell(account, contract, order.side().sign() * order.remaining(), orderId);
    }
  }

  private void fillAndTell(AccountId account, ContractId contract, long signed, long orderId) {
    long before = position(account, contract).map(Position::signedSize).orElse(0L);
    fill(account, contract, signed, orderId);
    closeWatcher.changed(account, contract, before, before + signed);
  }

  @Override
  public synchronized VenueReply<Void> partialClose(
      AccountId account, ContractId contract, long size) {
    Optional<Position> held = position(account, contract);
    if (held.isEmpty()) {
      return refused(2, "PositionNotFound", "", true);
    }
    if (size <= 0 || size > held.get().size()) {
      return refused(5, "InvalidCloseSize", "", false);
    }
    close(held.get(), size);
    return ok();
  }

  @Override
  public synchronized VenueReply<Void> cancelOrder(AccountId account, long orderId) {
    Order order = orders.get(orderId);
    if (order == null || !order.account().equals(account)) {
      return refused(2, "OrderNotFound", "", true);
    }
    orders.remove(orderId);
    remember();
    return ok();
  }

  @Override
  public synchronized VenueReply<Void> modifyOrder(
      AccountId account,
      long orderId,
      Optional<Long> size,
      Optional<Price> limit,
      Optional<Price> stop) {
    Order o = orders.get(orderId);
    if (o == null || !o.account().equals(account)) {
      return refused(2, "OrderNotFound", "", true);
    }
    orders.put(
        orderId,
        new Order(
            o.id(),
            o.account(),
            o.contract(),
            o.status(),
            o.type(),
            o.side(),
            size.orElse(o.size()),
            o.filled(),
            limit.or(o::limitPrice),
            stop.or(o::stopPrice),
            o.trailDistance(),
            o.parentOrderId(),
            o.linkedOrderId(),
            o.createdAt(),
            clock.instant(),
            o.customTag()));
    remember();
    return ok();
  }

  @Override
  public synchronized VenueReply<Long> placeOrder(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      Optional<Price> limit,
      Optional<Price> stop,
      String customTag) {
    if (!tags.add(customTag)) {
      return refused(2, "OrderRejected", "Specified custom tag is already in use", false);
    }
    if (rejectPlacements > 0) {
      rejectPlacements--;
      return refused(2, "OrderRejected", "Invalid price. Price is outside allowed range.", false);
    }
    long id = nextOrder++;
    Instant now = clock.instant();
    orders.put(
        id,
        new Order(
            id,
            account,
            contract,
            OrderStatus.OPEN,
            type,
            side,
            size,
            0,
            limit,
            stop,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            now,
            customTag));
    remember();
    return done(id);
  }

  private static <T> VenueReply<T> done(T value) {
    return new VenueReply.Done<>(value, Duration.ZERO);
  }

  @SuppressWarnings("NullAway") // a reply that carries nothing
  private static VenueReply<Void> ok() {
    return new VenueReply.Done<>(null, Duration.ZERO);
  }

  private static <T> VenueReply<T> refused(int code, String name, String message, boolean gone) {
    return new VenueReply.Refused<>(code, name, message, gone, false, Duration.ZERO);
  }
}
