package dev.riskmanager.trader.view;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a limit is used.
 *
 * <pre>
 *   ██████████▎░░░░░░░░░      ##########..........
 * </pre>
 */
public final class Bar {
  private Bar() {}

  /**
   * Draws a bar.
   *
   * @param used the used part, 1 = full; beyond that it stays full
   * @param columns its width
   * @param glyphs what to draw with
   * @return the bar in the colour of its strain
   */
  public static Line of(BigDecimal used, int columns, Glyphs glyphs) {
    if (columns < 1) {
      return Line.EMPTY;
    }
    int steps = glyphs.parts().length() + 1;
    BigDecimal bounded = used.max(BigDecimal.ZERO).min(BigDecimal.ONE);
    // Rounded down: a bar is full only at the limit.
    int parts =
        bounded
            .multiply(BigDecimal.valueOf((long) columns * steps))
            .setScale(0, RoundingMode.DOWN)
            .intValueExact();
    int full = parts / steps;
    int rest = parts % steps;
    StringBuilder drawn = new StringBuilder(glyphs.full().repeat(full));
    if (rest > 0) {
      drawn.append(glyphs.parts().charAt(rest - 1));
    }
    return Line.build()
        .add(drawn.toString(), Figures.strain(used))
        .add(glyphs.empty().repeat(columns - full - (rest > 0 ? 1 : 0)), Style.DIM)
        .line();
  }
}
