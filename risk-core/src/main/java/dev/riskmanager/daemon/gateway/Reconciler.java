package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.HubSession.Call;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to the accounts and reads the venue's state of them whenever a connection begins, and
 * goes on until each is told of and was read whole. Accounts do not wait for each other: what was
 * read is delivered, what was not is read again, within the request rate that is not reserved for
 * enforcement.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** Longest wait between two attempts. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final int REQUESTS_OF_AN_ACCOUNT = 3;

  private final Set<AccountId> accounts;
  private final Function<AccountId, Instant> since;
  private final Gate gate;
  private final Venue venue;
  private final SnapshotReader reader;
  private final HubLink.Parts parts;
  private final RequestAllowance allowance;
  private final StatusBoard board;
  private final Contracts contracts;
  private final AccountWatch watch;
  private final Delivery delivery;

  /** Why the hub does not tell of an account, by the account; of the newest connection. */
  private final Map<AccountId, String> refused = new ConcurrentHashMap<>();

  /** Of which accounts the newest connection was asked to tell, and does. */
  private final Set<AccountId> told = ConcurrentHashMap.newKeySet();

  private final Arrivals arrivals = new Arrivals();

  /** Takes what was read. */
  interface Delivery {
    /** Passes it on and lets what waited at the gate follow; false when the connection is over. */
    boolean deliver(HubSession session, Reading reading);
  }

  Reconciler(
      Set<AccountId> accounts,
      Function<AccountId, Instant> since,
      Gate gate,
      Venue venue,
      HubLink.Parts parts,
      RequestAllowance allowance,
      StatusBoard board,
      Contracts contracts,
      AccountWatch watch,
      Delivery delivery) {
    this.accounts = accounts;
    this.since = since;
    this.gate = gate;
    this.venue = venue;
    this.reader = new SnapshotReader(venue, parts.worker(), allowance);
    this.parts = parts;
    this.allowance = allowance;
    this.board = board;
    this.contracts = contracts;
    this.watch = watch;
    this.delivery = delivery;
  }

  /**
   * Asks the hub to tell of all accounts; one that it refuses does not keep it from telling of the
   * others. Blocks.
   *
   * @throws HubFailure when it tells of none
   */
  void subscribe(HubSession session) throws HubFailure {
    refused.clear();
    told.clear();
    session.invokeAll(List.of(Call.of("SubscribeAccounts")));
    Set<AccountId> wanted = present();
    subscribe(session, wanted);
    if (!wanted.isEmpty() && refused.size() == wanted.size() && isAnyListed(wanted)) {
      throw new HubFailure("subscribing: " + refused.values().iterator().next());
    }
  }

  /** Those that are not missing from the venue's list, as far as it is known. */
  private Set<AccountId> present() {
    Set<AccountId> present = new LinkedHashSet<>(accounts);
    present.removeAll(watch.absent());
    return present;
  }

  /** A hub that tells of no account is broken, unless there is none that it could tell of. */
  private boolean isAnyListed(Set<AccountId> wanted) {
    return !(venue.accounts() instanceof VenueReply.Done<List<Account>> done)
        || done.value().stream().anyMatch(row -> wanted.contains(row.id()));
  }

  private void subscribe(HubSession session, Collection<AccountId> wanted) throws HubFailure {
    List<Call> calls = new ArrayList<>();
    for (AccountId account : wanted) {
      calls.add(Call.of("SubscribeOrders", account.value()));
      calls.add(Call.of("SubscribePositions", account.value()));
      calls.add(Call.of("SubscribeTrades", account.value()));
    }
    Map<Call, String> failed = session.tryAll(calls);
    for (AccountId account : wanted) {
      failed.entrySet().stream()
          .filter(entry -> entry.getKey().arguments().contains(account.value()))
          .findFirst()
          .ifPresentOrElse(
              entry -> refused.put(account, entry.getValue()),
              () -> {
                refused.remove(account);
                told.add(account);
              });
    }
  }

  /** Reads the state for a connection that has just begun. Blocks. */
  void begin(HubSession session) {
    arrivals.begin();
    Set<AccountId> all = present();
    // Without it nobody is protected, so it does not wait; but the others' share gets smaller.
    allowance.take(1 + REQUESTS_OF_AN_ACCOUNT * all.size());
    round(session, all, all, 0);
  }

  /** Begins with accounts that the venue has listed since the connection began. Does not block. */
  void takeUp(HubSession session, Set<AccountId> listed) {
    if (arrivals.add(listed)) {
      later(session, Set.of(), 0, Duration.ZERO);
    }
  }

  /**
   * Reads some of the accounts that are to be read.
   *
   * @param pending all that are to be read
   * @param now those of them that are read in this round
   */
  private void round(HubSession session, Set<AccountId> pending, Set<AccountId> now, int tries) {
    Set<AccountId> left = new LinkedHashSet<>(pending);
    try {
      var listing = CompletableFuture.runAsync(contracts::listOnce, parts.worker());
      Reading reading = reader.read(now, since);
      listing.join();
      if (reading.listed().filter(watch::isDoubtful).isPresent()) {
        reading = reading.doubted("a known account is not on the venue's list");
      }
      if (!delivery.deliver(session, reading)) {
        return;
      }
      if (reading.listed().isPresent()) {
        left.removeAll(reading.whole());
      }
      said(reading.failures());
    } catch (RuntimeException e) {
      // What is heard is true even so, and waiting any longer would blind the rules to it.
      gate.release(session, sink -> {});
      said(List.of(String.valueOf(e.getMessage())));
    }
    left.addAll(refused.keySet());
    left.removeAll(watch.absent());
    refused.keySet().removeAll(watch.absent());
    saidRefused();
    if (!left.isEmpty() || !arrivals.none()) {
      // Those that had no turn come first.
      Set<AccountId> next = new LinkedHashSet<>(left);
      next.removeAll(now);
      next.addAll(left);
      later(session, next, tries, pause(tries));
    }
  }

  private void saidRefused() {
    if (refused.isEmpty()) {
      board.solved("subscriptions");
      return;
    }
    StringJoiner text = new StringJoiner("; ");
    new TreeMap<>(refused)
        .forEach(
            (account, why) ->
                text.add("account " + account + ": the venue refuses to tell of it (" + why + ")"));
    board.problem(
        Part.USER_HUB,
        Health.DEGRADED,
        "subscriptions",
        text + "; what happens there is read every " + LONGEST.toSeconds() + " s instead");
  }

  private void said(List<String> failures) {
    if (failures.isEmpty()) {
      board.solved("snapshot");
      return;
    }
    String text = "the venue's state could not be read: " + String.join("; ", failures);
    LOG.warn("{}", text);
    board.problem(Part.USER_HUB, Health.DEGRADED, "snapshot", text);
  }

  private static Duration pause(int tries) {
    Duration pause = SHORTEST.multipliedBy(1L << Math.min(tries, 5));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  private void later(HubSession session, Set<AccountId> pending, int tries, Duration pause) {
    try {
      parts
          .scheduler()
          .schedule(
              () -> parts.worker().execute(() -> again(session, pending, tries + 1)),
              pause.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Shutting down");
    }
  }

  private void again(HubSession session, Set<AccountId> pending, int tries) {
    if (session.isOver()) {
      return;
    }
    Set<AccountId> all = arrivals.take();
    all.stream()
        .filter(account -> !told.contains(account))
        .forEach(account -> refused.putIfAbsent(account, "not asked yet"));
    all.addAll(pending);
    Set<AccountId> now = affordable(all);
    if (now.isEmpty()) {
      Duration free = allowance.untilFree();
      later(session, all, tries - 1, free.compareTo(SHORTEST) < 0 ? SHORTEST : free);
      return;
    }
    // The list of accounts is read with them.
    allowance.take(1);
    if (!refused.isEmpty()) {
      try {
        subscribe(session, List.copyOf(refused.keySet()));
      } catch (HubFailure e) {
        LOG.warn("The hub does not answer to subscriptions: {}", e.reason());
      }
    }
    gate.hold(session, now);
    round(session, all, now, tries);
  }

  /** As many of them as the request rate lets be read now. */
  private Set<AccountId> affordable(Set<AccountId> pending) {
    Set<AccountId> now = new LinkedHashSet<>();
    for (AccountId account : pending) {
      if (!allowance.tryTake()) {
        break;
      }
      now.add(account);
      for (int i = 1; i < REQUESTS_OF_AN_ACCOUNT; i++) {
        allowance.tryTake();
      }
    }
    return now;
  }
}
