package dev.riskmanager.domain.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which rule: its number orders everything that is ranked by rule.
 *
 * @param number 1 to 13 for the rules of protection, 0 for an admin's manual lockout, 98 and 99 for
 *     the two reasons to hold an account
 * @param key its section in the configuration, e.g. {@code daily_realized_loss}
 */
public record RuleId(int number, String key) implements Comparable<RuleId> {
  /** The admin's own lockouts. */
  public static final RuleId MANUAL = new RuleId(0, "manual");

  /** Holds an account that nobody has seen for too long. */
  public static final RuleId BLIND = new RuleId(98, "blind");

  /** Holds an account whose books are not trusted. */
  public static final RuleId BOOKS = new RuleId(99, "books");

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

  /**
   * Whether a lockout of it only holds the account: nothing may be added, and the rules go on as if
   * it were free.
   */
  public boolean holds() {
    return number == BLIND.number || number == BOOKS.number;
  }

  /** Which of those that are none of the thirteen has this name; empty when none has. */
  public static Optional<RuleId> special(String name) {
    return Stream.of(MANUAL, BLIND, BOOKS)
        .filter(id -> id.toString().equalsIgnoreCase(name))
        .findFirst();
  }

  /**
   * {@code RULE-003}; {@code MANUAL} for an admin's lockout, {@code BLIND} and {@code BOOKS} for a
   * hold.
   */
  @Override
  public String toString() {
    return number >= 0 && number < NAMES.size() ? NAMES.get(number) : name(number);
  }

  private static String name(int number) {
    return switch (number) {
      case 0 -> "MANUAL";
      case 98 -> "BLIND";
      case 99 -> "BOOKS";
      default -> String.format(Locale.ROOT, "RULE-%03d", number);
    };
  }
}
