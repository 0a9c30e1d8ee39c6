package dev.riskmanager.daemon.enforce;

import java.util.random.RandomGenerator;

/** How long to wait before the next attempt; jittered so that accounts do not beat in step. */
final class Backoff {
  private static final long FIRST = 50 * Timing.MILLI;
  private static final long CAP = 2 * Timing.SECOND;
  private static final long SLOW = 10 * Timing.SECOND;
  private static final long THROTTLED_AT_LEAST = 250 * Timing.MILLI;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Nanoseconds after the given attempt: 50, 100, 200, 400 … ms, at most 2 s, less up to a fifth.
   *
   * @param attempt 1 for the first
   */
  long after(int attempt) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, 10);
    return jittered(Math.min(CAP, FIRST << doublings));
  }

  /** The same, when the venue said that we are too many. */
  long afterThrottled(int attempt) {
    return Math.max(THROTTLED_AT_LEAST, after(attempt));
  }

  /** For what is tried again only because giving up is no option: 10 s, less up to a fifth. */
  long slow() {
    return jittered(SLOW);
  }

  private long jittered(long nanos) {
    return nanos - random.nextLong(nanos / 5 + 1);
  }
}
