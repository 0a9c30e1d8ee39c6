package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture as plain text, without frames and of any length: what {@code status --once} prints.
 *
 * <pre>
 * LOCKED OUT  Main Trading Account (13298777)  RULE-003 daily_realized_loss  04:38:40
 *   Daily loss limit exceeded: $-170.50 (limit: $-5.00)
 *
 * P&amp;L 2025-10-31
 *   realized   -170.50
 * </pre>
 */
public final class Snapshot {
  private Snapshot() {}

  /**
   * Draws it.
   *
   * @param link the way to the engine
   * @param status the picture
   * @param now the time
   * @param columns the width
   * @param glyphs what to draw with
   * @return the lines
   */
  public static List<Line> lines(
      Link link, StatusView status, Instant now, int columns, Glyphs glyphs) {
    List<Line> lines = new ArrayList<>();
    Times times = Times.of(status.clock());
    if (status.accounts().isEmpty()) {
      verdict(lines, Verdict.of(link, status, null, times), null, now);
    }
    for (AccountView account : status.accounts()) {
      if (!lines.isEmpty()) {
        lines.add(Line.EMPTY);
      }
      verdict(lines, Verdict.of(link, status, account, times), account, now);
      account(lines, account, now, times, columns, glyphs);
    }
    section(
        lines,
        "Last actions",
        status.lastActions().isEmpty()
            ? List.of(Line.of("nothing yet", Style.DIM))
            : LogPanel.lines(
                status.lastActions(),
                now,
                times,
                columns - 2,
                glyphs,
                status.accounts().size() > 1));
    lines.add(Line.EMPTY);
    lines.add(health(status, link, now, glyphs));
    for (String problem : status.engine().problems()) {
      lines.add(Line.of("  problem: " + times.in(problem, now), Style.WARN));
    }
    return lines;
  }

  private static void verdict(
      List<Line> lines, Verdict verdict, @Nullable AccountView account, Instant now) {
    Line.Builder line = Line.build().add(" " + verdict.word() + " ", verdict.kind().style());
    if (account != null) {
      line.add("  " + account.name(), Style.STRONG).add(" (" + account.accountId() + ")");
      if (account.simulated() != null) {
        line.add(account.simulated() ? " PRACTICE" : " LIVE", Style.DIM);
      }
    }
    if (!verdict.what().isEmpty()) {
      line.add("  " + verdict.what());
    }
    if (verdict.ends() != null) {
      line.add("  " + Times.countdown(verdict.ends(), now), Style.STRONG);
    }
    lines.add(line.line());
    for (String detail : verdict.details()) {
      if (!detail.isEmpty()) {
        lines.add(Line.of("  " + detail));
      }
    }
  }

  private static void account(
      List<Line> lines, AccountView account, Instant now, Times times, int columns, Glyphs glyphs) {
    section(
        lines,
        PnlPanel.title(account.pnl()) + ", " + account.pnl().tradingDay(),
        PnlPanel.lines(account.pnl()));
    List<RuleView> rules = account.rules();
    section(
        lines,
        "Limits",
        LimitsPanel.lines(
            rules, columns - 2, Integer.MAX_VALUE, glyphs, rule -> Measure.of(rule, times, now)));
    section(lines, "Positions", PositionsPanel.lines(account, now, columns - 2, glyphs));
    section(lines, "Working orders", OrdersPanel.lines(account, columns - 2, glyphs));
  }

  private static void section(List<Line> lines, String title, List<Line> content) {
    lines.add(Line.EMPTY);
    lines.add(Line.of(title, Style.TITLE));
    for (Line line : content) {
      lines.add(Line.of("  ").then(line));
    }
  }

  private static Line health(StatusView status, Link link, Instant now, Glyphs glyphs) {
    String dot = " " + glyphs.dot() + " ";
    Line.Builder line =
        Line.build()
            .add("engine ", Style.DIM)
            .add(status.engine().state().words(), Header.style(status.engine().state()))
            .add(dot + "gateway ", Style.DIM)
            .add(status.gateway().state().name(), Header.style(status.gateway().state()))
            .add(dot + "data ", Style.DIM)
            .add(Header.age(status.gateway(), link));
    ClockView clock = status.clock();
    if (clock != null) {
      line.add(dot + "reset in ", Style.DIM).add(Times.countdown(clock.nextReset(), now));
    }
    return line.line();
  }
}
