package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The venue's 200 requests a minute (gateway-api.md §4), shared by everybody of this process: a
 * sliding window with lanes. Safe for many threads; times are monotonic nanoseconds.
 */
public final class RequestBudget {
  /** Verification reads of one account in a minute. */
  public static final int VERIFICATIONS_PER_MINUTE = LookAllotment.IN_A_MINUTE;

  /** A minute, and a margin for requests that travel faster than those before them. */
  private static final long WINDOW = 60 * Timing.SECOND + 250 * Timing.MILLI;

  private static final long FIRST_PENALTY = Timing.SECOND;
  private static final long LONGEST_PENALTY = 8 * Timing.SECOND;

  /** Enforcement keeps its lane (rules.md §5): it does not hold back for longer than that. */
  private static final long LONGEST_OF_ENFORCEMENT = 2 * Timing.SECOND;

  private final Deque<Long> taken = new ArrayDeque<>();
  private final Map<AccountId, LookAllotment> looks = new TreeMap<>();
  private long penalty = FIRST_PENALTY;
  private long heldSince = Long.MIN_VALUE;
  private long heldUntil = Long.MIN_VALUE;
  private long lastThrottled = Long.MIN_VALUE;

  /** Takes the right to send one request now; false when the lane has to wait. */
  public synchronized boolean tryTake(Lane lane, long now) {
    if (freeAt(lane, now) > now) {
      return false;
    }
    taken.addLast(now);
    return true;
  }

  /** Counts a request that is sent whatever the budget says: a close beyond the baseline. */
  public synchronized void take(long now) {
    prune(taken, now);
    taken.addLast(now);
  }

  /** The first moment, not before {@code now}, at which the lane may find room. */
  public synchronized long freeAt(Lane lane, long now) {
    prune(taken, now);
    long free = Math.max(now, heldUntil(lane));
    int tooMany = taken.size() - lane.ceiling() + 1;
    return tooMany <= 0 ? free : Math.max(free, nth(taken, tooMany) + WINDOW);
  }

  /** Closes hold back for nothing, a cancel for the shortest time. */
  private long heldUntil(Lane lane) {
    return switch (lane) {
      case CLOSE -> Long.MIN_VALUE;
      case CANCEL_ENTRY -> Math.min(heldUntil, heldSince + FIRST_PENALTY);
      case READ, CANCEL_PROTECTIVE, ENFORCE_OTHER ->
          Math.min(heldUntil, heldSince + LONGEST_OF_ENFORCEMENT);
      case GENERAL -> heldUntil;
    };
  }

  /**
   * Takes the right to one verification read of the account, in {@link Lane#READ}.
   *
   * @param reads how many of them must find room, e.g. 2 when the orders are read with the
   *     positions
   */
  public synchronized boolean tryVerify(AccountId account, Look look, int reads, long now) {
    if (verifiableAt(account, look, reads, now) > now || !tryTake(Lane.READ, now)) {
      return false;
    }
    looks.computeIfAbsent(account, a -> new LookAllotment()).take(now);
    return true;
  }

  /** The first moment, not before {@code now}, at which the account may be read again. */
  public synchronized long verifiableAt(AccountId account, Look look, int reads, long now) {
    long free = freeAt(Lane.READ, now);
    LookAllotment done = looks.get(account);
    return done == null ? free : Math.max(free, done.freeAt(look, reads, now));
  }

  /** The venue answered 429: every lane but the closes holds back, others longer each time. */
  public synchronized void throttled(long now) {
    if (lastThrottled != Long.MIN_VALUE && now - lastThrottled > WINDOW) {
      penalty = FIRST_PENALTY;
    }
    lastThrottled = now;
    if (heldUntil <= now) {
      heldSince = now;
      heldUntil = now + penalty;
      penalty = Math.min(LONGEST_PENALTY, penalty * 2);
    }
  }

  /** Requests counted in the minute before {@code now}. */
  public synchronized int used(long now) {
    prune(taken, now);
    return taken.size();
  }

  /** What is left for everybody else, as they see it. */
  public RequestAllowance others(LongSupplier nanos) {
    return new RequestAllowance() {
      @Override
      public boolean tryTake() {
        return RequestBudget.this.tryTake(Lane.GENERAL, nanos.getAsLong());
      }

      @Override
      public void take(int requests) {
        long now = nanos.getAsLong();
        for (int i = 0; i < requests; i++) {
          RequestBudget.this.take(now);
        }
      }

      @Override
      public Duration untilFree() {
        long now = nanos.getAsLong();
        return Duration.ofNanos(freeAt(Lane.GENERAL, now) - now);
      }

      @Override
      public void throttled() {
        RequestBudget.this.throttled(nanos.getAsLong());
      }
    };
  }

  private static void prune(Deque<Long> times, long now) {
    while (!times.isEmpty() && now - times.getFirst() >= WINDOW) {
      times.removeFirst();
    }
  }

  /** The n-th oldest, n from 1 to the size. */
  private static long nth(Deque<Long> times, int n) {
    Iterator<Long> oldestFirst = times.iterator();
    long time = oldestFirst.next();
    for (int i = 1; i < n; i++) {
      time = oldestFirst.next();
    }
    return time;
  }
}
