package dev.riskmanager.trader.view;

import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * How much of each limit is used.
 *
 * <pre>
 *   daily_realized_loss  ██████▎░░░   62%  $-310.00 of $-500.00  $190.00 left
 *   daily loss           ██████▎░░░        $-310.00 of $-500     $190.00 left   in little room
 * </pre>
 */
public final class LimitsPanel {
  private LimitsPanel() {}

  /**
   * The rules that have something to measure.
   *
   * @param rules the thirteen
   * @return those that are on and know their value and their limit
   */
  public static List<RuleView> measured(List<RuleView> rules) {
    return rules.stream()
        .filter(rule -> rule.used() != null && rule.state() != RuleState.DISABLED)
        .toList();
  }

  /**
   * What the panel is called.
   *
   * @param rules the thirteen
   * @param rows at most so many are shown
   * @return a title that tells when some have no room
   */
  static String title(List<RuleView> rules, int rows) {
    int all = measured(rules).size();
    return all <= rows
        ? "Limits"
        : "Limits, the " + rows + " most used of " + all + ": press 3 for all";
  }

  /**
   * Draws them.
   *
   * @param rules the thirteen
   * @param columns the width
   * @param rows at most so many; without room for all, the most used ones stay
   * @param glyphs what to draw with
   * @param words how a rule's figures are written
   * @return the lines, by rule number; the most used first where some have no room
   */
  public static List<Line> lines(
      List<RuleView> rules,
      int columns,
      int rows,
      Glyphs glyphs,
      Function<RuleView, Measure> words) {
    List<Row> shown =
        mostUsed(measured(rules), rows).stream()
            .map(rule -> new Row(rule, words.apply(rule)))
            .toList();
    if (shown.isEmpty()) {
      return List.of(Line.of("no rule measures anything yet", Style.DIM));
    }
    Layout layout = Layout.of(shown, columns);
    return shown.stream().map(row -> line(row, layout, glyphs)).toList();
  }

  private record Row(RuleView rule, Measure measure) {}

  /** What of a row is written, from most to least. */
  private enum Wording {
    FULL,
    /** What is left without a unit that stands beside it. */
    SHORTER,
    /** Its key, and figures as short as they can be. */
    KEY,
    /** A word or two in the place of its key. */
    TITLE,
    BRIEF,
    /** Nothing of what is left. */
    LEAST;

    String name(Row row) {
      return compareTo(TITLE) < 0 ? row.rule().rule() : row.measure().title();
    }

    String value(Row row) {
      return switch (this) {
        case FULL, SHORTER, TITLE -> row.measure().of();
        case KEY, BRIEF, LEAST -> row.measure().brief();
      };
    }

    String left(Row row) {
      return switch (this) {
        case FULL -> row.measure().left();
        case SHORTER, KEY, TITLE, BRIEF -> row.measure().briefLeft();
        case LEAST -> "";
      };
    }
  }

  /** How wide each part is, 0 for a part that is left out. */
  private record Layout(Wording wording, int name, int bar, int percent, int value, int left) {
    private static final int PERCENT = 5;
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 6;
    private static final int BAR_IN_NEED = 2;
    private static final int LONGEST_VALUE = 20;

    /** The first that has room: what is left says more than the percentage, which the bar shows. */
    static Layout of(List<Row> rows, int columns) {
      for (Layout layout :
          List.of(
              sized(Wording.FULL, PERCENT, rows, columns),
              sized(Wording.SHORTER, PERCENT, rows, columns),
              sized(Wording.KEY, PERCENT, rows, columns),
              sized(Wording.TITLE, PERCENT, rows, columns),
              sized(Wording.BRIEF, PERCENT, rows, columns),
              sized(Wording.BRIEF, 0, rows, columns))) {
        if (layout.bar >= (layout.percent == 0 ? BAR_IN_NEED : SHORTEST_BAR)) {
          return layout;
        }
      }
      Layout least = sized(Wording.LEAST, 0, rows, columns);
      return least.bar >= BAR_IN_NEED
          ? least
          : new Layout(
              Wording.LEAST,
              least.name,
              BAR_IN_NEED,
              0,
              Math.max(8, columns - least.name - BAR_IN_NEED - 3),
              0);
    }

    private static Layout sized(Wording wording, int percent, List<Row> rows, int columns) {
      int name = width(rows, wording::name);
      // A list of symbols may be of any length.
      int longest = Math.max(LONGEST_VALUE, columns * 2 / 5);
      int value = Math.min(width(rows, wording::value), longest);
      int left = width(rows, wording::left);
      int others = name + 1 + value + 2;
      others += percent == 0 ? 0 : percent + 1;
      others += left == 0 ? 0 : left + 2;
      int bar = Math.min(columns - others, LONGEST_BAR);
      return new Layout(wording, name, bar, percent, value, left);
    }
  }

  private static List<RuleView> mostUsed(List<RuleView> rules, int rows) {
    return rules.size() <= rows
        ? rules
        : rules.stream().sorted((a, b) -> used(b).compareTo(used(a))).limit(rows).toList();
  }

  private static BigDecimal used(RuleView rule) {
    BigDecimal used = rule.used();
    return used == null ? BigDecimal.ZERO : used;
  }

  private static Line line(Row row, Layout layout, Glyphs glyphs) {
    BigDecimal used = used(row.rule());
    Wording wording = layout.wording();
    Line.Builder line =
        Line.build()
            .add(pad(wording.name(row), layout.name()), nameStyle(row.rule()))
            .add(" ")
            .add(Bar.of(used, layout.bar(), glyphs));
    if (layout.percent() > 0) {
      line.add(" ").add(lead(Figures.percent(used), layout.percent()), Figures.strain(used));
    }
    String value = Width.shorten(wording.value(row), layout.value(), glyphs.cut());
    line.add("  " + lead(value, layout.value()));
    if (layout.left() > 0) {
      line.add("  " + lead(wording.left(row), layout.left()), Style.DIM);
    }
    return line.line();
  }

  private static Style nameStyle(RuleView rule) {
    return switch (rule.state()) {
      case BREACHED, FAILED -> Style.BAD;
      case NEAR, DEGRADED -> Style.WARN;
      case SHADOW -> Style.DIM;
      case OK, BLOCKED, DISABLED, UNKNOWN -> Style.NORMAL;
    };
  }

  private static int width(List<Row> rows, Function<Row, String> text) {
    return rows.stream().map(text).mapToInt(Width::of).max().orElse(0);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - Width.of(text)));
  }

  private static String lead(String text, int columns) {
    return " ".repeat(Math.max(0, columns - Width.of(text))) + text;
  }
}
