package dev.riskmanager.daemon.enforce;

/**
 * What is to become of a working order.
 *
 * @param remaining contracts that may still fill, when it is to be resized
 */
record Verdict(Kind kind, long remaining) {
  static final Verdict KEEP = new Verdict(Kind.KEEP, 0);
  static final Verdict WAIT = new Verdict(Kind.WAIT, 0);
  static final Verdict CANCEL_ENTRY = new Verdict(Kind.CANCEL_ENTRY, 0);
  static final Verdict CANCEL_PROTECTIVE = new Verdict(Kind.CANCEL_PROTECTIVE, 0);

  enum Kind {
    /** It is not ours to touch. */
    KEEP,
    /** It depends on what becomes of the position. */
    WAIT,
    CANCEL_ENTRY,
    CANCEL_PROTECTIVE,
    RESIZE
  }

  static Verdict resize(long remaining) {
    return new Verdict(Kind.RESIZE, remaining);
  }
}
