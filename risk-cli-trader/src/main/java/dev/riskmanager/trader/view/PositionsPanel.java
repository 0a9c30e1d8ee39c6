package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.PositionSide;
import dev.riskmanager.wire.PositionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Open positions.
 *
 * <pre>
 *   symbol  side   size     entry      mark  open $  stop     age
 *   MNQ     LONG      1  21000.25  20994.00  -12.50  covered  1m 18s
 * </pre>
 */
public final class PositionsPanel {
  private PositionsPanel() {}

  /**
   * Draws those of an account.
   *
   * @param account the account
   * @param now the time, for their age
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, or one line saying that there is none, or that nobody has looked
   */
  public static List<Line> lines(AccountView account, Instant now, int columns, Glyphs glyphs) {
    return account.positions().isEmpty() && Boolean.FALSE.equals(account.booksRead())
        ? List.of(Line.of("not known: the engine has not read the venue yet", Style.WARN))
        : lines(account.positions(), now, columns, glyphs);
  }

  /**
   * Draws them.
   *
   * @param positions the positions
   * @param now the time, for their age
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, or one line saying that there is none
   */
  public static List<Line> lines(
      List<PositionView> positions, Instant now, int columns, Glyphs glyphs) {
    if (positions.isEmpty()) {
      return List.of(Line.of("no open position", Style.DIM));
    }
    Table table =
        new Table(glyphs)
            .left("symbol", 0)
            .left("side", 0)
            .right("size", 0)
            .right("entry", 2)
            .right("mark", 3)
            .right("open $", 0)
            .left("stop", 1)
            .left("age", 4)
            .left("contract", 5);
    for (PositionView position : positions) {
      table.row(
          new Span(position.symbol(), Style.STRONG),
          new Span(
              position.side().name(),
              position.side() == PositionSide.SHORT ? Style.BAD : Style.GOOD),
          new Span(Integer.toString(position.size()), Style.NORMAL),
          new Span(Figures.average(position.averagePrice(), position.mark()), Style.NORMAL),
          position.mark() == null ? new Span("stale", Style.WARN) : Figures.plain(position.mark()),
          Figures.gain(position.open()),
          position.stopCovered() ? new Span("covered", Style.GOOD) : new Span("NO STOP", Style.BAD),
          new Span(Times.age(Duration.between(position.openedAt(), now)), Style.NORMAL),
          new Span(position.contractId(), Style.DIM));
    }
    return table.lines(columns);
  }
}
