package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.util.Optional;

/** A hub could not be connected, or did not do what it was asked. */
final class HubFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Optional<Duration> retryAfter;

  HubFailure(String reason, int status, Optional<Duration> retryAfter) {
    super(reason);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  HubFailure(String reason) {
    this(reason, 0, Optional.empty());
  }

  /** How long the venue asks to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The HTTP status of a refused connection; 0 when that was not it. */
  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
