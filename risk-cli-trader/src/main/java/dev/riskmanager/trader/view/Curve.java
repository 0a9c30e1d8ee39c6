package dev.riskmanager.trader.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The day's P&amp;L as a small curve, from its first point to now; each column shows what was true
 * at its end. Its scale reaches from the lowest to the highest, zero among them.
 *
 * <pre>
 *         ▂▄▅▄         high +85
 *   ▃▄▆▇▇█████▇▅▃▁     low -322
 * </pre>
 */
public final class Curve {
  /** A curve of fewer columns shows nothing. */
  private static final int SHORTEST = 8;

  private Curve() {}

  /**
   * Draws it.
   *
   * @param points the points, oldest first
   * @param now where the right edge is
   * @param columns the width
   * @param rows the height, at least 1
   * @param glyphs what to draw with
   * @return that many lines; empty lines when there are not two points
   */
  public static List<Line> lines(
      List<CurvePoint> points, Instant now, int columns, int rows, Glyphs glyphs) {
    List<Line> lines = new ArrayList<>(rows);
    if (points.size() < 2 || columns < 2) {
      for (int i = 0; i < rows; i++) {
        lines.add(Line.EMPTY);
      }
      return lines;
    }
    List<BigDecimal> values = sampled(points, now, columns);
    // Zero is always part of the scale: a steady loss is low, a steady gain is high.
    BigDecimal low = values.stream().reduce(BigDecimal.ZERO, BigDecimal::min);
    BigDecimal high = values.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    int levels = glyphs.levels().length() * rows;
    int[] heights = new int[columns];
    for (int c = 0; c < columns; c++) {
      heights[c] = height(values.get(c), low, high, levels);
    }
    for (int row = rows - 1; row >= 0; row--) {
      lines.add(row(values, heights, row, glyphs));
    }
    return lines;
  }

  /**
   * The same with the highest, the lowest and the newest point beside it, in whole dollars.
   *
   * @param columns the width with the scale; without room for it the curve stands alone
   * @return that many lines
   */
  public static List<Line> withScale(
      List<CurvePoint> points, Instant now, int columns, int rows, Glyphs glyphs) {
    List<String> scale = points.size() < 2 ? List.of() : scale(points, rows);
    int width = scale.stream().mapToInt(Width::of).max().orElse(0) + 1;
    if (scale.isEmpty() || columns - width < SHORTEST) {
      return lines(points, now, columns, rows, glyphs);
    }
    List<Line> lines = lines(points, now, columns - width, rows, glyphs);
    List<Line> labelled = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      labelled.add(
          Line.build()
              .add(lines.get(i).fit(columns - width))
              .add(" ".repeat(width - Width.of(scale.get(i))))
              .add(scale.get(i), Style.DIM)
              .line());
    }
    return labelled;
  }

  /** One text for each row; in a single one there is room for the two ends only. */
  private static List<String> scale(List<CurvePoint> points, int rows) {
    BigDecimal low = points.getFirst().total();
    BigDecimal high = low;
    for (CurvePoint point : points) {
      low = low.min(point.total());
      high = high.max(point.total());
    }
    if (rows == 1) {
      return List.of(dollars(high) + "/" + dollars(low));
    }
    List<String> scale = new ArrayList<>(Collections.nCopies(rows, ""));
    if (rows > 2) {
      scale.set(rows / 2, "now " + dollars(points.getLast().total()));
    }
    scale.set(0, "high " + dollars(high));
    scale.set(rows - 1, "low " + dollars(low));
    return scale;
  }

  private static String dollars(BigDecimal amount) {
    BigDecimal whole = amount.setScale(0, RoundingMode.HALF_UP);
    return (whole.signum() > 0 ? "+" : "") + whole.toPlainString();
  }

  /** From 1 to the number of levels, so that even the lowest point is seen. */
  private static int height(BigDecimal value, BigDecimal low, BigDecimal high, int levels) {
    BigDecimal span = high.subtract(low);
    if (span.signum() == 0) {
      return 1;
    }
    return 1
        + value
            .subtract(low)
            .multiply(BigDecimal.valueOf(levels - 1L))
            .divide(span, 0, RoundingMode.HALF_UP)
            .intValueExact();
  }

  private static List<BigDecimal> sampled(List<CurvePoint> points, Instant now, int columns) {
    Instant first = points.getFirst().t();
    Instant last = points.getLast().t().isAfter(now) ? points.getLast().t() : now;
    Duration whole = Duration.between(first, last);
    List<BigDecimal> values = new ArrayList<>(columns);
    int next = 0;
    for (int c = 1; c <= columns; c++) {
      Instant end = first.plus(whole.multipliedBy(c).dividedBy(columns));
      while (next + 1 < points.size() && !points.get(next + 1).t().isAfter(end)) {
        next++;
      }
      values.add(points.get(next).total());
    }
    return values;
  }

  private static Line row(List<BigDecimal> values, int[] heights, int row, Glyphs glyphs) {
    int each = glyphs.levels().length();
    Line.Builder line = Line.build();
    StringBuilder run = new StringBuilder();
    Style style = Style.GOOD;
    for (int c = 0; c < heights.length; c++) {
      Style own = values.get(c).signum() < 0 ? Style.BAD : Style.GOOD;
      if (own != style) {
        line.add(run.toString(), style);
        run.setLength(0);
        style = own;
      }
      int filled = Math.min(each, heights[c] - row * each);
      run.append(filled <= 0 ? ' ' : glyphs.levels().charAt(filled - 1));
    }
    return line.add(run.toString(), style).line();
  }
}
