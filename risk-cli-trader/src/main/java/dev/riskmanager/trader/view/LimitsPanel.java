package dev.riskmanager.trader.view;

import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * How much of each limit is used.
 *
 * <pre>
 *   daily_realized_loss  ██████▎░░░   62%  -310.00 of -500.00  190.00 left
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
   * @return the lines, by rule number; the most used first where some have no room
   */
  public static List<Line> lines(List<RuleView> rules, int columns, int rows, Glyphs glyphs) {
    List<RuleView> shown = mostUsed(measured(rules), rows);
    if (shown.isEmpty()) {
      return List.of(Line.of("no rule measures anything yet", Style.DIM));
    }
    Layout layout = Layout.of(shown, columns);
    return shown.stream().map(rule -> line(rule, layout, glyphs)).toList();
  }

  /** How wide each part is, 0 for a part that is left out. */
  private record Layout(int name, int bar, int percent, int value, int left) {
    private static final int PERCENT = 5;
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 6;
    private static final int LONGEST_VALUE = 20;

    /** As long as the names of most; the longest is cut in its middle where there is no room. */
    private static final int SHORTER_NAME = 21;

    /** The first that has room: what is left says more than the percentage, which the bar shows. */
    static Layout of(List<RuleView> rules, int columns) {
      int value = Math.min(width(rules, LimitsPanel::of), columns / 2);
      int shorter = Math.min(value, LONGEST_VALUE);
      int left = width(rules, LimitsPanel::left);
      int full = width(rules, RuleView::rule);
      int name = Math.min(full, SHORTER_NAME);
      for (Layout layout :
          List.of(
              sized(full, PERCENT, value, left, columns),
              sized(name, PERCENT, value, left, columns),
              sized(name, PERCENT, shorter, left, columns),
              sized(name, 0, shorter, left, columns),
              sized(name, PERCENT, shorter, 0, columns),
              sized(name, 0, shorter, 0, columns))) {
        if (layout.bar >= SHORTEST_BAR) {
          return layout;
        }
      }
      return new Layout(name, 4, 0, Math.max(8, columns - name - 7), 0);
    }

    private static Layout sized(int name, int percent, int value, int left, int columns) {
      int others = name + 1 + value + 2;
      others += percent == 0 ? 0 : percent + 1;
      others += left == 0 ? 0 : left + 2;
      return new Layout(name, Math.min(columns - others, LONGEST_BAR), percent, value, left);
    }
  }

  private static List<RuleView> mostUsed(List<RuleView> rules, int rows) {
    return rules.size() <= rows
        ? rules
        : rules.stream()
            .sorted(Comparator.comparing(LimitsPanel::used).reversed())
            .limit(rows)
            .toList();
  }

  private static BigDecimal used(RuleView rule) {
    BigDecimal used = rule.used();
    return used == null ? BigDecimal.ZERO : used;
  }

  private static Line line(RuleView rule, Layout layout, Glyphs glyphs) {
    BigDecimal used = used(rule);
    Line.Builder line =
        Line.build()
            .add(
                pad(Width.middle(rule.rule(), layout.name(), glyphs.cut()), layout.name()),
                nameStyle(rule))
            .add(" ")
            .add(Bar.of(used, layout.bar(), glyphs));
    if (layout.percent() > 0) {
      line.add(" ").add(lead(Figures.percent(used), layout.percent()), Figures.strain(used));
    }
    line.add("  " + lead(Width.shorten(of(rule), layout.value(), glyphs.cut()), layout.value()));
    if (layout.left() > 0) {
      line.add("  " + lead(left(rule), layout.left()), Style.DIM);
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

  private static String of(RuleView rule) {
    return Figures.of(String.valueOf(rule.value()), String.valueOf(rule.limit()));
  }

  private static String left(RuleView rule) {
    return Figures.leftOrPast(rule.value(), rule.limit());
  }

  private static int width(List<RuleView> rules, Function<RuleView, String> text) {
    return rules.stream().map(text).mapToInt(Width::of).max().orElse(0);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - Width.of(text)));
  }

  private static String lead(String text, int columns) {
    return " ".repeat(Math.max(0, columns - Width.of(text))) + text;
  }
}
