package dev.riskmanager.domain.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The days on which no session ends, and those on which sessions end early.
 *
 * @param closed full holidays
 * @param early early closes by their date
 */
public record Holidays(NavigableSet<LocalDate> closed, NavigableMap<LocalDate, EarlyClose> early) {

  /** No holidays at all. */
  public static final Holidays NONE = new Holidays(new TreeSet<>(), new TreeMap<>());

  /** A time of day at which trading ends on a date, in a zone. */
  public record EarlyClose(LocalDate date, LocalTime close, ZoneId zone) {
    public Instant instant() {
      return LocalTimes.instant(LocalDateTime.of(date, close), zone);
    }
  }

  /** Copies both. */
  public Holidays {
    closed = Collections.unmodifiableNavigableSet(new TreeSet<>((SortedSet<LocalDate>) closed));
    early =
        Collections.unmodifiableNavigableMap(
            new TreeMap<>((SortedMap<LocalDate, EarlyClose>) early));
  }

  public boolean isHoliday(LocalDate date) {
    return closed.contains(date);
  }

  public Optional<EarlyClose> earlyClose(LocalDate date) {
    return Optional.ofNullable(early.get(date));
  }

  /**
   * Whether a year has entries: without one, nobody has looked its holidays up, which is a warning.
   */
  public boolean covers(int year) {
    LocalDate first = LocalDate.of(year, 1, 1);
    LocalDate after = LocalDate.of(year + 1, 1, 1);
    return !closed.subSet(first, after).isEmpty() || !early.subMap(first, after).isEmpty();
  }

  /** The holidays from {@code from} on, before {@code to}. */
  public NavigableSet<LocalDate> closedBetween(LocalDate from, LocalDate to) {
    return closed.subSet(from, true, to, false);
  }

  /** The early closes from {@code from} on, before {@code to}. */
  public NavigableMap<LocalDate, EarlyClose> earlyBetween(LocalDate from, LocalDate to) {
    return early.subMap(from, true, to, false);
  }

  /** The last date with an entry. */
  Optional<LocalDate> last() {
    LocalDate one = closed.isEmpty() ? LocalDate.MIN : closed.last();
    LocalDate other = early.isEmpty() ? LocalDate.MIN : early.lastKey();
    LocalDate last = one.isAfter(other) ? one : other;
    return last.equals(LocalDate.MIN) ? Optional.empty() : Optional.of(last);
  }

  /** The first date with an entry. */
  Optional<LocalDate> first() {
    LocalDate one = closed.isEmpty() ? LocalDate.MAX : closed.first();
    LocalDate other = early.isEmpty() ? LocalDate.MAX : early.firstKey();
    LocalDate first = one.isBefore(other) ? one : other;
    return first.equals(LocalDate.MAX) ? Optional.empty() : Optional.of(first);
  }
}
