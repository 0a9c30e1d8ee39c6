package dev.riskmanager.trader.term;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.terminal.Terminal;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Palette;
import dev.riskmanager.trader.view.Span;
import dev.riskmanager.trader.view.Style;
import dev.riskmanager.trader.view.Width;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws lines on a terminal, only the cells that differ from what is there. Lanterna's own screen
 * does that too, but breaks every cell of every picture into graphemes, which takes more time than
 * everything else together. Not thread-safe.
 */
final class Painter {
  private final Terminal terminal;
  private final ColorDepth depth;
  private List<Line> drawn = List.of();
  private @Nullable Style style;

  Painter(Terminal terminal, ColorDepth depth) {
    this.terminal = terminal;
    this.depth = depth;
  }

  /** Nothing is known to be there any more: the next picture is drawn whole. */
  void forget() {
    drawn = List.of();
  }

  /**
   * Draws.
   *
   * @param lines the whole picture
   * @return how many cells were written
   */
  int draw(List<Line> lines) throws IOException {
    if (lines.equals(drawn)) {
      return 0;
    }
    int written = 0;
    style = null;
    if (terminal instanceof Whole picture) {
      picture.begin();
    }
    if (drawn.isEmpty()) {
      terminal.resetColorAndSGR();
      terminal.clearScreen();
    }
    for (int row = 0; row < lines.size(); row++) {
      Line line = lines.get(row);
      Line before = row < drawn.size() ? drawn.get(row) : null;
      if (before == null) {
        written += drawWhole(row, line);
      } else if (!line.equals(before)) {
        written += drawRow(row, cells(line), cells(before));
      }
    }
    drawn = lines;
    terminal.resetColorAndSGR();
    if (terminal instanceof Whole picture) {
      picture.end();
    }
    terminal.flush();
    return written;
  }

  private int drawWhole(int row, Line line) throws IOException {
    terminal.setCursorPosition(0, row);
    for (Span span : line.spans()) {
      use(span.style());
      terminal.putString(span.text());
    }
    return line.width();
  }

  /**
   * What one column shows.
   *
   * @param text a character with its combining marks; empty for the second half of a wide one
   */
  private record Cell(String text, Style style) {
    /**
     * Not {@code equals}: that is put together at its first use, before the first whole picture.
     */
    boolean same(Cell other) {
      return style == other.style && text.equals(other.text);
    }
  }

  private static List<Cell> cells(Line line) {
    List<Cell> cells = new ArrayList<>();
    for (Span span : line.spans()) {
      String text = span.text();
      for (int i = 0; i < text.length(); ) {
        int end = i + Character.charCount(text.codePointAt(i));
        int width = Width.of(text.codePointAt(i));
        while (end < text.length() && Width.of(text.codePointAt(end)) == 0) {
          end += Character.charCount(text.codePointAt(end));
        }
        cells.add(new Cell(text.substring(i, end), span.style()));
        if (width == 2) {
          cells.add(new Cell("", span.style()));
        }
        i = end;
      }
    }
    return cells;
  }

  private int drawRow(int row, List<Cell> cells, List<Cell> before) throws IOException {
    int written = 0;
    int cursor = -1;
    StringBuilder run = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      Cell cell = cells.get(column);
      // The second half of a wide character is drawn with its first.
      boolean half = cell.text().isEmpty();
      boolean changed = !same(column, cells, before);
      if (half || !changed) {
        continue;
      }
      if (column != cursor || cell.style() != style) {
        put(run);
        if (column != cursor) {
          terminal.setCursorPosition(column, row);
        }
        use(cell.style());
      }
      run.append(cell.text());
      boolean wide = column + 1 < cells.size() && cells.get(column + 1).text().isEmpty();
      cursor = column + (wide ? 2 : 1);
      written++;
    }
    put(run);
    return written;
  }

  /** Whether a cell shows the same already, and so does the other half of a wide character. */
  private static boolean same(int column, List<Cell> cells, List<Cell> before) {
    if (column >= before.size() || !cells.get(column).same(before.get(column))) {
      return false;
    }
    boolean wide = column + 1 < cells.size() && cells.get(column + 1).text().isEmpty();
    boolean wasWide = column + 1 < before.size() && before.get(column + 1).text().isEmpty();
    return wide == wasWide;
  }

  private void put(StringBuilder run) throws IOException {
    if (!run.isEmpty()) {
      terminal.putString(run.toString());
      run.setLength(0);
    }
  }

  private void use(Style wanted) throws IOException {
    if (wanted == style) {
      return;
    }
    Palette.Look look = Palette.look(wanted, depth);
    terminal.resetColorAndSGR();
    if (look.bold()) {
      terminal.enableSGR(SGR.BOLD);
    }
    if (look.reverse()) {
      terminal.enableSGR(SGR.REVERSE);
    }
    Palette.Color foreground = look.foreground();
    if (foreground != null) {
      terminal.setForegroundColor(lanterna(foreground));
    }
    Palette.Color background = look.background();
    if (background != null) {
      terminal.setBackgroundColor(lanterna(background));
    }
    style = wanted;
  }

  private static TextColor lanterna(Palette.Color color) {
    return new SgrColor(color);
  }
}
