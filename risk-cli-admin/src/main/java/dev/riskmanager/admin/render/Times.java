package dev.riskmanager.admin.render;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times for a person: UTC, to the second. */
public final class Times {
  private Times() {}

  /** {@code 2025-10-31T22:00:00Z}; what is behind the second nobody reads. */
  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
