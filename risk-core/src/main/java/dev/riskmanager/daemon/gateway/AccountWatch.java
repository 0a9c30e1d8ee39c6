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
  private volatile @Nullable ScheduledFuture<?> polling;

  AccountWatch(
      Set<AccountId> watched, Venue venue, Gate gate, HubLink.Parts parts, StatusBoard board) {
    this.watched = watched;
    this.venue = venue;
    this.gate = gate;
    this.parts = parts;
    this.board = board;
  }

  /** From now on, which is after the first snapshot. */
  void start() {
    if (polling == null) {
      long every = parts.settings().accountPoll().toMillis();
      polling =
          parts
              .scheduler()
              .scheduleWithFixedDelay(
                  () -> parts.worker().execute(this::poll), every, every, TimeUnit.MILLISECONDS);
    }
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

  private void poll() {
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
      again();
      return;
    }
    List<Account> rows = done.value().stream().filter(row -> watched.contains(row.id())).toList();
    gate.pass(
        parts.clock().instant(),
        new SnapshotTaken(
            false, Optional.of(rows), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void again() {
    try {
      parts
          .scheduler()
          .schedule(
              () -> parts.worker().execute(this::poll),
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
