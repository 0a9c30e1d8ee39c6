package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.Reading.OfAccount;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
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

/** Reads the venue's whole state of the watched accounts, and says what could not be read. */
final class SnapshotReader {
  private final Venue venue;
  private final Executor worker;
  private final RequestAllowance allowance;

  private record Parts(
      CompletableFuture<VenueReply<List<Position>>> positions,
      CompletableFuture<VenueReply<List<Order>>> orders,
      CompletableFuture<VenueReply<List<Trade>>> trades) {}

  SnapshotReader(Venue venue, Executor worker, RequestAllowance allowance) {
    this.venue = venue;
    this.worker = worker;
    this.allowance = allowance;
  }

  /** Reads everything at once, on workers; blocks until all is there. */
  Reading read(Set<AccountId> accounts, Function<AccountId, Instant> since) {
    CompletableFuture<VenueReply<List<Account>>> listing = async(venue::accounts);
    Map<AccountId, Parts> pending = new LinkedHashMap<>();
    for (AccountId account : accounts) {
      Instant from = since.apply(account);
      pending.put(
          account,
          new Parts(
              async(() -> venue.openPositions(account)),
              async(() -> venue.workingOrders(account)),
              async(() -> venue.trades(account, from))));
    }
    List<String> failures = new ArrayList<>();
    Optional<List<Account>> listed = done("accounts", listing, failures);
    List<OfAccount> read = new ArrayList<>();
    pending.forEach(
        (account, parts) -> {
          // What is said of an account that is not listed is no reading of it, nor a failure.
          if (listed.filter(rows -> isMissing(rows, account)).isEmpty()) {
            read.add(
                new OfAccount(
                    account,
                    done("positions of " + account, parts.positions(), failures),
                    done("orders of " + account, parts.orders(), failures),
                    done("trades of " + account, parts.trades(), failures)));
          }
        });
    return new Reading(listed, List.copyOf(read), List.copyOf(failures));
  }

  private static boolean isMissing(List<Account> listed, AccountId account) {
    return listed.stream().noneMatch(row -> row.id().equals(account));
  }

  private <T> CompletableFuture<T> async(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, worker);
  }

  private <T> Optional<List<T>> done(
      String what, CompletableFuture<VenueReply<List<T>>> pending, List<String> failures) {
    VenueReply<List<T>> reply;
    try {
      reply = pending.join();
    } catch (CompletionException e) {
      failures.add(what + ": " + e.getCause());
      return Optional.empty();
    }
    if (reply instanceof VenueReply.Done<List<T>> done) {
      return Optional.of(done.value());
    }
    if (reply instanceof VenueReply.Throttled<List<T>>) {
      allowance.throttled();
    }
    failures.add(what + ": " + Replies.describe(reply));
    return Optional.empty();
  }
}
