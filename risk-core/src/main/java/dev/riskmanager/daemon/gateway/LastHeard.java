package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a connection was last heard. A process that stood still (stopped by a signal, or its machine
 * asleep) finds messages waiting that are as old as its sleep; when the connection ends soon after,
 * what was last heard in time is what stood there before. Thread-safe.
 */
final class LastHeard {
  /**
   * A watch that is due every second and comes this late has stood still; a connection that is
   * heard this long after has lived through it.
   */
  static final Duration STILL = Duration.ofSeconds(5);

  private Instant heard;
  private @Nullable Instant watched;
  private @Nullable Instant before;
  private Instant woken = Instant.MIN;

  LastHeard(Instant created) {
    this.heard = created;
  }

  /** A message came. */
  synchronized void heard(Instant at) {
    look(at);
    if (before != null && at.isAfter(woken.plus(STILL))) {
      before = null;
    }
    heard = at;
  }

  /** The watch of the connection looked, as it does every second. */
  synchronized void watched(Instant at) {
    look(at);
    watched = at;
  }

  /** Whichever comes first after a standstill notices it, before it counts as a sign of life. */
  private void look(Instant at) {
    if (watched != null && at.isAfter(watched.plus(STILL))) {
      before = before == null ? heard : before;
      woken = at;
      watched = at;
    }
  }

  /** The last message that came when it was sent; the time of creation before the first. */
  synchronized Instant inTime() {
    return before == null ? heard : before;
  }
}
