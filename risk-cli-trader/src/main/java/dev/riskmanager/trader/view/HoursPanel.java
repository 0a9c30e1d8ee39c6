package dev.riskmanager.trader.view;

import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.HoursView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When trading is allowed.
 *
 * <pre>
 *   Trading day
 *     label      2025-10-31
 *     reset in   04:38:40, at 17:00 America/Chicago
 *   Sessions
 *     for      hours        zone              now   changes in
 *     account  09:30-16:00  America/New_York  open    02:38:40
 *   Next seven days
 *     Thu 27 Nov  holiday
 * </pre>
 */
public final class HoursPanel {
  private HoursPanel() {}

  /**
   * Draws it.
   *
   * @param hours the hours
   * @param account whose; null for those of the first account
   * @param now the time
   * @param columns the width
   * @param glyphs what to draw with
   * @return the lines
   */
  public static List<Line> lines(
      HoursView hours, @Nullable Long account, Instant now, int columns, Glyphs glyphs) {
    Fields fields = new Fields(12, columns);
    fields.title("Trading day");
    ClockView clock = clock(hours, account);
    if (clock == null) {
      fields.text("not known yet", Style.DIM);
    } else {
      fields.add("day", clock.tradingDay().toString());
      fields.add(
          "reset in",
          Times.countdown(clock.nextReset(), now)
              + ", at "
              + clock.resetTime()
              + " "
              + clock.timezone());
    }
    fields.title("Sessions");
    fields.block(table(sessions(hours, account), now, columns - 2, glyphs));
    fields.title("Next seven days");
    if (hours.holidays().isEmpty()) {
      fields.text("no holiday and no early close", Style.DIM);
    }
    Times times = Times.of(clock);
    for (HoursView.HolidayView day : hours.holidays()) {
      Instant closes = day.closesAt();
      fields.add(
          Times.day(day.date()),
          closes == null
              ? "holiday, closed"
              : "closes early at " + times.minute(closes) + " " + times.place(),
          Style.WARN);
    }
    if (!hours.warnings().isEmpty()) {
      fields.title("Warnings");
      hours.warnings().forEach(warning -> fields.text(warning, Style.WARN));
    }
    return fields.lines();
  }

  /** The trading day of an account, that of the first when it has none of its own. */
  private static @Nullable ClockView clock(HoursView hours, @Nullable Long account) {
    HoursView.AccountHours own = own(hours, account);
    return own == null ? hours.clock() : own.clock();
  }

  /**
   * The sessions of an account.
   *
   * @param hours the hours of all
   * @param account whose; null for those of the first account
   * @return its own, those of the first account when the engine tells of no others
   */
  public static List<HoursView.SessionView> sessions(HoursView hours, @Nullable Long account) {
    HoursView.AccountHours own = own(hours, account);
    return own == null ? hours.sessions() : own.sessions();
  }

  private static HoursView.@Nullable AccountHours own(HoursView hours, @Nullable Long account) {
    for (HoursView.AccountHours each : hours.accounts()) {
      if (account != null && each.accountId() == account) {
        return each;
      }
    }
    return null;
  }

  private static List<Line> table(
      List<HoursView.SessionView> sessions, Instant now, int columns, Glyphs glyphs) {
    if (sessions.isEmpty()) {
      return List.of(Line.of("no session is configured: any hour is allowed", Style.DIM));
    }
    Table table =
        new Table(glyphs)
            .left("for", 0)
            .left("hours", 0)
            .left("zone", 1)
            .left("now", 0)
            .right("changes in", 0);
    for (HoursView.SessionView session : sessions) {
      Instant changes = session.changesAt();
      table.row(
          new Span(session.symbol() == null ? "all symbols" : session.symbol(), Style.STRONG),
          new Span(session.start() + "-" + session.end(), Style.NORMAL),
          new Span(session.timezone(), Style.DIM),
          session.open() ? new Span("open", Style.GOOD) : new Span("closed", Style.WARN),
          changes == null
              ? new Span(Figures.UNKNOWN, Style.DIM)
              : new Span(Times.countdown(changes, now), Style.STRONG));
    }
    return table.lines(columns);
  }
}
