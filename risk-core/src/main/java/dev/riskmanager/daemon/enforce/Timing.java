package dev.riskmanager.daemon.enforce;

/** The executor's times, from rules.md §5 unless said otherwise. */
final class Timing {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  /** "Never": later than any moment; far enough from overflow to be added to. */
  static final long NEVER = Long.MAX_VALUE / 2;

  /**
   * A close, a cancel or a read without an answer is ambiguous after this: all of them may be sent
   * twice without harm, so there is nothing to gain from waiting out the connection's own 5 s.
   */
  static final long UNANSWERED = SECOND;

  /** Place and modify are not repeated while they may still happen. */
  static final long UNANSWERED_EDIT = 5 * SECOND;

  /** After the proof the account is looked at again at these times. */
  static final long[] WATCH = {500 * MILLI, 2 * SECOND, 5 * SECOND};

  /**
   * Growth under a baseline that lets something stay is judged by its trade, which the core may be
   * waiting for (rules.md §4).
   */
  static final long PATIENCE = 250 * MILLI;

  /**
   * Answers of requests that left together come back within this, so one read serves all; a hung
   * one delays the read of the others by no more.
   */
  static final long GATHER = 25 * MILLI;

  /** How soon after cancels left a read may already show their effect. */
  static final long PEEK = 10 * MILLI;

  /** A read prompted by a hub event comes no sooner than this after the last one. */
  static final long PROMPTED = 250 * MILLI;

  /** Once the quick retries are over, the closes of one account leave this far apart. */
  static final long SLOW_SPACING = 500 * MILLI;

  /** At most one modify per order in this time. */
  static final long MODIFY_SPACING = SECOND;

  /** A first attempt and three quick retries; then the alarm. */
  static final int QUICK_ATTEMPTS = 4;

  private Timing() {}
}
