package dev.riskmanager.sim.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;

/** The spans bars come in, with the venue's numbers. */
public enum BarUnit {
  SECOND(1),
  MINUTE(2),
  HOUR(3),
  DAY(4),
  WEEK(5),
  MONTH(6);

  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final LocalTime SESSION_OPEN = LocalTime.of(17, 0);
  private static final int MINUTE_SECONDS = 60;
  private static final int HOUR_SECONDS = 3_600;

  private final int code;

  BarUnit(int code) {
    this.code = code;
  }

  public static Optional<BarUnit> of(int code) {
    return Arrays.stream(values()).filter(u -> u.code == code).findFirst();
  }

  /**
   * When the span around an instant began. Days, weeks and months begin with a session, at 17:00
   * Chicago time of the evening before.
   */
  Instant begin(Instant time, int number) {
    return switch (this) {
      case SECOND -> floor(time, number);
      case MINUTE -> floor(time, (long) number * MINUTE_SECONDS);
      case HOUR -> floor(time, (long) number * HOUR_SECONDS);
      case DAY -> {
        long day = tradingDay(time).toEpochDay();
        yield sessionOf(LocalDate.ofEpochDay(day - Math.floorMod(day, (long) number)));
      }
      case WEEK ->
          sessionOf(tradingDay(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH -> sessionOf(tradingDay(time).withDayOfMonth(1));
    };
  }

  private static Instant floor(Instant time, long seconds) {
    long at = time.getEpochSecond();
    return Instant.ofEpochSecond(at - Math.floorMod(at, seconds));
  }

  private static LocalDate tradingDay(Instant time) {
    ZonedDateTime local = time.atZone(CHICAGO);
    return local.toLocalTime().isBefore(SESSION_OPEN)
        ? local.toLocalDate()
        : local.toLocalDate().plusDays(1);
  }

  private static Instant sessionOf(LocalDate tradingDay) {
    return tradingDay.minusDays(1).atTime(SESSION_OPEN).atZone(CHICAGO).toInstant();
  }
}
