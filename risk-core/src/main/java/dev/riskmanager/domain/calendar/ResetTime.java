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
    return on(nextDate(t));
  }

  /** The last reset at or before {@code t}: the start of its trading day. */
  public Instant last(Instant t) {
    return on(nextDate(t).minusDays(1));
  }

  /**
   * The trading day that {@code t} belongs to: the local date on which it ends. A day that ends at
   * midnight is the date that midnight closes, also where that midnight does not exist.
   */
  public LocalDate tradingDay(Instant t) {
    LocalDate date = nextDate(t);
    return endsAtMidnight() ? date.minusDays(1) : date;
  }

  /** The first instant after the trading day of that label. */
  public Instant endOf(LocalDate tradingDay) {
    return on(endsAtMidnight() ? tradingDay.plusDays(1) : tradingDay);
  }

  private boolean endsAtMidnight() {
    return time.equals(LocalTime.MIDNIGHT);
  }

  /** The reset of a local date. */
  private Instant on(LocalDate date) {
    return LocalTimes.instant(LocalDateTime.of(date, time), zone);
  }

  /**
   * The local date of the first reset after {@code t}. It is the date that was meant: a reset
   * inside a gap may come at the very start of what the clocks then show.
   */
  private LocalDate nextDate(Instant t) {
    LocalDate today = LocalDate.ofInstant(t, zone);
    // Yesterday's reset can still lie ahead of a local time inside a gap.
    for (int day = -1; day <= 2; day++) {
      LocalDate date = today.plusDays(day);
      if (on(date).isAfter(t)) {
        return date;
      }
    }
    throw new IllegalStateException("no reset within three days of " + t + " in " + zone);
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
