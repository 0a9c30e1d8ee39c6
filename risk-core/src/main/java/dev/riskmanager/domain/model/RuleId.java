package dev.riskmanager.domain.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Which rule: its number orders everything that is ranked by rule.
 *
 * @param number 1 to 13 for the rules of protection, 0 for an admin's manual lockout
 * @param key its section in the configuration, e.g. {@code daily_realized_loss}
 */
public record RuleId(int number, String key) implements Comparable<RuleId> {
  /** The admin's own lockouts. */
  public static final RuleId MANUAL = new RuleId(0, "manual");

  /** Named on every note and timer: made once. */
  private static final List<String> NAMES =
      IntStream.rangeClosed(0, 99).mapToObj(RuleId::name).toList();

  @Override
  public int compareTo(RuleId other) {
    return Integer.compare(number, other.number);
  }

  /** A text that {@link #parse} reads back: {@code 3:daily_realized_loss}. */
  public String text() {
    return number + ":" + key;
  }

  /**
   * The rule of a {@link #text}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static RuleId parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not a rule: " + text);
    }
    return new RuleId(Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** {@code RULE-003}; {@code MANUAL} for an admin's lockout. */
  @Override
  public String toString() {
    return number >= 0 && number < NAMES.size() ? NAMES.get(number) : name(number);
  }

  private static String name(int number) {
    return number == 0 ? "MANUAL" : String.format(Locale.ROOT, "RULE-%03d", number);
  }
}
