package dev.riskmanager.trader.view;

import dev.riskmanager.wire.ClockView;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Instants and durations as the screen writes them. By hand, because the JDK's formatters load the
 * texts of a locale, which costs more than the rest of the first picture.
 */
public final class Times {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private final ZoneId zone;

  /**
   * Times in a zone.
   *
   * @param zone the zone
   */
  public Times(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Times in the zone of the daily reset.
   *
   * @param clock the trading day, or null while it is not known: then times are UTC
   * @return the times
   */
  public static Times of(@Nullable ClockView clock) {
    if (clock == null) {
      return new Times(ZoneOffset.UTC);
    }
    try {
      return new Times(ZoneId.of(clock.timezone()));
    } catch (DateTimeException e) {
      // An engine with newer zone data than ours: right instants in UTC beat a dead screen.
      return new Times(ZoneOffset.UTC);
    }
  }

  /**
   * What the zone is called in a few letters.
   *
   * @return the city of its id, such as {@code Chicago}, or {@code UTC}
   */
  public String place() {
    if (zone.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    String id = zone.getId();
    return id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
  }

  /** {@code 2025-10-31 17:21:19 Chicago}: where nothing else names the zone. */
  public String named(Instant instant) {
    return full(instant) + " " + place();
  }

  /**
   * A text of the engine, whose times are UTC, with the times of this zone in it.
   *
   * @param text any text
   * @param day an instant of the day whose times need no date
   * @return such as {@code locked until 17:00:00 Chicago: too much}
   */
  public String in(String text, Instant day) {
    return UtcTexts.replace(text, at -> stamp(at, day) + " " + place());
  }

  /**
   * The same with milliseconds and without the zone, for lists under a title that names it.
   *
   * @param text any text
   * @param day an instant of the day whose times need no date
   * @return such as {@code 12:21:19.150 closeContract}
   */
  public String inMillis(String text, Instant day) {
    return UtcTexts.replace(text, at -> stamp(at, day) + "." + millis(at));
  }

  /** {@code 150}: the thousandths of a second. */
  public static String millis(Instant instant) {
    int millis = instant.getNano() / 1_000_000;
    return (millis < 100 ? "0" : "") + two(millis);
  }

  /** {@code 17:21:19}. */
  public String time(Instant instant) {
    LocalDateTime local = local(instant);
    return two(local.getHour()) + ":" + two(local.getMinute()) + ":" + two(local.getSecond());
  }

  /** {@code 17:21}. */
  public String minute(Instant instant) {
    LocalDateTime local = local(instant);
    return two(local.getHour()) + ":" + two(local.getMinute());
  }

  /** {@code 17:21} today, {@code Fri 17:21} within six days, else {@code 31 Oct 17:21}. */
  public String near(Instant instant, Instant now) {
    LocalDate day = local(instant).toLocalDate();
    long days = Math.abs(day.toEpochDay() - local(now).toLocalDate().toEpochDay());
    if (days == 0) {
      return minute(instant);
    }
    return (days < 7 ? weekday(day) : dayAndMonth(day)) + " " + minute(instant);
  }

  /** {@code 17:21:19} today, else {@code 31 Oct 17:21:19}. */
  public String stamp(Instant instant, Instant now) {
    LocalDate day = local(instant).toLocalDate();
    return day.equals(local(now).toLocalDate())
        ? time(instant)
        : dayAndMonth(day) + " " + time(instant);
  }

  /** {@code 2025-10-31 17:21:19}. */
  public String full(Instant instant) {
    return local(instant).toLocalDate() + " " + time(instant);
  }

  /** {@code Fri 31 Oct}. */
  public static String day(LocalDate date) {
    return weekday(date) + " " + dayAndMonth(date);
  }

  /** {@code Fri 31}: enough for the next days. */
  public static String weekdayAndDay(LocalDate date) {
    return weekday(date) + " " + two(date.getDayOfMonth());
  }

  private static String weekday(LocalDate date) {
    return DAYS[date.getDayOfWeek().getValue() - 1];
  }

  private static String dayAndMonth(LocalDate date) {
    return two(date.getDayOfMonth()) + " " + MONTHS[date.getMonthValue() - 1];
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  /**
   * The time until an instant, in whole seconds, rounded down; never negative.
   *
   * @param until the instant
   * @param now the time
   * @return {@code 04:38:40}, or {@code 2d 04:38:40}
   */
  public static String countdown(Instant until, Instant now) {
    return countdown(Math.max(0, Duration.between(now, until).getSeconds()));
  }

  /**
   * Whole seconds as a countdown.
   *
   * @param seconds how many
   * @return {@code 04:38:40}, or {@code 2d 04:38:40}
   */
  public static String countdown(long seconds) {
    long days = seconds / 86_400;
    String clock =
        two(seconds / 3600 % 24) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
    return days == 0 ? clock : days + "d " + clock;
  }

  /**
   * A duration in its two largest units.
   *
   * @param duration how long
   * @return {@code 0.4 s}, {@code 12 s}, {@code 3m 05s}, {@code 2h 05m} or {@code 3d 02h}
   */
  public static String age(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    long seconds = millis / 1000;
    if (seconds < 10) {
      return seconds + "." + millis % 1000 / 100 + " s";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m " + two(seconds % 60) + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + "h " + two(seconds / 60 % 60) + "m";
    }
    return seconds / 86_400 + "d " + two(seconds / 3600 % 24) + "h";
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
