package dev.riskmanager.trader.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Money and other figures as the screen writes them. They arrive as decimal text and stay exact.
 */
public final class Figures {
  /** What stands where a figure is not known. */
  public static final String UNKNOWN = "-";

  private static final BigDecimal NEAR = new BigDecimal("0.7");
  private static final BigDecimal CLOSE = new BigDecimal("0.9");

  private Figures() {}

  /**
   * A gain or a loss.
   *
   * @param amount decimal text, null when not known
   * @return it with its sign, green or red
   */
  public static Span gain(@Nullable String amount) {
    BigDecimal value = number(amount);
    if (amount == null) {
      return new Span(UNKNOWN, Style.DIM);
    }
    if (value == null || value.signum() == 0) {
      return new Span(amount, Style.NORMAL);
    }
    return value.signum() > 0 ? new Span("+" + amount, Style.GOOD) : new Span(amount, Style.BAD);
  }

  /**
   * A figure without a judgement.
   *
   * @param amount decimal text, null when not known
   * @return it, or a dash
   */
  public static Span plain(@Nullable String amount) {
    return amount == null ? new Span(UNKNOWN, Style.DIM) : new Span(amount, Style.NORMAL);
  }

  /**
   * The average price of several fills, which is on no tick: as many decimals as the market's
   * prices have, and two more.
   *
   * @param average decimal text
   * @param price one of the market, null when there is none: then nothing is rounded
   * @return the average, rounded half to even, without zeros at its end beyond the market's
   *     decimals
   */
  public static String average(String average, @Nullable String price) {
    BigDecimal exact = number(average);
    BigDecimal tick = number(price);
    if (exact == null || tick == null || exact.scale() <= tick.scale() + 2) {
      return average;
    }
    BigDecimal rounded = exact.setScale(tick.scale() + 2, RoundingMode.HALF_EVEN);
    BigDecimal shortest = rounded.stripTrailingZeros();
    return (shortest.scale() < tick.scale() ? shortest.setScale(tick.scale()) : shortest)
        .toPlainString();
  }

  /**
   * A figure as a number.
   *
   * @param text decimal text, or something else, or null
   * @return the number, null when it is none
   */
  public static @Nullable BigDecimal number(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    char last = text.charAt(text.length() - 1);
    if (last < '0' || last > '9') {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * How a used part of a limit is to be seen.
   *
   * @param used the part, 1 = at the limit
   * @return good under 70 %, worth a look to 90 %, bad above
   */
  public static Style strain(BigDecimal used) {
    if (used.compareTo(NEAR) < 0) {
      return Style.GOOD;
    }
    return used.compareTo(CLOSE) <= 0 ? Style.WARN : Style.BAD;
  }

  /**
   * A part of a limit in percent, rounded down so that 100 % is never shown early.
   *
   * @param used the part, 1 = at the limit
   * @return such as {@code 62%}; at most {@code 999%}, at least {@code 0%}
   */
  public static String percent(BigDecimal used) {
    BigDecimal percent = used.movePointRight(2);
    if (percent.compareTo(BigDecimal.valueOf(999)) > 0) {
      return ">999%";
    }
    return Math.max(0, percent.intValue()) + "%";
  }
}
