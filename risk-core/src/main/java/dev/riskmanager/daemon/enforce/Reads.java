package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the account when somebody needs it, and no more often. */
final class Reads implements Step {
  /** A second and a third may leave while the first hangs. */
  private static final int AT_ONCE = 3;

  /**
   * Without a look for so long is an alarm: nobody knows whether the account is flat. Longer than
   * looks that are only spread over the minute are apart.
   */
  private static final long HELD_BACK_TOO_LONG = 12 * Timing.SECOND;

  /** A look that finds room so soon is waited for. */
  private static final long WORTH_WAITING = Timing.SECOND;

  /** A read that takes so long may be hanging. */
  private static final long HANGS = 150 * Timing.MILLI;

  private static final String HELD_BACK = "looks";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AccountId account;
  private final Book book;
  private final Backoff backoff;
  private final Alarms alarms;
  private final Feed positions = new Feed("positions");
  private final Feed orders = new Feed("orders");
  private long heldBackSince = Timing.NEVER;
  private long heldBackUntil = -Timing.NEVER;

  /** Positions or orders: what is under way and how it went. */
  private static final class Feed {
    final String name;
    final List<Stamp> underWay = new ArrayList<>();
    int failures;
    long retryAt = -Timing.NEVER;

    Feed(String name) {
      this.name = name;
    }

    boolean meets(Need need, Stamp newest) {
      return need.isMetBy(newest) || underWay.stream().anyMatch(need::isMetBy);
    }

    long wake(Need need, Stamp newest) {
      if (meets(need, newest) || underWay.size() >= AT_ONCE) {
        return Timing.NEVER;
      }
      long due = Math.max(need.notBefore(), retryAt);
      // What is under way may tell as well; it is not waited for when it hangs.
      return need.look() == Look.FIRST || underWay.isEmpty()
          ? due
          : Math.max(due, underWay.getLast().nanos() + HANGS);
    }
  }

  Reads(AccountId account, Book book, Backoff backoff, Alarms alarms) {
    this.account = account;
    this.book = book;
    this.backoff = backoff;
    this.alarms = alarms;
  }

  void wanted(List<Need> needs, Moment now, List<Wanted> out) {
    Optional<Look> atPositions = Optional.empty();
    Optional<Look> atOrders = Optional.empty();
    for (Need need : needs) {
      if (positions.wake(need, book.positionsSent()) <= now.nanos()) {
        atPositions = Optional.of(atPositions.orElse(need.look()).or(need.look()));
      }
      if (need.ordersToo() && orders.wake(need, book.ordersSent()) <= now.nanos()) {
        atOrders = Optional.of(atOrders.orElse(need.look()).or(need.look()));
      }
    }
    VenueRequest readPositions = new VenueRequest.ReadPositions(account);
    VenueRequest readOrders = new VenueRequest.ReadOrders(account);
    if (atPositions.isPresent() && atOrders.isPresent()) {
      // Either without the other proves nothing: they leave together or not at all.
      Look look = atPositions.get().or(atOrders.get());
      out.add(Wanted.read(readPositions, look, 2, this));
      out.add(Wanted.read(readOrders, look, 1, this));
    } else {
      atPositions.ifPresent(look -> out.add(Wanted.read(readPositions, look, 1, this)));
      atOrders.ifPresent(look -> out.add(Wanted.read(readOrders, look, 1, this)));
    }
  }

  /** When the next read is due as far as the needs go. */
  long wake(List<Need> needs) {
    long wake = Timing.NEVER;
    for (Need need : needs) {
      wake = Math.min(wake, positions.wake(need, book.positionsSent()));
      if (need.ordersToo()) {
        wake = Math.min(wake, orders.wake(need, book.ordersSent()));
      }
    }
    return wake;
  }

  /** An answer that will tell of what happened after that point is still to come. */
  boolean ordersUnderWaySince(long seq) {
    return orders.underWay.stream().anyMatch(s -> s.seq() > seq);
  }

  /** Whether there is no looking for now: the venue does not let us, or our own budget. */
  boolean isBlind(Moment now) {
    return positions.failures >= Timing.QUICK_ATTEMPTS - 1
        || heldBackUntil - now.nanos() > WORTH_WAITING;
  }

  /**
   * A look that a close waits for found no room in the budget.
   *
   * @param until when it will
   */
  void heldBack(long until, Moment now) {
    if (heldBackSince == Timing.NEVER) {
      heldBackSince = now.nanos();
    }
    heldBackUntil = until;
    if (now.nanos() - heldBackSince >= HELD_BACK_TOO_LONG) {
      alarms.raise(
          HELD_BACK,
          "what became of its closes cannot be read before "
              + CLOCK.format(now.at().plusNanos(until - now.nanos()))
              + " UTC: the reads of this minute are used up; closing goes on without",
          false);
    }
  }

  @Override
  public void sent(Sent sent) {
    feed(sent).underWay.add(sent.stamp());
  }

  @Override
  public void answered(Sent sent, VenueReply<?> reply, Stamp stamp) {
    Feed feed = feed(sent);
    feed.underWay.remove(sent.stamp());
    if (reply instanceof VenueReply.Done<?> done && done.value() instanceof List<?> rows) {
      feed.failures = 0;
      feed.retryAt = -Timing.NEVER;
      alarms.clear(feed.name);
      if (feed == positions) {
        heldBackSince = Timing.NEVER;
        heldBackUntil = -Timing.NEVER;
        alarms.clear(HELD_BACK);
        book.takePositions(sent.stamp(), stamp.nanos(), rows);
      } else {
        book.takeOrders(sent.stamp(), stamp.nanos(), rows);
      }
      return;
    }
    feed.failures++;
    feed.retryAt =
        stamp.nanos()
            + (Outcome.of(reply) == Outcome.THROTTLED
                ? backoff.afterThrottled(feed.failures)
                : backoff.after(feed.failures));
    if (feed.failures >= Timing.QUICK_ATTEMPTS) {
      alarms.raise(
          feed.name,
          "its "
              + feed.name
              + " cannot be read ("
              + feed.failures
              + " requests, the last: "
              + Outcome.text(reply)
              + "); still trying",
          false);
    }
  }

  private Feed feed(Sent sent) {
    return sent.request() instanceof VenueRequest.ReadPositions ? positions : orders;
  }
}
