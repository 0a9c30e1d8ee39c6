package dev.riskmanager.daemon.store;

import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How values stand in the columns, exactly and readable by people. */
final class SqlText {
  // Always nine digits: with Instant.toString's varying number, text would not sort as time does.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

  /** {@link Money} and {@link Price} count billionths. */
  private static final int PLACES = 9;

  private SqlText() {}

  static String of(Instant time) {
    return TIME.format(time);
  }

  /**
   * The time of a text.
   *
   * @throws java.time.DateTimeException when it is none
   */
  static Instant instant(String text) {
    return TIME.parse(text, Instant::from);
  }

  /**
   * The amount of a decimal text. Unlike {@link Money#of(String)} it takes back sums of any size
   * that we wrote ourselves, and never rounds.
   *
   * @throws ArithmeticException when it is out of range or has more than nine places
   * @throws NumberFormatException when it is not a number
   */
  static Money money(String text) {
    return new Money(units(text));
  }

  /** The price of a decimal text; throws as {@link #money} does. */
  static Price price(String text) {
    return new Price(units(text));
  }

  private static long units(String text) {
    return new BigDecimal(text).scaleByPowerOfTen(PLACES).longValueExact();
  }
}
