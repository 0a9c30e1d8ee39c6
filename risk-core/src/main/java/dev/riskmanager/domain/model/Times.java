package dev.riskmanager.domain.model;

import java.time.Instant;

/**
 * The times that anything can have here. A venue's time outside of them is refused where it is read
 * ({@code payload}); should one come in all the same, it counts as the nearest end, so that no sum
 * of a time and a duration leaves what can be computed and no rule fails by it.
 */
public final class Times {
  public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** The first that is too late. */
  public static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private Times() {}

  /** Whether {@code t} is from {@link #EARLIEST} on and before {@link #LATEST}. */
  public static boolean isPossible(Instant t) {
    return !t.isBefore(EARLIEST) && t.isBefore(LATEST);
  }

  /** {@code t}, or the end that is nearer to it. */
  public static Instant bounded(Instant t) {
    return t.isBefore(EARLIEST) ? EARLIEST : t.isAfter(LATEST) ? LATEST : t;
  }
}
