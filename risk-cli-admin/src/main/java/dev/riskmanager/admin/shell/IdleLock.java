package dev.riskmanager.admin.shell;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether nobody has done anything for so long that the password is asked for again. */
final class IdleLock {
  private final Duration patience;
  private final LongSupplier nanos;
  private volatile long last;

  /**
   * Begins now.
   *
   * @param nanos a clock that nobody can set, such as {@link System#nanoTime}
   */
  IdleLock(Duration patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Somebody did something. */
  void touch() {
    last = nanos.getAsLong();
  }

  boolean isExpired() {
    return nanos.getAsLong() - last >= patience.toNanos();
  }

  Duration patience() {
    return patience;
  }
}
