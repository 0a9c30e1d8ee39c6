package dev.riskmanager.admin.render;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them. */
public final class Durations {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,7})s)?");

  private Durations() {}

  /** {@code 4h 38m 40s}, without leading parts that are zero. */
  public static String text(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    if (hours > 0) {
      return hours + "h " + minutes + "m " + seconds % 60 + "s";
    }
    return minutes > 0 ? minutes + "m " + seconds % 60 + "s" : seconds + "s";
  }

  /** Reads {@code 90s}, {@code 30m}, {@code 1h30m}; empty for anything else, and for nothing. */
  public static Optional<Duration> parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    Duration duration =
        Duration.ofHours(number(parts.group(1)))
            .plusMinutes(number(parts.group(2)))
            .plusSeconds(number(parts.group(3)));
    return duration.isZero() ? Optional.empty() : Optional.of(duration);
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
