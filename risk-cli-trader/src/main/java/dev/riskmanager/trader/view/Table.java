package dev.riskmanager.trader.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table whose columns line up.
 *
 * <pre>
 *   symbol  side   size     entry
 *   MNQ     LONG      1  21000.25
 * </pre>
 *
 * When it does not fit, columns go in the order of their priority, the highest number first; then
 * the elastic column is shortened.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Line>> rows = new ArrayList<>();
  private final Glyphs glyphs;

  /**
   * An empty table.
   *
   * @param glyphs what to draw with
   */
  public Table(Glyphs glyphs) {
    this.glyphs = glyphs;
  }

  private enum Kind {
    LEFT,
    RIGHT,
    ELASTIC,
    NAME
  }

  private record Column(String title, Kind kind, int priority) {
    boolean elastic() {
      return kind == Kind.ELASTIC || kind == Kind.NAME;
    }
  }

  /** Adds a column of text. */
  public Table left(String title, int priority) {
    columns.add(new Column(title, Kind.LEFT, priority));
    return this;
  }

  /** Adds a column of figures. */
  public Table right(String title, int priority) {
    columns.add(new Column(title, Kind.RIGHT, priority));
    return this;
  }

  /** Adds a column of text that is shortened when there is no room. */
  public Table elastic(String title) {
    return elastic(title, 0);
  }

  /** Adds a column of names, which are cut in their middle when there is no room. */
  public Table name(String title) {
    columns.add(new Column(title, Kind.NAME, 0));
    return this;
  }

  /** An elastic column of what can be missed: it goes by its priority when there is no room. */
  public Table elastic(String title, int priority) {
    columns.add(new Column(title, Kind.ELASTIC, priority));
    return this;
  }

  /** Adds a row; one cell for each column. */
  public Table row(Span... cells) {
    List<Line> row = new ArrayList<>(cells.length);
    for (Span cell : cells) {
      row.add(new Line(List.of(cell)));
    }
    return row(row);
  }

  /** Adds a row; one cell for each column. */
  public Table row(List<Line> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns.size());
    }
    rows.add(cells);
    return this;
  }

  /**
   * Whether it has rows.
   *
   * @return true if not
   */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The table, its titles first.
   *
   * @param available columns of the terminal it may take
   * @return its lines, none wider than that unless even the last column does not fit
   */
  public List<Line> lines(int available) {
    int[] widths = widths();
    boolean[] shown = new boolean[columns.size()];
    Arrays.fill(shown, true);
    while (total(widths, shown) > available && dropOne(shown)) {
      // One column less each time round.
    }
    squeeze(widths, shown, available);
    List<Line> lines = new ArrayList<>(rows.size() + 1);
    List<Line> titles = new ArrayList<>();
    for (Column column : columns) {
      titles.add(Line.of(column.title(), Style.DIM));
    }
    lines.add(line(titles, widths, shown));
    for (List<Line> row : rows) {
      lines.add(line(row, widths, shown));
    }
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Width.of(columns.get(c).title());
      for (List<Line> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).width());
      }
    }
    return widths;
  }

  private int total(int[] widths, boolean[] shown) {
    int total = -GAP.length();
    for (int c = 0; c < widths.length; c++) {
      if (shown[c]) {
        // An elastic column can be made as narrow as this without becoming useless.
        total += GAP.length() + (columns.get(c).elastic() ? Math.min(widths[c], 16) : widths[c]);
      }
    }
    return total;
  }

  private boolean dropOne(boolean[] shown) {
    int worst = -1;
    for (int c = 0; c < shown.length; c++) {
      int priority = columns.get(c).priority();
      if (shown[c] && priority > 0 && (worst < 0 || priority >= columns.get(worst).priority())) {
        worst = c;
      }
    }
    if (worst >= 0) {
      shown[worst] = false;
    }
    return worst >= 0;
  }

  private void squeeze(int[] widths, boolean[] shown, int available) {
    int needed = -GAP.length();
    int elastic = -1;
    for (int c = 0; c < widths.length; c++) {
      if (shown[c]) {
        needed += GAP.length() + widths[c];
        elastic = columns.get(c).elastic() ? c : elastic;
      }
    }
    if (elastic >= 0 && needed > available) {
      widths[elastic] = Math.max(1, widths[elastic] - (needed - available));
    }
  }

  private Line line(List<Line> cells, int[] widths, boolean[] shown) {
    Line.Builder line = Line.build();
    boolean first = true;
    int last = lastShown(shown);
    for (int c = 0; c < widths.length; c++) {
      if (!shown[c]) {
        continue;
      }
      if (!first) {
        line.add(GAP);
      }
      first = false;
      Kind kind = columns.get(c).kind();
      Line cell =
          kind == Kind.NAME
              ? cells.get(c).middle(widths[c], glyphs.cut())
              : cells.get(c).shorten(widths[c], glyphs.cut());
      String fill = " ".repeat(widths[c] - cell.width());
      if (kind == Kind.RIGHT) {
        line.add(fill).add(cell);
      } else {
        line.add(cell);
        // Nothing after the last cell, so that piped output has no trailing spaces.
        if (c != last) {
          line.add(fill);
        }
      }
    }
    return line.line();
  }

  private static int lastShown(boolean[] shown) {
    int last = -1;
    for (int c = 0; c < shown.length; c++) {
      last = shown[c] ? c : last;
    }
    return last;
  }
}
