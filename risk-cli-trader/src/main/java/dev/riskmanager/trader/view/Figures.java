package dev.riskmanager.trader.view;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
   * What is left until a limit.
   *
   * @param value the observed value
   * @param limit the limit; a negative one is approached from above
   * @return the distance, negative when the limit is passed; null when one of them is no number
   */
  public static @Nullable String left(@Nullable String value, @Nullable String limit) {
    Parts observed = Parts.of(value);
    Parts allowed = Parts.of(limit);
    if (observed == null || allowed == null || !observed.sameUnit(allowed)) {
      return null;
    }
    BigDecimal v = number(observed.number());
    BigDecimal l = number(allowed.number());
    if (v == null || l == null) {
      return null;
    }
    return (l.signum() < 0 ? v.subtract(l) : l.subtract(v)).toPlainString();
  }

  /**
   * What is left until a limit, in words.
   *
   * @param value the observed value
   * @param limit the limit
   * @return such as {@code 190.00 left} or {@code 65.48 past}, empty when one of them is no number
   */
  public static String leftOrPast(@Nullable String value, @Nullable String limit) {
    String left = left(value, limit);
    BigDecimal number = number(left);
    if (left == null || number == null) {
      return "";
    }
    return number.signum() < 0 ? number.negate().toPlainString() + " past" : left + " left";
  }

  /**
   * A value and its limit, what both have in common said once.
   *
   * @param value such as {@code 2 in a minute}
   * @param limit such as {@code 3 in a minute}
   * @return such as {@code 2 of 3 in a minute}
   */
  public static String of(String value, String limit) {
    Parts observed = Parts.of(value);
    Parts allowed = Parts.of(limit);
    return observed == null || allowed == null || !observed.sameUnit(allowed)
        ? value + " of " + limit
        : observed.before() + observed.number() + " of " + allowed.number() + allowed.after();
  }

  /** A figure with a name before it or a unit after it, such as {@code MNQ 2} or {@code 10 s}. */
  private record Parts(String before, String number, String after) {
    private static final Pattern FIGURE =
        Pattern.compile("(|[A-Za-z0-9]*[A-Za-z] )(-?[0-9]+(?:\\.[0-9]+)?)(| [a-z][a-z ]*)");

    static @Nullable Parts of(@Nullable String text) {
      Matcher matcher = FIGURE.matcher(text == null ? "" : text);
      return matcher.matches()
          ? new Parts(
              String.valueOf(matcher.group(1)),
              String.valueOf(matcher.group(2)),
              String.valueOf(matcher.group(3)))
          : null;
    }

    boolean sameUnit(Parts other) {
      return before.equals(other.before) && after.equals(other.after);
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
