package dev.riskmanager.admin.render;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words where a terminal would break them anywhere. */
public final class Fold {
  /** What continues a line stands in from its beginning. */
  private static final String INDENT = " ".repeat(10);

  private static final int NARROWEST = 40;

  private static final char ESCAPE = '\033';

  private Fold() {}

  /**
   * The lines, none longer than that unless a word is.
   *
   * @param columns of the terminal; fewer than 40 are not folded for
   */
  public static List<String> lines(List<String> lines, int columns) {
    if (columns < NARROWEST) {
      return lines;
    }
    List<String> folded = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      int from = rest.length() - rest.stripLeading().length();
      while (true) {
        int at = lastBlank(rest, columns);
        if (at <= from) {
          break;
        }
        folded.add(rest.substring(0, at).stripTrailing());
        rest = INDENT + rest.substring(at + 1).stripLeading();
        from = INDENT.length();
      }
      folded.add(rest);
    }
    return folded;
  }

  /** Where to break a line that is too long; −1 when it is not, or has no blank before. */
  private static int lastBlank(String line, int columns) {
    int width = 0;
    int blank = -1;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == ESCAPE) {
        // A colour takes no room.
        int end = line.indexOf('m', i);
        i = end < 0 ? i : end;
        continue;
      }
      if (line.charAt(i) == ' ' && width <= columns) {
        blank = i;
      }
      width++;
    }
    return width > columns ? blank : -1;
  }
}
