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
   * Draws them.
   *
   * @param rules the thirteen
   * @param columns the width
   * @param rows at most so many; the ones nearest to their limit stay
   * @param glyphs what to draw with
   * @return the lines, by rule number
   */
  public static List<Line> lines(List<RuleView> rules, int columns, int rows, Glyphs glyphs) {
    List<RuleView> shown = worst(measured(rules), rows);
    if (shown.isEmpty()) {
      return List.of(Line.of("no rule measures anything yet", Style.DIM));
    }
    Layout layout = Layout.of(shown, columns);
    return shown.stream().map(rule -> line(rule, layout, glyphs)).toList();
  }

  /**
   * How wide each part is, 0 for a part that is left out.
   *
   * @param names which names the rules go by
   */
  private record Layout(
      Function<RuleView, String> names, int name, int bar, int percent, int value, int left) {
    private static final int PERCENT = 5;
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 6;
    private static final int LONGEST_VALUE = 20;

    /** The first that has room: what is left says more than the percentage, which the bar shows. */
    static Layout of(List<RuleView> rules, int columns) {
      int value = Math.min(width(rules, LimitsPanel::of), columns / 2);
      int shorter = Math.min(value, LONGEST_VALUE);
      int left = width(rules, LimitsPanel::left);
      Function<RuleView, String> full = RuleView::rule;
      Function<RuleView, String> brief = rule -> RuleNames.brief(rule.rule());
      for (Layout layout :
          List.of(
              sized(rules, full, PERCENT, value, left, columns),
              sized(rules, brief, PERCENT, value, left, columns),
              sized(rules, brief, PERCENT, shorter, left, columns),
              sized(rules, brief, 0, shorter, left, columns),
              sized(rules, brief, PERCENT, shorter, 0, columns))) {
        if (layout.bar >= SHORTEST_BAR) {
          return layout;
        }
      }
      int name = width(rules, brief);
      return new Layout(brief, name, 4, 0, Math.max(8, columns - name - 7), 0);
    }

    private static Layout sized(
        List<RuleView> rules,
        Function<RuleView, String> names,
        int percent,
        int value,
        int left,
        int columns) {
      int name = width(rules, names);
      int others = name + 1 + value + 2;
      others += percent == 0 ? 0 : percent + 1;
      others += left == 0 ? 0 : left + 2;
      return new Layout(names, name, Math.min(columns - others, LONGEST_BAR), percent, value, left);
    }
  }

  private static List<RuleView> worst(List<RuleView> rules, int rows) {
    if (rules.size() <= rows) {
      return rules;
    }
    List<RuleView> worst =
        rules.stream()
            .sorted(Comparator.comparing(LimitsPanel::used).reversed())
            .limit(rows)
            .toList();
    return rules.stream().filter(worst::contains).toList();
  }

  private static BigDecimal used(RuleView rule) {
    BigDecimal used = rule.used();
    return used == null ? BigDecimal.ZERO : used;
  }

  private static Line line(RuleView rule, Layout layout, Glyphs glyphs) {
    BigDecimal used = used(rule);
    Line.Builder line =
        Line.build()
            .add(pad(layout.names().apply(rule), layout.name()), nameStyle(rule))
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
    String left = Figures.left(rule.value(), rule.limit());
    BigDecimal number = Figures.number(left);
    if (left == null || number == null) {
      return "";
    }
    return number.signum() < 0 ? number.negate().toPlainString() + " past" : left + " left";
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
