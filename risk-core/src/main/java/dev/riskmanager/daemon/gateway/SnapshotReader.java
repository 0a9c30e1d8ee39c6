package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the venue's whole state of the watched accounts, or says what could not be read. */
final class SnapshotReader {
  private final Venue venue;
  private final Executor worker;

  /**
   * The state of the accounts.
   *
   * @param listed all accounts of the login, watched or not
   */
  record Snapshot(
      List<Account> listed,
      List<Account> watched,
      List<Position> positions,
      List<Order> orders,
      List<Trade> trades) {

    SnapshotTaken event(boolean reconciliation) {
      return new SnapshotTaken(
          reconciliation,
          Optional.of(watched),
          Optional.of(positions),
          Optional.of(orders),
          Optional.of(trades));
    }
  }

  /** Something could not be read. */
  static final class Incomplete extends Exception {
    private static final long serialVersionUID = 1;

    Incomplete(String message) {
      super(message);
    }
  }

  private record Parts(
      CompletableFuture<VenueReply<List<Position>>> positions,
      CompletableFuture<VenueReply<List<Order>>> orders,
      CompletableFuture<VenueReply<List<Trade>>> trades) {}

  SnapshotReader(Venue venue, Executor worker) {
    this.venue = venue;
    this.worker = worker;
  }

  /** Reads everything at once, on workers; blocks until all is there. */
  Snapshot read(Set<AccountId> watched, Function<AccountId, Instant> since) throws Incomplete {
    CompletableFuture<VenueReply<List<Account>>> listing = async(venue::accounts);
    Map<AccountId, Parts> pending = new LinkedHashMap<>();
    for (AccountId account : watched) {
      Instant from = since.apply(account);
      pending.put(
          account,
          new Parts(
              async(() -> venue.openPositions(account)),
              async(() -> venue.workingOrders(account)),
              async(() -> venue.trades(account, from))));
    }
    List<Account> listed = done("accounts", listing);
    List<Account> known = listed.stream().filter(row -> watched.contains(row.id())).toList();
    List<Position> positions = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    List<Trade> trades = new ArrayList<>();
    for (Map.Entry<AccountId, Parts> entry : pending.entrySet()) {
      AccountId account = entry.getKey();
      Parts parts = entry.getValue();
      boolean isListed = known.stream().anyMatch(row -> row.id().equals(account));
      positions.addAll(rows("positions of " + account, parts.positions(), isListed));
      orders.addAll(rows("orders of " + account, parts.orders(), isListed));
      trades.addAll(rows("trades of " + account, parts.trades(), isListed));
    }
    return new Snapshot(
        listed, known, List.copyOf(positions), List.copyOf(orders), List.copyOf(trades));
  }

  private <T> CompletableFuture<T> async(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, worker);
  }

  /** An account that is not listed has nothing to read; what it refuses is no failure. */
  private static <T> List<T> rows(
      String what, CompletableFuture<VenueReply<List<T>>> pending, boolean isListed)
      throws Incomplete {
    if (!isListed && join(what, pending) instanceof VenueReply.Refused<List<T>>) {
      return List.of();
    }
    return done(what, pending);
  }

  private static <T> T done(String what, CompletableFuture<VenueReply<T>> pending)
      throws Incomplete {
    VenueReply<T> reply = join(what, pending);
    if (reply instanceof VenueReply.Done<T> done) {
      return done.value();
    }
    throw new Incomplete(what + ": " + Replies.describe(reply));
  }

  private static <T> T join(String what, CompletableFuture<T> pending) throws Incomplete {
    try {
      return pending.join();
    } catch (CompletionException e) {
      throw new Incomplete(what + ": " + e.getCause());
    }
  }
}
