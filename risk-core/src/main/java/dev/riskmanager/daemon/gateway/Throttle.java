package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How long to leave the venue alone after HTTP 429, which it answers to reconnecting too often
 * (gateway-api §5.1): as long as it says, or longer each time. Not thread-safe.
 */
final class Throttle {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Whatever the venue says: blind for longer, nobody is protected. */
  private static final Duration MOST_BELIEVED = Duration.ofMinutes(10);

  private int times;

  /** It was answered once more. */
  Duration next(Optional<Duration> retryAfter) {
    Duration own = FIRST.multipliedBy(1L << Math.min(times, 10));
    times++;
    return retryAfter.orElse(own.compareTo(LONGEST) < 0 ? own : LONGEST);
  }

  /** Something else was answered. */
  void over() {
    times = 0;
  }

  /** The header {@code Retry-After}: seconds, or a date. Empty where there is none to be read. */
  static Optional<Duration> retryAfter(Headers headers, Instant now) {
    String text = headers.get("Retry-After");
    if (text == null) {
      return Optional.empty();
    }
    return seconds(text.strip(), headers.getInstant("Retry-After"), now)
        .map(wait -> wait.compareTo(MOST_BELIEVED) < 0 ? wait : MOST_BELIEVED);
  }

  private static Optional<Duration> seconds(String text, @Nullable Instant date, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    return date == null || date.isBefore(now)
        ? Optional.empty()
        : Optional.of(Duration.between(now, date));
  }
}
