package dev.riskmanager.domain.lockout;

import java.util.Locale;

/** The six kinds of lockout, which differ in how they end. */
public enum LockoutType {
  /** Ends at its rule's daily reset. */
  HARD("at the daily reset"),
  /** Ends when its time is over. */
  COOLDOWN("when the cooldown is over"),
  /** Ends at the next session start. */
  SESSION("at the next session start"),
  /** Ends when the venue allows trading again. */
  CONDITION("when the venue allows trading"),
  /** Ends when the symbol leaves the configuration. */
  SYMBOL("when the symbol leaves the configuration"),
  /** Ends at the time the admin gave. */
  MANUAL("at the time the admin gave");

  private final String ending;

  LockoutType(String ending) {
    this.ending = ending;
  }

  /** How it ends, for people. */
  public String ending() {
    return ending;
  }

  /** Its name on every page and line: {@code hard}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static LockoutType ofText(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
