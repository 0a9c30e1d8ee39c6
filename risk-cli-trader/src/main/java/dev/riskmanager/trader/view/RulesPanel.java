package dev.riskmanager.trader.view;

import dev.riskmanager.wire.RuleMode;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.util.List;

/**
 * The rules, all of them.
 *
 * <pre>
 *   rule      name                 state     value    limit   used  left    remark
 *   RULE-003  daily_realized_loss  BREACHED  -170.50  -5.00  3410%  165.50 past
 * </pre>
 */
public final class RulesPanel {
  private RulesPanel() {}

  /**
   * Draws them.
   *
   * @param rules the rules of an account
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table
   */
  public static List<Line> lines(List<RuleView> rules, int columns, Glyphs glyphs) {
    if (rules.isEmpty()) {
      return List.of(Line.of("the engine has not reported any rule yet", Style.DIM));
    }
    Table table =
        new Table(glyphs)
            .left("rule", 4)
            .left("name", 0)
            .left("state", 0)
            .right("value", 0)
            .right("limit", 0)
            .right("used", 1)
            .right("left", 2)
            .elastic("remark", 3);
    for (RuleView rule : rules) {
      BigDecimal used = rule.used();
      String detail = rule.detail();
      table.row(
          new Span(rule.ruleId(), Style.DIM),
          new Span(rule.rule(), rule.state() == RuleState.DISABLED ? Style.DIM : Style.NORMAL),
          new Span(rule.state().name(), style(rule.state())),
          Figures.plain(rule.value()),
          Figures.plain(rule.limit()),
          used == null
              ? new Span(Figures.UNKNOWN, Style.DIM)
              : new Span(Figures.percent(used), Figures.strain(used)),
          left(rule),
          new Span(remark(rule, detail == null ? "" : detail), Style.DIM));
    }
    return table.lines(columns);
  }

  /** A figure, and a word where nothing is left. */
  private static Span left(RuleView rule) {
    String left = Figures.leftOrPast(rule.value(), rule.limit());
    return left.endsWith(" past")
        ? new Span(left, Style.BAD)
        : Figures.plain(left.isEmpty() ? null : left.substring(0, left.indexOf(' ')));
  }

  private static String remark(RuleView rule, String detail) {
    boolean shadow = rule.mode() == RuleMode.SHADOW && rule.state() != RuleState.SHADOW;
    return shadow ? ("shadow " + detail).strip() : detail;
  }

  /**
   * How a state is to be seen.
   *
   * @param state the state
   * @return its style
   */
  public static Style style(RuleState state) {
    return switch (state) {
      case OK -> Style.GOOD;
      case NEAR, DEGRADED, BLOCKED, UNKNOWN -> Style.WARN;
      case BREACHED, FAILED -> Style.BAD;
      case SHADOW -> Style.STRONG;
      case DISABLED -> Style.DIM;
    };
  }
}
