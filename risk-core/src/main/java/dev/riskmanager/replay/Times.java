package dev.riskmanager.replay;

import dev.riskmanager.domain.calendar.LocalTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Completes the times of a scenario: what lacks a date is on its date, what lacks an offset is in
 * its zone. A local time that does not exist is the next valid minute, one that occurs twice is its
 * first occurrence.
 */
record Times(LocalDate date, ZoneId zone) {
  static final String ALLOWED =
      "a time such as \"09:31:05\", \"2025-11-01 09:31:05\" or \"2025-11-01T14:31:05Z\"";

  private static final Pattern SHORT = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?");

  /** The instant of a text; empty when it is none. */
  Optional<Instant> instant(String text) {
    try {
      if (SHORT.matcher(text).matches()) {
        String padded = text.indexOf(':') == 1 ? "0" + text : text;
        return Optional.of(LocalTimes.instant(date.atTime(LocalTime.parse(padded)), zone));
      }
      String iso = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
      return Optional.of(
          iso.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)$")
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalTimes.instant(LocalDateTime.parse(iso), zone));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
