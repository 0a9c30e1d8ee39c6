package dev.riskmanager.sim.exchange;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the books; an unknown account gives an empty list or Optional. */
public final class Reader {
  private static final Set<OrderStatus> FOUND_BY_SEARCH =
      Set.of(
          OrderStatus.OPEN,
          OrderStatus.FILLED,
          OrderStatus.CANCELLED,
          OrderStatus.EXPIRED,
          OrderStatus.REJECTED);

  private final Floor floor;

  Reader(Floor floor) {
    this.floor = floor;
  }

  public boolean hasAccount(long accountId) {
    return floor.locked(() -> floor.accounts.containsKey(accountId));
  }

  public List<AccountView> accounts() {
    return floor.locked(() -> floor.accounts.values().stream().map(floor::view).toList());
  }

  public Optional<AccountView> account(long id) {
    return accounts().stream().filter(a -> a.id() == id).findFirst();
  }

  /** Open positions, oldest first. */
  public List<PositionView> positions(long accountId) {
    return read(accountId, a -> a.positions.values().stream().map(Position::view));
  }

  /** Orders of any state, oldest first. */
  public List<OrderView> orders(long accountId, Predicate<OrderView> wanted) {
    return read(accountId, a -> a.orders.values().stream().map(Order::view).filter(wanted));
  }

  /** As the venue's search: by creation time, and never Pending or Suspended. */
  public List<OrderView> search(long accountId, @Nullable Instant from, @Nullable Instant to) {
    return orders(
        accountId, o -> FOUND_BY_SEARCH.contains(o.status()) && within(o.created(), from, to));
  }

  /** Orders that are not finished, oldest first; quick however many have finished. */
  public List<OrderView> live(long accountId, Predicate<OrderView> wanted) {
    return read(
        accountId,
        a ->
            floor.live.values().stream()
                .filter(o -> o.accountId == a.id)
                .map(Order::view)
                .filter(wanted)
                .sorted(Comparator.comparingLong(OrderView::id)));
  }

  /** Orders the venue calls open: status 1 and nothing else. */
  public List<OrderView> working(long accountId) {
    return live(accountId, o -> o.status() == OrderStatus.OPEN);
  }

  /** Ids of the contracts somebody holds or has an order in, in a fixed order. */
  public Set<String> contractsInPlay() {
    return floor.locked(
        () -> {
          Set<String> ids = new TreeSet<>();
          floor.live.values().forEach(o -> ids.add(o.contract.id()));
          floor.accounts.values().forEach(a -> ids.addAll(a.positions.keySet()));
          return ids;
        });
  }

  /** Fills, newest first. */
  public List<TradeView> trades(long accountId, @Nullable Instant from, @Nullable Instant to) {
    return read(
        accountId, a -> a.trades.reversed().stream().filter(t -> within(t.created(), from, to)));
  }

  private <T> List<T> read(long accountId, Function<Account, Stream<T>> rows) {
    return floor.locked(
        () -> {
          Account account = floor.accounts.get(accountId);
          return account == null ? List.<T>of() : rows.apply(account).toList();
        });
  }

  private static boolean within(Instant time, @Nullable Instant from, @Nullable Instant to) {
    return (from == null || !time.isBefore(from)) && (to == null || !time.isAfter(to));
  }
}
