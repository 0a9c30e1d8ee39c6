package dev.riskmanager.domain.calendar;

import java.time.DateTimeException;
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

  /** The first instant after the trading day of that label. */
  public Instant endOf(LocalDate tradingDay) {
    Instant end = LocalTimes.instant(LocalDateTime.of(tradingDay, time), zone);
    // A day that ends at midnight is labelled by the date before that midnight.
    return LocalDate.ofInstant(end.minusNanos(1), zone).isBefore(tradingDay)
        ? LocalTimes.instant(LocalDateTime.of(tradingDay.plusDays(1), time), zone)
        : end;
  }

  /**
   * The reset of a {@link #toString}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static ResetTime parse(String text) {
    int space = text.indexOf(' ');
    try {
      return new ResetTime(
          LocalTime.parse(text.substring(0, Math.max(0, space))),
          ZoneId.of(text.substring(space + 1)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a reset: " + text, e);
    }
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
