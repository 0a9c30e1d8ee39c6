package dev.riskmanager.daemon.notify;

import java.time.Duration;

/** A target did not take a message; says why, without secrets. */
public final class SendException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean permanent;
  private final Duration wait;

  private SendException(String message, boolean permanent, Duration wait) {
    super(message);
    this.permanent = permanent;
    this.wait = wait;
  }

  /** The same message may be taken later. */
  static SendException later(String message) {
    return new SendException(message, false, Duration.ZERO);
  }

  /** The same message may be taken when that much time has passed. */
  static SendException after(String message, Duration wait) {
    return new SendException(message, false, wait);
  }

  /** The same message would be refused again. */
  static SendException refused(String message) {
    return new SendException(message, true, Duration.ZERO);
  }

  /** Whether trying the same again is of no use. */
  boolean isPermanent() {
    return permanent;
  }

  /** What the target asked to wait at least; zero when it asked for nothing. */
  Duration pause() {
    return wait;
  }
}
