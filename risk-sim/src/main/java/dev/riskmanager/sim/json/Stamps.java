package dev.riskmanager.sim.json;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;

/**
 * Timestamps as the venue writes them: offset {@code +00:00}, six fractional digits at most over
 * REST and seven on the hubs, trailing zeros trimmed.
 */
public final class Stamps {
  private static final DateTimeFormatter REST = format(6);
  private static final DateTimeFormatter HUB = format(7);
  private static final DateTimeFormatter MARKET = format(3);

  private Stamps() {}

  private static DateTimeFormatter format(int digits) {
    return new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, digits, true)
        .appendLiteral("+00:00")
        .toFormatter()
        .withZone(ZoneOffset.UTC);
  }

  public static String rest(Instant time) {
    return REST.format(time);
  }

  public static String hub(Instant time) {
    return HUB.format(time);
  }

  /** Milliseconds only: the exchange's own stamp in market data. */
  public static String market(Instant time) {
    return MARKET.format(time);
  }

  /**
   * Parses what clients send: an offset, a {@code Z}, or neither (taken as UTC).
   *
   * @throws DateTimeParseException when it is none of these
   */
  public static Instant parse(String text) {
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$");
    return OffsetDateTime.parse(zoned ? text : text + "Z").toInstant();
  }
}
