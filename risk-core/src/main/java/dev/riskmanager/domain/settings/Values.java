package dev.riskmanager.domain.settings;

import dev.riskmanager.domain.model.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the values of a configuration are written; empty is what is not written so. */
public final class Values {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,7})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");

  private Values() {}

  /** A text that is not blank. */
  public static Optional<String> text(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  public static Optional<Boolean> flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  public static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  public static Optional<Money> money(String text) {
    try {
      return Optional.of(Money.of(new BigDecimal(text)));
    } catch (ArithmeticException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Seconds as a number, or hours, minutes, seconds and milliseconds in that order. */
  public static Optional<Duration> duration(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    Matcher parts = DURATION.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(amount(parts.group(1)))
            .plusMinutes(amount(parts.group(2)))
            .plusSeconds(amount(parts.group(3)))
            .plusMillis(amount(parts.group(4))));
  }

  public static Optional<LocalTime> time(String text) {
    Matcher parts = TIME.matcher(text);
    return parts.matches()
        ? Optional.of(
            LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  public static Optional<ZoneId> zone(String text) {
    try {
      ZoneId zone = ZoneId.of(text);
      // An offset such as +01:00 knows no daylight saving: a trader who writes one means a place.
      return ZoneId.getAvailableZoneIds().contains(text) ? Optional.of(zone) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long amount(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** {@code 1h30m}: the way a duration is written here. */
  public static String show(Duration duration) {
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() > 0 || duration.isZero()) {
      text.append(duration.toSecondsPart()).append('s');
    }
    if (duration.toMillisPart() > 0) {
      text.append(duration.toMillisPart()).append("ms");
    }
    return text.toString();
  }
}
