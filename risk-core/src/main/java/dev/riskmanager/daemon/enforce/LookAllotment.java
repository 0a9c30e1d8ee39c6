package dev.riskmanager.daemon.enforce;

/**
 * The verification reads of one account. So many may leave at once; after that one finds room every
 * few seconds, so whatever was read before, the next look is never far. In no minute are there more
 * than thirty (rules.md §5).
 */
final class LookAllotment {
  /** What a flatten with brackets at a slow venue takes, its watch included. */
  static final int AT_ONCE = 18;

  static final int IN_A_MINUTE = 30;

  /** A read that is used up is given back after this time. */
  static final long EVERY = 60 * Timing.SECOND / (IN_A_MINUTE - AT_ONCE);

  /** When all that were taken will have been given back. */
  private long wholeAt = -Timing.NEVER;

  /**
   * The first moment, not before {@code now}, at which so many reads find room.
   *
   * @param look what they are for: some leave the last reads to others
   */
  long freeAt(Look look, int reads, long now) {
    long owed = (AT_ONCE - look.leaves() - reads) * EVERY;
    return Math.max(now, wholeAt - owed);
  }

  /** One read leaves. */
  void take(long now) {
    wholeAt = Math.max(wholeAt, now) + EVERY;
  }
}
