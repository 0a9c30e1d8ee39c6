package dev.riskmanager.admin.render;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Breaks what is written between words, so that a terminal need not break it inside them. What is
 * flushed before its line has ended stays as it is, and so does a line of JSON.
 */
public final class FoldedWriter extends Writer {
  /** No terminal is narrower than what lines are folded for. */
  private static final int SHORT = 40;

  private final Writer to;
  private final IntSupplier columns;
  private final StringBuilder line = new StringBuilder();
  private boolean begun;

  /**
   * In front of another writer.
   *
   * @param columns of the terminal, asked for when a line is long; 0 when not known
   */
  public FoldedWriter(Writer to, IntSupplier columns) {
    this.to = to;
    this.columns = columns;
  }

  /** Prints a text whose lines must stay as they are: what a file holds or is to hold. */
  public static void exactly(PrintWriter out, String text) {
    text.lines()
        .forEach(
            line -> {
              out.print(line);
              out.flush();
              out.println();
            });
  }

  @Override
  public void write(char[] chars, int from, int length) throws IOException {
    synchronized (lock) {
      for (int i = from; i < from + length; i++) {
        if (chars[i] == '\n') {
          end();
        } else {
          line.append(chars[i]);
        }
      }
    }
  }

  private void end() throws IOException {
    String text = line.toString();
    line.setLength(0);
    if (begun || text.length() <= SHORT || text.startsWith("{")) {
      to.write(text + "\n");
    } else {
      for (String part : Fold.lines(List.of(text), columns.getAsInt())) {
        to.write(part + "\n");
      }
    }
    begun = false;
  }

  @Override
  public void flush() throws IOException {
    synchronized (lock) {
      if (!line.isEmpty()) {
        to.write(line.toString());
        line.setLength(0);
        begun = true;
      }
      to.flush();
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
