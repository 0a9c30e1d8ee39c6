package dev.riskmanager.admin.render;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words where a terminal would break them anywhere. */
public final class Fold {
  /** What continues a line stands in from its beginning. */
  private static final String INDENT = " ".repeat(10);

  private static final int NARROWEST = 40;

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
      int from = 0;
      while (rest.length() > columns) {
        int at = rest.lastIndexOf(' ', columns);
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
}
