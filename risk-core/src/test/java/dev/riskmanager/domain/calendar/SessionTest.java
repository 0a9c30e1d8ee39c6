package dev.riskmanager.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final Session NIGHT =
      new Session(LocalTime.of(18, 0), LocalTime.of(17, 0), CHICAGO, Holidays.NONE);
  private static final Session DAY =
      new Session(LocalTime.of(9, 30), LocalTime.of(16, 0), NEW_YORK, Holidays.NONE);

  @ParameterizedTest
  @CsvSource({
    // 2025-10-31 is a Friday.
    "2025-10-31T09:29:59, false",
    "2025-10-31T09:30:00, true",
    "2025-10-31T15:59:59, true",
    "2025-10-31T16:00:00, false",
    "2025-11-01T12:00:00, false",
    "2025-11-02T12:00:00, false",
    "2025-11-03T12:00:00, true",
  })
  void aSessionWithinADayIsHalfOpen(LocalDateTime newYork, boolean open) {
    assertThat(DAY.isOpen(at(newYork, NEW_YORK))).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-10-30T17:59:59, false",
    "2025-10-30T18:00:00, true",
    "2025-10-31T00:00:00, true",
    "2025-10-31T16:59:59, true",
    "2025-10-31T17:00:00, false",
    // Friday evening opens none: it would be Saturday's.
    "2025-10-31T18:00:00, false",
    "2025-11-01T12:00:00, false",
    // Sunday 18:00 opens Monday's.
    "2025-11-02T17:59:59, false",
    "2025-11-02T18:00:00, true",
    "2025-11-03T16:59:59, true",
    "2025-11-03T17:00:00, false",
  })
  void aSessionAcrossMidnightBelongsToTheDateItEndsOn(LocalDateTime chicago, boolean open) {
    assertThat(NIGHT.isOpen(at(chicago, CHICAGO))).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    // t, previous end, end of the session t is in (or -), next start
    "2025-10-31T16:59:59, 2025-10-30T17:00, 2025-10-31T17:00, 2025-11-02T18:00",
    "2025-10-31T17:00:00, 2025-10-31T17:00, -,                2025-11-02T18:00",
    "2025-11-01T12:00:00, 2025-10-31T17:00, -,                2025-11-02T18:00",
    "2025-11-02T17:59:59, 2025-10-31T17:00, -,                2025-11-02T18:00",
    "2025-11-02T18:00:00, 2025-10-31T17:00, 2025-11-03T17:00, 2025-11-03T18:00",
    "2025-11-03T17:30:00, 2025-11-03T17:00, -,                2025-11-03T18:00",
  })
  void endsAndStartsAroundAWeekend(
      LocalDateTime t, LocalDateTime previousEnd, String currentEnd, LocalDateTime nextStart) {
    Instant now = at(t, CHICAGO);

    assertThat(NIGHT.previousEnd(now)).isEqualTo(at(previousEnd, CHICAGO));
    assertThat(NIGHT.currentEnd(now))
        .isEqualTo(
            currentEnd.equals("-")
                ? Optional.empty()
                : Optional.of(at(LocalDateTime.parse(currentEnd), CHICAGO)));
    assertThat(NIGHT.nextStart(now)).isEqualTo(at(nextStart, CHICAGO));
  }

  @Test
  void aHolidayHasNoSessionAndItsEveningOpensTheNextDays() {
    // Thursday 2026-01-01.
    Session session = with(NIGHT, holidays(List.of("2026-01-01"), List.of()));

    assertThat(session.isOpen(at("2025-12-31T16:59:59", CHICAGO))).isTrue();
    assertThat(session.isOpen(at("2025-12-31T18:00:00", CHICAGO))).isFalse();
    assertThat(session.isOpen(at("2026-01-01T12:00:00", CHICAGO))).isFalse();
    assertThat(session.isOpen(at("2026-01-01T18:00:00", CHICAGO))).isTrue();
    assertThat(session.nextStart(at("2025-12-31T17:00:00", CHICAGO)))
        .isEqualTo(at("2026-01-01T18:00:00", CHICAGO));
    assertThat(session.previousEnd(at("2026-01-01T20:00:00", CHICAGO)))
        .isEqualTo(at("2025-12-31T17:00:00", CHICAGO));
    assertThat(NIGHT.isOpen(at("2026-01-01T12:00:00", CHICAGO))).isTrue();
  }

  @Test
  void anEarlyCloseMovesTheEndOfItsDateOnly() {
    Session session = with(NIGHT, holidays(List.of(), List.of("2025-11-28T12:15")));

    Instant thursdayEvening = at("2025-11-27T18:00:00", CHICAGO);
    assertThat(session.currentEnd(thursdayEvening)).contains(at("2025-11-28T12:15:00", CHICAGO));
    assertThat(session.isOpen(at("2025-11-28T12:14:59", CHICAGO))).isTrue();
    assertThat(session.isOpen(at("2025-11-28T12:15:00", CHICAGO))).isFalse();
    assertThat(session.currentEnd(at("2025-11-27T16:00:00", CHICAGO)))
        .contains(at("2025-11-27T17:00:00", CHICAGO));
    assertThat(session.previousEnd(at("2025-11-29T12:00:00", CHICAGO)))
        .isEqualTo(at("2025-11-28T12:15:00", CHICAGO));
  }

  @Test
  void anEarlyCloseInAnotherZoneIsTheSameInstant() {
    Session session = with(DAY, holidays(List.of(), List.of("2025-11-28T12:15")));

    // 12:15 in Chicago is 13:15 in New York.
    assertThat(session.currentEnd(at("2025-11-28T10:00:00", NEW_YORK)))
        .contains(at("2025-11-28T13:15:00", NEW_YORK));
  }

  @Test
  void anEarlyCloseNeverLengthensASessionAndOneBeforeItsStartLeavesNone() {
    Session morning =
        new Session(
            LocalTime.of(9, 30),
            LocalTime.of(11, 0),
            NEW_YORK,
            holidays(List.of(), List.of("2025-11-28T12:15", "2025-11-25T08:30")));

    assertThat(morning.currentEnd(at("2025-11-28T10:00:00", NEW_YORK)))
        .contains(at("2025-11-28T11:00:00", NEW_YORK));
    // 08:30 in Chicago is 09:30 in New York: the very start.
    assertThat(morning.span(LocalDate.of(2025, 11, 25))).isEmpty();
    assertThat(morning.nextStart(at("2025-11-24T12:00:00", NEW_YORK)))
        .isEqualTo(at("2025-11-26T09:30:00", NEW_YORK));
  }

  @Test
  void onTheShortDayALocalTimeStaysALocalTime() {
    // 2026-03-08: 02:00 to 03:00 does not exist in Chicago; a session over it is an hour shorter.
    Session weekdays =
        new Session(LocalTime.of(18, 0), LocalTime.of(17, 0), CHICAGO, Holidays.NONE);
    Instant start = weekdays.nextStart(at("2026-03-07T12:00:00", CHICAGO));

    assertThat(start).isEqualTo(Instant.parse("2026-03-08T23:00:00Z"));
    assertThat(weekdays.previousEnd(start)).isEqualTo(Instant.parse("2026-03-06T23:00:00Z"));
    assertThat(weekdays.currentEnd(start)).contains(Instant.parse("2026-03-09T22:00:00Z"));
  }

  @Test
  void aBoundaryInTheMissingHourIsTheNextValidMinute() {
    // The United States change on Sundays, which have no session; Cairo skips Friday 2025-04-25
    // 00:00 to 01:00.
    ZoneId cairo = ZoneId.of("Africa/Cairo");
    Session session = new Session(LocalTime.of(0, 30), LocalTime.of(2, 0), cairo, Holidays.NONE);

    Session.Span span = session.span(LocalDate.of(2025, 4, 25)).orElseThrow();
    assertThat(span.start()).isEqualTo(Instant.parse("2025-04-24T22:00:00Z"));
    assertThat(span.end()).isEqualTo(Instant.parse("2025-04-24T23:00:00Z"));
    assertThat(session.isOpen(span.start().minusSeconds(1))).isFalse();
    assertThat(session.isOpen(span.start())).isTrue();

    Session gone = new Session(LocalTime.of(0, 10), LocalTime.of(0, 50), cairo, Holidays.NONE);
    assertThat(gone.span(LocalDate.of(2025, 4, 25))).isEmpty();
    assertThat(gone.span(LocalDate.of(2025, 4, 24))).isPresent();
  }

  @Test
  void aBoundaryThatOccursTwiceIsTheFirst() {
    // Cairo repeats Thursday 2025-10-30 23:00 to 24:00.
    ZoneId cairo = ZoneId.of("Africa/Cairo");
    Session session = new Session(LocalTime.of(20, 0), LocalTime.of(23, 30), cairo, Holidays.NONE);

    assertThat(session.span(LocalDate.of(2025, 10, 30)).orElseThrow().end())
        .isEqualTo(Instant.parse("2025-10-30T20:30:00Z"));
  }

  @Test
  void equalTimesAreASessionRoundTheClock() {
    Session session = new Session(LocalTime.of(17, 0), LocalTime.of(17, 0), CHICAGO, Holidays.NONE);
    Instant boundary = at("2025-10-29T17:00:00", CHICAGO);

    assertThat(session.isOpen(boundary.minusNanos(1))).isTrue();
    assertThat(session.isOpen(boundary)).isTrue();
    assertThat(session.currentEnd(boundary)).contains(at("2025-10-30T17:00:00", CHICAGO));
    assertThat(session.previousEnd(boundary)).isEqualTo(boundary);
    assertThat(session.nextStart(boundary)).isEqualTo(at("2025-10-30T17:00:00", CHICAGO));
    assertThat(session.isOpen(at("2025-10-31T17:00:00", CHICAGO))).isFalse();
    assertThat(session.isOpen(at("2025-11-02T17:00:00", CHICAGO))).isTrue();
  }

  @Test
  void aWholeYearOfHolidaysStillHasANextAndAPreviousSession() {
    TreeSet<LocalDate> year = new TreeSet<>();
    LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2027, 1, 1)).forEach(year::add);
    Session session = with(DAY, new Holidays(year, new TreeMap<>()));
    Instant midsummer = at("2026-07-01T12:00:00", NEW_YORK);

    assertThat(session.nextStart(midsummer)).isEqualTo(at("2027-01-01T09:30:00", NEW_YORK));
    assertThat(session.previousEnd(midsummer)).isEqualTo(at("2025-12-31T16:00:00", NEW_YORK));
  }

  @Test
  void everyQuarterHourOfTwoYearsAgreesWithThePreviousAndTheNext() {
    Session session =
        with(NIGHT, holidays(List.of("2025-12-25", "2026-01-01"), List.of("2025-12-24T12:15")));
    Instant t = Instant.parse("2025-01-01T00:00:00Z");
    Instant last = Instant.parse("2027-01-01T00:00:00Z");
    Instant previousEnd = session.previousEnd(t);
    int opens = 0;
    boolean wasOpen = session.isOpen(t);
    for (; t.isBefore(last); t = t.plusSeconds(900)) {
      boolean open = session.isOpen(t);
      opens += open && !wasOpen ? 1 : 0;
      previousEnd = wasOpen && !open ? t : previousEnd;
      wasOpen = open;
      assertThat(session.previousEnd(t)).as("at %s", t).isEqualTo(previousEnd);
      assertThat(session.nextStart(t)).isAfter(t);
      assertThat(session.isOpen(session.nextStart(t))).isTrue();
      assertThat(session.isOpen(session.nextStart(t).minusNanos(1))).isFalse();
    }
    // 522 weekdays end a session, less two holidays, less the one that opens at the first instant.
    assertThat(opens).isEqualTo(522 - 2 - 1);
  }

  @Test
  void holidaysKnowTheYearsTheyCover() {
    Holidays holidays = holidays(List.of("2025-12-25"), List.of("2027-11-26T12:15"));

    assertThat(holidays.covers(2024)).isFalse();
    assertThat(holidays.covers(2025)).isTrue();
    assertThat(holidays.covers(2026)).isFalse();
    assertThat(holidays.covers(2027)).isTrue();
    assertThat(holidays.closedBetween(LocalDate.of(2025, 12, 18), LocalDate.of(2025, 12, 25)))
        .isEmpty();
    assertThat(holidays.closedBetween(LocalDate.of(2025, 12, 19), LocalDate.of(2025, 12, 26)))
        .containsExactly(LocalDate.of(2025, 12, 25));
    assertThat(holidays.earlyBetween(LocalDate.of(2027, 11, 26), LocalDate.of(2027, 11, 27)))
        .hasSize(1);
  }

  private static Session with(Session session, Holidays holidays) {
    return new Session(session.start(), session.end(), session.zone(), holidays);
  }

  private static Holidays holidays(Collection<String> closed, Collection<String> earlyInChicago) {
    TreeSet<LocalDate> days = new TreeSet<>();
    closed.forEach(day -> days.add(LocalDate.parse(day)));
    TreeMap<LocalDate, Holidays.EarlyClose> early = new TreeMap<>();
    for (String text : earlyInChicago) {
      LocalDateTime close = LocalDateTime.parse(text);
      early.put(
          close.toLocalDate(),
          new Holidays.EarlyClose(close.toLocalDate(), close.toLocalTime(), CHICAGO));
    }
    return new Holidays(days, early);
  }

  private static Instant at(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).toInstant();
  }

  private static Instant at(String local, ZoneId zone) {
    return at(LocalDateTime.parse(local), zone);
  }
}
