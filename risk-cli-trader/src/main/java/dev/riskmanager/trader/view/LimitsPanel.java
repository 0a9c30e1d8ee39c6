package dev.riskmanager.trader.view;

import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

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
    int name = width(shown, RuleView::rule);
    int value = width(shown, LimitsPanel::of);
    int left = width(shown, LimitsPanel::left);
    // Name, bar, percent, value and limit, what is left; two columns between them.
    int fixed = name + 1 + 1 + 5 + 2 + value;
    boolean showLeft = fixed + 2 + left + 6 <= columns;
    int bar = columns - fixed - (showLeft ? 2 + left : 0);
    if (bar < 6) {
      name = Math.max(8, name - (6 - bar));
      bar = 6;
    }
    int barWidth = Math.min(bar, 40);
    int nameWidth = name;
    return shown.stream()
        .map(rule -> line(rule, nameWidth, barWidth, value, showLeft ? left : 0, glyphs))
        .toList();
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

  private static Line line(RuleView rule, int name, int bar, int value, int left, Glyphs glyphs) {
    BigDecimal used = used(rule);
    String percent = Figures.percent(used);
    Line.Builder line =
        Line.build()
            .add(pad(Width.shorten(rule.rule(), name, glyphs.cut()), name), nameStyle(rule))
            .add(" ")
            .add(Bar.of(used, bar, glyphs))
            .add(" " + " ".repeat(Math.max(0, 5 - percent.length())))
            .add(percent, Figures.strain(used))
            .add("  " + lead(of(rule), value));
    if (left > 0) {
      line.add("  " + lead(left(rule), left), Style.DIM);
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
    return rule.value() + " of " + rule.limit();
  }

  private static String left(RuleView rule) {
    String left = Figures.left(rule.value(), rule.limit());
    BigDecimal number = Figures.number(left);
    if (left == null || number == null) {
      return "";
    }
    return number.signum() < 0 ? number.negate().toPlainString() + " past" : left + " left";
  }

  private static int width(
      List<RuleView> rules, java.util.function.Function<RuleView, String> text) {
    return rules.stream().map(text).mapToInt(Width::of).max().orElse(0);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - Width.of(text)));
  }

  private static String lead(String text, int columns) {
    return " ".repeat(Math.max(0, columns - Width.of(text))) + text;
  }
}
