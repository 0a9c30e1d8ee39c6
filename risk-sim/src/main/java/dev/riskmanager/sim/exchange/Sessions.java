package dev.riskmanager.sim.exchange;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When the venue trades: from 17:00 to 15:10 Chicago time, Sunday evening to Friday; positions are
 * flattened from 15:08. A pure function of the instant.
 */
final class Sessions {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final LocalTime OPEN = LocalTime.of(17, 0);
  private static final LocalTime FLAT = LocalTime.of(15, 8);
  private static final LocalTime CLOSE = LocalTime.of(15, 10);

  private Sessions() {}

  /** Whether orders are taken; holidays are trading days, {@code 2025-12-25}, without a session. */
  static boolean isOpen(Instant now, Set<String> holidays) {
    ZonedDateTime local = now.atZone(CHICAGO);
    boolean evening = !local.toLocalTime().isBefore(OPEN);
    if (!evening && !local.toLocalTime().isBefore(CLOSE)) {
      return false;
    }
    LocalDate day = evening ? local.toLocalDate().plusDays(1) : local.toLocalDate();
    DayOfWeek weekday = day.getDayOfWeek();
    return weekday != DayOfWeek.SATURDAY
        && weekday != DayOfWeek.SUNDAY
        && !holidays.contains(day.toString());
  }

  /** Whether it is the time at which the venue flattens everybody. */
  static boolean flattens(Instant now) {
    LocalTime time = now.atZone(CHICAGO).toLocalTime();
    return !time.isBefore(FLAT) && time.isBefore(OPEN);
  }
}
