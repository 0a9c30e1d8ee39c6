package dev.riskmanager.trader.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys.
 *
 * <pre>
 *   1 … 9      the pages
 *   q          quit
 * </pre>
 */
public final class HelpPanel {
  /** As many as the smallest screen has room for. */
  private static final String[][] KEYS = {
    {"1 ... 9", "the pages: overview, positions, rules, lockouts, log,"},
    {"", "why, connections, hours, diary"},
    {"Tab, right, l", "the next page; Shift-Tab, left, h: the one before"},
    {"up, down, k, j", "scroll by a line; PgUp, PgDn: by a page"},
    {"Home, End, g, G", "to the beginning, to the end"},
    {"a, A", "the next account, the one before"},
    {"s", "all accounts; up and down choose, Enter goes there"},
    {"/", "filter the log: type, Enter keeps it, Esc ends it"},
    {"p, n", "on the page why: the receipt before, the one after"},
    {"Ctrl-L", "draw everything again"},
    {"?", "this page"},
    {"q, Ctrl-C", "quit; the engine goes on protecting"},
    {"Nothing here", "changes limits, lockouts or positions: only the admin can."},
  };

  private HelpPanel() {}

  /**
   * Draws it.
   *
   * @return the lines
   */
  public static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (String[] key : KEYS) {
      lines.add(
          Line.build()
              .add(key[0] + " ".repeat(17 - key[0].length()), Style.KEY)
              .add(key[1])
              .line());
    }
    return lines;
  }
}
