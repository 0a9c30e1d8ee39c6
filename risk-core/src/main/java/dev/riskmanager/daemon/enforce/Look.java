package dev.riskmanager.daemon.enforce;

/**
 * What a verification read is for. An account has thirty of them in a minute (rules.md §5), so each
 * purpose stops where the ones before it would go short: whatever was looked at before, the first
 * look after a close finds room, and with it the proof of flat.
 */
public enum Look {
  /** The first one after a close, or to find out what there is to close or to reduce. */
  FIRST(30, 30),
  /** Once more, because the last one did not show what was wanted. */
  AGAIN(22, 16),
  /**
   * In case something comes after all, when all is proven. Three looks at two reads each find room
   * after a flatten that took twelve, as one with brackets at a slow venue does.
   */
  WATCH(18, 18);

  private final int ceiling;
  private final int atOnce;

  Look(int ceiling, int atOnce) {
    this.ceiling = ceiling;
    this.atOnce = atOnce;
  }

  /** Reads of the account in the last minute, for whatever purpose, at which this one stops. */
  public int ceiling() {
    return ceiling;
  }

  /** The same, from which on the looks are spread over the minute, lest all go blind for long. */
  public int atOnce() {
    return atOnce;
  }

  /** The more pressing of the two. */
  Look or(Look other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
