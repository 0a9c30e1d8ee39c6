package dev.riskmanager.domain.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a trading day ends, every calendar day: a local time in a zone, e.g. 17:00 America/Chicago.
 *
 * @param time local time of the reset
 * @param zone whose local time
 */
public record ResetTime(LocalTime time, ZoneId zone) implements Comparable<ResetTime> {

  /** The first reset after {@code t}. */
  public Instant next(Instant t) {
    LocalDate date = LocalDate.ofInstant(t, zone);
    // Yesterday's reset can still lie ahead of a local time inside a gap, hence three candidates.
    for (int day = -1; day <= 2; day++) {
      Instant reset = LocalTimes.instant(LocalDateTime.of(date.plusDays(day), time), zone);
      if (reset.isAfter(t)) {
        return reset;
      }
    }
    throw new IllegalStateException("no reset within three days of " + t + " in " + zone);
  }

  /** The last reset at or before {@code t}: the start of its trading day. */
  public Instant last(Instant t) {
    LocalDate date = LocalDate.ofInstant(t, zone);
    for (int day = 1; day >= -2; day--) {
      Instant reset = LocalTimes.instant(LocalDateTime.of(date.plusDays(day), time), zone);
      if (!reset.isAfter(t)) {
        return reset;
      }
    }
    throw new IllegalStateException("no reset within three days of " + t + " in " + zone);
  }

  /**
   * The trading day that {@code t} belongs to: the local date on which it ends. A day that ends at
   * midnight is the date that midnight closes.
   */
  public LocalDate tradingDay(Instant t) {
    return LocalDate.ofInstant(next(t).minusNanos(1), zone);
  }

  @Override
  public int compareTo(ResetTime other) {
    int byTime = time.compareTo(other.time);
    return byTime != 0 ? byTime : zone.getId().compareTo(other.zone.getId());
  }

  /** {@code 17:00 America/Chicago}. */
  @Override
  public String toString() {
    return time + " " + zone;
  }
}
