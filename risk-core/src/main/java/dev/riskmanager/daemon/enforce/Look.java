package dev.riskmanager.daemon.enforce;

/**
 * What a verification read is for. The reads of an account are few (rules.md §5), so each purpose
 * leaves some to those before it: whatever was looked at before, the first look after a close finds
 * room, and with it the proof of flat.
 */
public enum Look {
  /** The first one after a close, or to find out what there is to close or to reduce. */
  FIRST(0),
  /** Once more, because the last one did not show what was wanted. */
  AGAIN(2),
  /** In case something comes after all, when all is proven. */
  WATCH(7);

  private final int leaves;

  Look(int leaves) {
    this.leaves = leaves;
  }

  /** Reads that must be left over for more pressing looks. */
  public int leaves() {
    return leaves;
  }

  /** The more pressing of the two. */
  Look or(Look other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
