package dev.riskmanager.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a trading day ends on the days that are not 24 hours long. */
class ResetTimeTest {
  private static final Instant YEAR = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant NEXT_YEAR = Instant.parse("2027-01-01T12:00:00Z");

  /** The reset that ends the trading day of a label, of 2026. */
  @ParameterizedTest
  @CsvSource({
    // New York: clocks go on at 02:00 on 8 March and back at 02:00 on 1 November.
    "America/New_York, 17:00, 2026-03-07, 2026-03-07T22:00:00Z",
    "America/New_York, 17:00, 2026-03-08, 2026-03-08T21:00:00Z",
    "America/New_York, 17:00, 2026-10-31, 2026-10-31T21:00:00Z",
    "America/New_York, 17:00, 2026-11-01, 2026-11-01T22:00:00Z",
    "America/New_York, 02:30, 2026-03-08, 2026-03-08T07:00:00Z",
    "America/New_York, 01:30, 2026-11-01, 2026-11-01T05:30:00Z",
    "America/New_York, 00:00, 2026-03-07, 2026-03-08T05:00:00Z",
    "America/New_York, 00:00, 2026-03-08, 2026-03-09T04:00:00Z",
    // Chicago, an hour behind.
    "America/Chicago, 17:00, 2026-03-07, 2026-03-07T23:00:00Z",
    "America/Chicago, 17:00, 2026-03-08, 2026-03-08T22:00:00Z",
    "America/Chicago, 17:00, 2026-10-31, 2026-10-31T22:00:00Z",
    "America/Chicago, 17:00, 2026-11-01, 2026-11-01T23:00:00Z",
    "America/Chicago, 02:00, 2026-03-08, 2026-03-08T08:00:00Z",
    "America/Chicago, 01:00, 2026-11-01, 2026-11-01T06:00:00Z",
    // Berlin: on at 02:00 on 29 March, back at 03:00 on 25 October.
    "Europe/Berlin, 22:00, 2026-03-28, 2026-03-28T21:00:00Z",
    "Europe/Berlin, 22:00, 2026-03-29, 2026-03-29T20:00:00Z",
    "Europe/Berlin, 22:00, 2026-10-24, 2026-10-24T20:00:00Z",
    "Europe/Berlin, 22:00, 2026-10-25, 2026-10-25T21:00:00Z",
    "Europe/Berlin, 02:30, 2026-03-29, 2026-03-29T01:00:00Z",
    "Europe/Berlin, 02:30, 2026-10-25, 2026-10-25T00:30:00Z",
    // Havana: on at 00:00 on 8 March, so that midnight does not exist; back at 01:00 on 1 November,
    // so that it occurs twice.
    "America/Havana, 00:00, 2026-03-07, 2026-03-08T05:00:00Z",
    "America/Havana, 00:00, 2026-03-08, 2026-03-09T04:00:00Z",
    "America/Havana, 00:00, 2026-10-31, 2026-11-01T04:00:00Z",
    "America/Havana, 00:00, 2026-11-01, 2026-11-02T05:00:00Z",
    "America/Havana, 00:30, 2026-03-08, 2026-03-08T05:00:00Z",
    "America/Havana, 02:30, 2026-03-08, 2026-03-08T06:30:00Z",
    // Beirut: on at 00:00 on 29 March; back at 00:00 on 25 October to 23:00 of the day before.
    "Asia/Beirut, 00:00, 2026-03-28, 2026-03-28T22:00:00Z",
    "Asia/Beirut, 00:00, 2026-03-29, 2026-03-29T21:00:00Z",
    "Asia/Beirut, 23:30, 2026-10-24, 2026-10-24T20:30:00Z",
    "Asia/Beirut, 00:00, 2026-10-24, 2026-10-24T22:00:00Z",
    "Asia/Beirut, 02:30, 2026-03-29, 2026-03-28T23:30:00Z"
  })
  void aTradingDayEndsAtItsLocalTime(String zone, String time, String label, String end) {
    ResetTime reset = new ResetTime(LocalTime.parse(time), ZoneId.of(zone));
    Instant expected = Instant.parse(end);
    assertThat(reset.endOf(LocalDate.parse(label))).isEqualTo(expected);
    Instant before = expected.minusNanos(1);
    assertThat(reset.tradingDay(before)).isEqualTo(LocalDate.parse(label));
    assertThat(reset.tradingDay(expected)).isEqualTo(LocalDate.parse(label).plusDays(1));
    assertThat(reset.next(before)).isEqualTo(expected);
    assertThat(reset.last(expected)).isEqualTo(expected);
    assertThat(reset.next(expected)).isAfter(expected);
    assertThat(reset.last(before)).isBefore(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/New_York",
        "America/Chicago",
        "Europe/Berlin",
        "America/Havana",
        "Asia/Beirut",
        "Africa/Cairo",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "UTC"
      })
  void everyCalendarDayOfAYearEndsOnceAndNoneIsLeftOut(String zone) {
    for (String time : List.of("00:00", "00:30", "02:15", "02:30", "17:00", "23:30")) {
      ResetTime reset = new ResetTime(LocalTime.parse(time), ZoneId.of(zone));
      Instant end = reset.next(YEAR);
      LocalDate day = reset.tradingDay(YEAR);
      int days = 0;
      while (end.isBefore(NEXT_YEAR)) {
        assertThat(reset.endOf(day)).as("%s, %s", reset, day).isEqualTo(end);
        assertThat(reset.last(end)).isEqualTo(end);
        assertThat(reset.tradingDay(end.minusNanos(1))).isEqualTo(day);
        Instant next = reset.next(end);
        assertThat(reset.last(next.minusNanos(1))).isEqualTo(end);
        day = day.plusDays(1);
        assertThat(reset.tradingDay(end)).isEqualTo(day);
        end = next;
        days++;
      }
      assertThat(days).isEqualTo(365);
    }
  }

  @Test
  void itIsReadBackFromItsText() {
    ResetTime reset = ResetTime.parse("02:30 Asia/Beirut");
    assertThat(reset.toString()).isEqualTo("02:30 Asia/Beirut");
    assertThat(ResetTime.parse(reset.toString())).isEqualTo(reset);
  }
}
