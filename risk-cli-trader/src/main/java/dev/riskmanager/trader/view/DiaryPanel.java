package dev.riskmanager.trader.view;

import dev.riskmanager.trader.diary.Shift;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The trader's shifts.
 *
 * <pre>
 *   from                 until                duration  trades  realized  note
 *   2025-10-31 08:30:00  2025-10-31 11:00:00   2h 30m       7   +120.50
 * </pre>
 */
public final class DiaryPanel {
  private DiaryPanel() {}

  /**
   * Draws them.
   *
   * @param shifts the shifts, oldest first
   * @param now the time
   * @param times the zone
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, or how to begin one
   */
  public static List<Line> lines(
      List<Shift> shifts, Instant now, Times times, int columns, Glyphs glyphs) {
    if (shifts.isEmpty()) {
      return List.of(Line.of("nothing yet; begin with: risk-trader clock-in", Style.DIM));
    }
    Table table =
        new Table(glyphs)
            .left("from (" + times.place() + ")", 0)
            .left("until", 0)
            .right("duration", 0)
            .right("trades", 0)
            .right("realized", 0)
            .elastic("note");
    for (Shift shift : shifts) {
      Instant until = shift.until();
      Integer trades = shift.trades();
      BigDecimal realized = shift.realized();
      table.row(
          new Span(times.full(shift.from()), Style.NORMAL),
          until == null
              ? new Span("at work", Style.GOOD)
              : new Span(times.stamp(until, shift.from()), Style.NORMAL),
          new Span(Times.age(shift.length(now)), Style.STRONG),
          Figures.plain(trades == null ? null : trades.toString()),
          Figures.gain(realized == null ? null : realized.toPlainString()),
          new Span(shift.note(), Style.DIM));
    }
    return table.lines(columns);
  }
}
