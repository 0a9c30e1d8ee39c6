package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every now and then whether the accounts still may trade, for the case that an event was
 * missed, and with it whether the REST side answers at all.
 *
 * <p>An account that has vanished from the list is believed only when a second reading says the
 * same: RULE-010 flattens for it, and one odd reply must not. Thread-safe.
 */
final class AccountWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccountWatch.class);

  private static final Duration READ_AGAIN = Duration.ofSeconds(2);

  private final Set<AccountId> watched;
  private final Venue venue;
  private final Gate gate;
  private final HubLink.Parts parts;
  private final StatusBoard board;
  private final AtomicLong accountEvents = new AtomicLong();
  private final Set<AccountId> seen = new LinkedHashSet<>();
  private Set<AccountId> missing = Set.of();
  private @Nullable Set<AccountId> absent; // of the newest list that was believed; null before it
  private volatile @Nullable ScheduledFuture<?> polling;

  AccountWatch(
      Set<AccountId> watched, Venue venue, Gate gate, HubLink.Parts parts, StatusBoard board) {
    this.watched = watched;
    this.venue = venue;
    this.gate = gate;
    this.parts = parts;
    this.board = board;
  }

  /**
   * What a list says of the accounts that are watched.
   *
   * @param missing those that are not on it
   * @param arrived those that were not on the list before, and are now
   * @param news whether it is the first, or others are missing than before
   */
  record Listed(Set<AccountId> missing, Set<AccountId> arrived, boolean news) {}

  /**
   * From now on, which is after the first snapshot.
   *
   * @param believed takes each list before it is passed on; one that it refuses is not
   */
  void start(Predicate<List<Account>> believed) {
    if (polling == null) {
      long every = parts.settings().accountPoll().toMillis();
      polling =
          parts
              .scheduler()
              .scheduleWithFixedDelay(
                  () -> parts.worker().execute(() -> poll(believed)),
                  every,
                  every,
                  TimeUnit.MILLISECONDS);
    }
  }

  /** Takes a list for true. */
  synchronized Listed believe(Collection<Account> listed) {
    Set<AccountId> now = new LinkedHashSet<>(watched);
    listed.forEach(row -> now.remove(row.id()));
    Set<AccountId> before = absent;
    Set<AccountId> arrived = new LinkedHashSet<>(before == null ? Set.of() : before);
    arrived.removeAll(now);
    absent = now;
    return new Listed(Set.copyOf(now), arrived, !now.equals(before));
  }

  /** The accounts that were not on the newest list that was believed; none before the first. */
  synchronized Set<AccountId> absent() {
    return absent == null ? Set.of() : Set.copyOf(absent);
  }

  /** The hub told of an account: a reading under way may be older than that. */
  void told() {
    accountEvents.incrementAndGet();
  }

  /**
   * Whether a list should be read once more before it is believed: a known account is not on it for
   * the first time.
   */
  synchronized boolean isDoubtful(Collection<Account> listed) {
    for (Account row : listed) {
      if (watched.contains(row.id())) {
        seen.add(row.id());
      }
    }
    Set<AccountId> now = new LinkedHashSet<>(seen);
    listed.forEach(row -> now.remove(row.id()));
    boolean news = !missing.containsAll(now);
    missing = now;
    return news;
  }

  private void poll(Predicate<List<Account>> believed) {
    long before = accountEvents.get();
    VenueReply<List<Account>> reply = venue.accounts();
    if (!(reply instanceof VenueReply.Done<List<Account>> done)) {
      board.problem(
          Part.REST,
          Health.DEGRADED,
          "rest",
          "requests to the venue fail: " + Replies.describe(reply));
      return;
    }
    board.solved("rest");
    if (before != accountEvents.get()) {
      return;
    }
    if (isDoubtful(done.value())) {
      LOG.warn("A known account is not on the venue's list; reading it again");
      again(believed);
      return;
    }
    if (!believed.test(done.value())) {
      return;
    }
    List<Account> rows = done.value().stream().filter(row -> watched.contains(row.id())).toList();
    gate.pass(
        parts.clock().instant(),
        new SnapshotTaken(
            false, Optional.of(rows), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void again(Predicate<List<Account>> believed) {
    try {
      parts
          .scheduler()
          .schedule(
              () -> parts.worker().execute(() -> poll(believed)),
              READ_AGAIN.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Shutting down");
    }
  }

  @Override
  public void close() {
    ScheduledFuture<?> future = polling;
    if (future != null) {
      future.cancel(false);
    }
  }
}
