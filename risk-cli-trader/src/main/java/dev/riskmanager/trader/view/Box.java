package dev.riskmanager.trader.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A frame with a title, and things side by side.
 *
 * <pre>
 *   ┌ P&amp;L ────────┐
 *   │ realized    │
 *   └─────────────┘
 * </pre>
 */
public final class Box {
  private Box() {}

  /**
   * Columns inside a frame.
   *
   * @param columns its whole width
   * @return what is left between its sides and their spaces
   */
  public static int inside(int columns) {
    return columns - 4;
  }

  /**
   * Frames lines.
   *
   * @param title what it is
   * @param content the lines inside; what is too much is cut, what is missing is empty
   * @param columns the whole width
   * @param rows the whole height
   * @param glyphs what to draw with
   * @return exactly that many lines of exactly that width
   */
  public static List<Line> of(
      String title, List<Line> content, int columns, int rows, Glyphs glyphs) {
    List<Line> lines = new ArrayList<>(rows);
    String name = Width.shorten(Width.clean(title), columns - 6, glyphs.cut());
    lines.add(
        Line.build()
            .add(glyphs.topLeft() + " ", Style.FRAME)
            .add(name, Style.TITLE)
            .add(
                " "
                    + glyphs.horizontal().repeat(Math.max(0, columns - 4 - Width.of(name)))
                    + glyphs.topRight(),
                Style.FRAME)
            .line());
    for (int i = 0; i < rows - 2; i++) {
      Line inside = i < content.size() ? content.get(i) : Line.EMPTY;
      lines.add(
          Line.build()
              .add(glyphs.vertical() + " ", Style.FRAME)
              .add(inside.shorten(inside(columns), glyphs.cut()).fit(inside(columns)))
              .add(" " + glyphs.vertical(), Style.FRAME)
              .line());
    }
    lines.add(
        Line.of(
            glyphs.bottomLeft()
                + glyphs.horizontal().repeat(Math.max(0, columns - 2))
                + glyphs.bottomRight(),
            Style.FRAME));
    return lines;
  }

  /**
   * Two blocks next to each other.
   *
   * @param left lines of one width
   * @param right lines
   * @return as many lines as the longer of them
   */
  public static List<Line> beside(List<Line> left, List<Line> right) {
    int width = left.isEmpty() ? 0 : left.getFirst().width();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      Line a = i < left.size() ? left.get(i) : Line.EMPTY.fit(width);
      lines.add(i < right.size() ? a.then(right.get(i)) : a);
    }
    return lines;
  }

  /**
   * Breaks a text into lines at its spaces.
   *
   * @param text the text
   * @param columns at most this many in a line, at least 1
   * @return its lines, at least one
   */
  public static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Width.clean(text).split(" ", -1)) {
      String rest = word;
      if (!line.isEmpty() && Width.of(line.toString()) + 1 + Width.of(rest) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (Width.of(rest) > columns) {
        String part = Width.cut(rest, columns);
        if (part.isEmpty()) {
          // A wide character in a single column: it cannot be shown.
          part = rest.substring(0, rest.offsetByCodePoints(0, 1));
          rest = "?" + rest.substring(part.length());
          continue;
        }
        lines.add(part);
        rest = rest.substring(part.length());
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }
}
