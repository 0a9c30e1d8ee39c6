package dev.riskmanager.domain.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A daily trading session: [start, end) in local time. One whose end is not after its start begins
 * on the evening before; with equal times it lasts until the same time of the next day.
 *
 * <p>A session belongs to the local date on which it ends, and exists if that date is Monday to
 * Friday and no holiday: Sunday 18:00 opens Monday's, Friday 18:00 opens none. An early close moves
 * that date's end, never to a later time; one at or before the start leaves no session.
 *
 * @param start local time of the first instant inside
 * @param end local time of the first instant outside
 * @param zone whose local time
 * @param holidays {@link Holidays#NONE} where holidays are not respected
 */
public record Session(LocalTime start, LocalTime end, ZoneId zone, Holidays holidays) {

  /**
   * One session.
   *
   * @param date the local date it belongs to
   * @param start the first instant inside
   * @param end the first instant outside
   */
  public record Span(LocalDate date, Instant start, Instant end) {
    /** Whether {@code t} is inside. */
    public boolean contains(Instant t) {
      return !t.isBefore(start) && t.isBefore(end);
    }
  }

  /** Whether {@code t} is inside a session. */
  public boolean isOpen(Instant t) {
    return spanAt(t).isPresent();
  }

  /** The end of the session that {@code t} is inside of; empty outside. */
  public Optional<Instant> currentEnd(Instant t) {
    return spanAt(t).map(Span::end);
  }

  /** The first start after {@code t}; inside a session, that of the one after it. */
  public Instant nextStart(Instant t) {
    return next(t).start();
  }

  /** The last end at or before {@code t}; inside a session, that of the one before it. */
  public Instant previousEnd(Instant t) {
    return previous(t).end();
  }

  /** The session that {@code t} is inside of. */
  public Optional<Span> spanAt(Instant t) {
    LocalDate today = LocalDate.ofInstant(t, zone);
    // Tomorrow's may have begun this evening. Yesterday's has ended unless its end fell into the
    // hour that does not exist, just before midnight.
    for (int day = -1; day <= 1; day++) {
      Optional<Span> span = span(today.plusDays(day));
      if (span.isPresent() && span.get().contains(t)) {
        return span;
      }
    }
    return Optional.empty();
  }

  /** The first session that starts after {@code t}. */
  public Span next(Instant t) {
    LocalDate date = LocalDate.ofInstant(t, zone).minusDays(1);
    LocalDate limit = searchLimit(holidays.last().filter(date::isBefore).orElse(date), 1);
    for (; date.isBefore(limit); date = date.plusDays(1)) {
      Optional<Span> span = span(date);
      if (span.isPresent() && span.get().start().isAfter(t)) {
        return span.get();
      }
    }
    throw new IllegalStateException("no session of " + this + " after " + t);
  }

  /** The last session that ended at or before {@code t}. */
  public Span previous(Instant t) {
    LocalDate date = LocalDate.ofInstant(t, zone).plusDays(1);
    LocalDate limit = searchLimit(holidays.first().filter(date::isAfter).orElse(date), -1);
    for (; date.isAfter(limit); date = date.minusDays(1)) {
      Optional<Span> span = span(date);
      if (span.isPresent() && !span.get().end().isAfter(t)) {
        return span.get();
      }
    }
    throw new IllegalStateException("no session of " + this + " before " + t);
  }

  /** The session that ends on a local date, if it exists. */
  public Optional<Span> span(LocalDate date) {
    DayOfWeek day = date.getDayOfWeek();
    if (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY || holidays.isHoliday(date)) {
      return Optional.empty();
    }
    LocalDate opens = start.isBefore(end) ? date : date.minusDays(1);
    Instant from = LocalTimes.instant(LocalDateTime.of(opens, start), zone);
    Instant regular = LocalTimes.instant(LocalDateTime.of(date, end), zone);
    Instant until =
        holidays
            .earlyClose(date)
            .map(Holidays.EarlyClose::instant)
            .filter(early -> early.isBefore(regular))
            .orElse(regular);
    return from.isBefore(until) ? Optional.of(new Span(date, from, until)) : Optional.empty();
  }

  /** Past every listed date each week has sessions, so two weeks more are enough of a search. */
  private static LocalDate searchLimit(LocalDate farthestListed, int direction) {
    return farthestListed.plusDays(14L * direction);
  }

  /** {@code 09:30-16:00 America/New_York}. */
  @Override
  public String toString() {
    return start + "-" + end + " " + zone;
  }
}
