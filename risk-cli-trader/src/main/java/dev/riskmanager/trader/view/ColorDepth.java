package dev.riskmanager.trader.view;

import java.util.Locale;
import java.util.Map;

/** How many colours a terminal shows. */
public enum ColorDepth {
  /** None: bold and reversed text only. */
  NONE,
  /** The sixteen every colour terminal has; the user's theme says which. */
  BASIC,
  /** The 256 of xterm. */
  INDEXED,
  /** Red, green and blue. */
  TRUE;

  /**
   * What the environment says.
   *
   * @param environment the environment
   * @param noColor whether {@code --no-color} was given
   * @return the depth
   */
  public static ColorDepth detect(Map<String, String> environment, boolean noColor) {
    String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    // https://no-color.org: any value but the empty one.
    boolean off = noColor || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (off
        || term.isEmpty()
        || term.equals("dumb")
        || term.contains("mono")
        || term.startsWith("vt")) {
      return NONE;
    }
    String colorTerm = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
    if (colorTerm.equals("truecolor") || colorTerm.equals("24bit") || term.contains("direct")) {
      return TRUE;
    }
    return term.contains("256") ? INDEXED : BASIC;
  }
}
