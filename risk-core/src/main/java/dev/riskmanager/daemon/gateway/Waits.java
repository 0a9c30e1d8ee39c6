package dev.riskmanager.daemon.gateway;

import java.time.Duration;

/** How long a hub waits before its next attempt. Asked by one attempt at a time. */
final class Waits {
  private final Backoff backoff;
  private final Throttle throttle = new Throttle();

  Waits(Backoff backoff) {
    this.backoff = backoff;
  }

  /** After a connection that had been made was lost. */
  Duration after(int tries) {
    return backoff.delay(tries);
  }

  /** After an attempt that failed: not before the venue wants to hear of us again. */
  Duration after(Exception cause, int tries) {
    Duration usual = backoff.delay(tries);
    Duration least = backoff.stretched(leaveAlone(cause));
    return usual.compareTo(least) < 0 ? least : usual;
  }

  private Duration leaveAlone(Exception cause) {
    if (cause instanceof HubFailure failure && failure.status() == 429) {
      return throttle.next(failure.retryAfter());
    }
    throttle.over();
    return cause instanceof LoginException.Unavailable unavailable
        ? unavailable.notBefore()
        : Duration.ZERO;
  }

  /** Whether all the different delays have been tried without success. */
  boolean isExhausted(int tries) {
    return backoff.isExhausted(tries);
  }
}
