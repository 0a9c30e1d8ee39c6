package dev.riskmanager.trader.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Names and values under each other, long values wrapped.
 *
 * <pre>
 *   state      PROTECTING
 *   started    2025-10-31 11:21:19
 * </pre>
 */
final class Fields {
  private final List<Line> lines = new ArrayList<>();
  private final int nameColumns;
  private final int columns;

  /**
   * An empty list.
   *
   * @param nameColumns the width of the names
   * @param columns the whole width
   */
  Fields(int nameColumns, int columns) {
    this.nameColumns = nameColumns;
    this.columns = columns;
  }

  /** Adds a heading, with an empty line before it. */
  Fields title(String title) {
    if (!lines.isEmpty()) {
      lines.add(Line.EMPTY);
    }
    lines.add(Line.of(title, Style.TITLE));
    return this;
  }

  /** Adds a value. */
  Fields add(String name, String value) {
    return add(name, value, Style.NORMAL);
  }

  /** Adds a value in a style. */
  Fields add(String name, String value, Style style) {
    String head = "  " + name + " ".repeat(Math.max(1, nameColumns - name.length()));
    for (String part : Box.wrap(value, Math.max(20, columns - Width.of(head)))) {
      lines.add(Line.build().add(head, Style.DIM).add(part, style).line());
      head = " ".repeat(Width.of(head));
    }
    return this;
  }

  /** Adds a value of several styles; it is not wrapped. */
  Fields add(String name, Line value) {
    String head = "  " + name + " ".repeat(Math.max(1, nameColumns - name.length()));
    lines.add(Line.build().add(head, Style.DIM).add(value).line());
    return this;
  }

  /** Adds a line of its own, wrapped and indented. */
  Fields text(String text, Style style) {
    for (String part : Box.wrap(text, Math.max(20, columns - 2))) {
      lines.add(Line.of("  " + part, style));
    }
    return this;
  }

  /** Adds lines, indented. */
  Fields block(List<Line> block) {
    for (Line line : block) {
      lines.add(Line.of("  ").then(line));
    }
    return this;
  }

  /** All of them. */
  List<Line> lines() {
    return List.copyOf(lines);
  }
}
