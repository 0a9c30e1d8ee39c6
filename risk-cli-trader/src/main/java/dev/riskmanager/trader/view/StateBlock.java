package dev.riskmanager.trader.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The state line: three lines across the whole screen, in the colour of what it says.
 *
 * <pre>
 *  LOCKED OUT   RULE-003 daily_realized_loss                              04:38:40
 *  Daily loss limit exceeded: $-170.50 (limit: $-5.00)
 *  Ends 17:00, at the daily reset. New trades are undone; closing is allowed.
 * </pre>
 */
public final class StateBlock {
  /** Its height. */
  public static final int ROWS = 3;

  private StateBlock() {}

  /**
   * Draws it.
   *
   * @param verdict what to say
   * @param now the time, for the countdown
   * @param columns the width
   * @param glyphs what to draw with
   * @return {@link #ROWS} lines
   */
  public static List<Line> lines(Verdict verdict, Instant now, int columns, Glyphs glyphs) {
    Style style = verdict.kind().style();
    Instant ends = verdict.ends();
    String right = ends == null ? "" : Times.countdown(ends, now) + " ";
    String left = " " + verdict.word() + "   " + verdict.what();
    int room = columns - Width.of(right) - 1;
    String shortened = Width.shorten(Width.clean(left), room, glyphs.cut());
    List<Line> lines = new ArrayList<>(ROWS);
    lines.add(
        Line.of(
            shortened + " ".repeat(columns - Width.of(shortened) - Width.of(right)) + right,
            style));
    List<String> texts = texts(verdict.details(), columns - 2, glyphs);
    for (int i = 0; i < ROWS - 1; i++) {
      lines.add(Line.of(" " + (i < texts.size() ? texts.get(i) : ""), style).fit(columns, style));
    }
    return lines;
  }

  /** Two lines: two sentences, or one that goes on in the second. */
  private static List<String> texts(List<String> details, int columns, Glyphs glyphs) {
    List<String> said = details.stream().filter(detail -> !detail.isEmpty()).toList();
    if (said.size() == 1) {
      List<String> wrapped = Box.wrap(said.getFirst(), columns);
      return wrapped.size() <= 2
          ? wrapped
          : List.of(
              wrapped.getFirst(),
              Width.shorten(
                  String.join(" ", wrapped.subList(1, wrapped.size())), columns, glyphs.cut()));
    }
    List<String> texts = new ArrayList<>();
    for (String detail : said) {
      texts.add(Width.shorten(Width.clean(detail), columns, glyphs.cut()));
    }
    return texts;
  }
}
