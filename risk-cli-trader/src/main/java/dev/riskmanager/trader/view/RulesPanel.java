package dev.riskmanager.trader.view;

import dev.riskmanager.wire.RuleMode;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules, all of them.
 *
 * <pre>
 *   rule      name                   state        value      limit   used          left  remark
 *   RULE-001  max_contracts          OK               2  5 contracts    40%             3
 *   RULE-003  daily_realized_loss    BREACHED  $-170.50       $-5.00  >999%  $165.50 past
 *   RULE-009  session_block_outside  OK            open            -     0%             -  until 15:00
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
   * @param times the zone of the texts
   * @param now the time
   * @return a table
   */
  public static List<Line> lines(
      List<RuleView> rules, int columns, Glyphs glyphs, Times times, Instant now) {
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
            .right("used", 2)
            .right("left", 1)
            .elastic("remark", 3);
    for (RuleView rule : rules) {
      BigDecimal used = rule.used();
      String detail = rule.detail() == null ? "" : times.in(rule.detail(), now);
      Measure measure = Measure.of(rule, times, now);
      table.row(
          new Span(rule.ruleId(), Style.DIM),
          new Span(rule.rule(), rule.state() == RuleState.DISABLED ? Style.DIM : Style.NORMAL),
          new Span(rule.state().name(), style(rule.state())),
          word(measure.value()),
          word(measure.limit()),
          used == null
              ? new Span(Figures.UNKNOWN, Style.DIM)
              : new Span(Figures.percent(used), Figures.strain(used)),
          left(measure.briefLeft()),
          new Span(remark(rule, detail, measure.note()), Style.DIM));
    }
    return table.lines(columns);
  }

  private static Span word(String text) {
    return new Span(text, text.equals(Figures.UNKNOWN) ? Style.DIM : Style.NORMAL);
  }

  /** A figure, and a word where nothing is left. */
  private static Span left(String left) {
    int word = left.lastIndexOf(" left");
    if (left.endsWith(" breaches")) {
      // The next one is too many: none is left.
      return new Span("0", Style.WARN);
    }
    return left.endsWith(" past")
        ? new Span(left, Style.BAD)
        : Figures.plain(word < 0 ? null : left.substring(0, word));
  }

  /** What is wrong comes before what is allowed. */
  private static String remark(RuleView rule, String detail, String note) {
    boolean shadow = rule.mode() == RuleMode.SHADOW && rule.state() != RuleState.SHADOW;
    return Stream.of(shadow ? "shadow" : "", detail, note)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
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
