package dev.riskmanager.domain.state;

import java.time.Instant;

/** Instants as nanoseconds since 1970: from 1677 to 2262, saturated beyond. */
public final class Nanos {
  private static final long BILLION = 1_000_000_000L;

  private Nanos() {}

  public static long of(Instant t) {
    long seconds = t.getEpochSecond();
    if (seconds >= Long.MAX_VALUE / BILLION) {
      return Long.MAX_VALUE;
    }
    if (seconds <= Long.MIN_VALUE / BILLION) {
      return Long.MIN_VALUE;
    }
    return seconds * BILLION + t.getNano();
  }

  public static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
  }
}
