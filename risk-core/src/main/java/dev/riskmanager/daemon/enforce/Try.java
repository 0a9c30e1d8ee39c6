package dev.riskmanager.daemon.enforce;

import java.time.Instant;

/** The attempts at one thing: closing one contract, cancelling one order, placing one stop. */
final class Try {
  private int attempts;
  private boolean inFlight;
  private long sentSeq;
  private long sentNanos;
  private long answeredSeq;
  private long answeredNanos;
  private long maybeSeq = -1;
  private long maybeNanos = -Timing.NEVER;
  private Instant maybeAt = Instant.MIN;
  private long due;
  private Outcome outcome = Outcome.DONE;
  private String text = "";

  void sent(Stamp stamp) {
    attempts++;
    inFlight = true;
    sentSeq = stamp.seq();
    sentNanos = stamp.nanos();
  }

  /**
   * @param nextDue when a repeat may be considered
   */
  void answered(Stamp stamp, Outcome result, String resultText, long nextDue) {
    inFlight = false;
    answeredSeq = stamp.seq();
    answeredNanos = stamp.nanos();
    outcome = result;
    text = resultText;
    due = nextDue;
    if (!result.nothingHappened()) {
      maybeSeq = stamp.seq();
      maybeNanos = stamp.nanos();
      maybeAt = stamp.moment().at();
    }
  }

  /** Not now, but not before then. */
  void postpone(long nextDue) {
    due = nextDue;
  }

  /** It moved: the quick retries start again after the one that moved it. */
  void progressed() {
    attempts = Math.min(attempts, 1);
  }

  /** Another thing of the same name begins: no attempt was made at it yet. */
  void startOver() {
    attempts = 0;
  }

  int attempts() {
    return attempts;
  }

  boolean inFlight() {
    return inFlight;
  }

  long sentSeq() {
    return sentSeq;
  }

  long sentNanos() {
    return sentNanos;
  }

  long answeredSeq() {
    return answeredSeq;
  }

  long answeredNanos() {
    return answeredNanos;
  }

  /**
   * When the newest answer came that leaves it possible that its request was carried out; what
   * certainly came to nothing after it says nothing about that one. Negative if there is none.
   */
  long maybeSeq() {
    return maybeSeq;
  }

  /** The same as monotonic time. */
  long maybeNanos() {
    return maybeNanos;
  }

  /** The same by the wall clock. */
  Instant maybeAt() {
    return maybeAt;
  }

  /** Monotonic time before which no repeat leaves. */
  long due() {
    return due;
  }

  Outcome outcome() {
    return outcome;
  }

  String text() {
    return text;
  }

  /** Answered, not successfully as far as anybody knows, and the quick retries are over. */
  boolean exhausted() {
    return !inFlight && attempts >= Timing.QUICK_ATTEMPTS;
  }
}
