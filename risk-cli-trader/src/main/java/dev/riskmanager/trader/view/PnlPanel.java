package dev.riskmanager.trader.view;

import dev.riskmanager.wire.BalanceView;
import dev.riskmanager.wire.PnlView;
import dev.riskmanager.wire.SymbolPnlView;
import java.util.ArrayList;
import java.util.List;

/**
 * The day's money.
 *
 * <pre>
 *   realized   -170.50
 *   open        -12.50
 *   fees          2.22
 *   total      -183.00
 *   ▇▇▆▅▅▆▃▂▁
 * </pre>
 */
public final class PnlPanel {
  /** Lines without the curve. */
  public static final int ROWS = 4;

  private PnlPanel() {}

  /**
   * The figures.
   *
   * @param pnl the day
   * @return {@link #ROWS} lines
   */
  public static List<Line> lines(PnlView pnl) {
    Span fees = Figures.plain(pnl.fees());
    List<Span> figures =
        List.of(
            Figures.gain(pnl.realized()),
            Figures.gain(pnl.open()),
            fees,
            Figures.gain(pnl.total()));
    List<String> names = List.of("realized", "open", "fees", "total");
    int width = figures.stream().mapToInt(Span::width).max().orElse(0);
    List<Line> lines = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      Span figure = figures.get(i);
      Line.Builder line =
          Line.build()
              .add(names.get(i) + " ".repeat(10 - names.get(i).length()), Style.DIM)
              .add(" ".repeat(Math.max(0, width - figure.width())))
              .add(figure.text(), figure.style());
      lines.add(line.line());
    }
    return lines;
  }

  /**
   * What it is called.
   *
   * @param pnl the day
   * @return such as {@code P&L $, 12 trades}
   */
  public static String title(PnlView pnl) {
    return "P&L $, " + pnl.trades() + (pnl.trades() == 1 ? " trade" : " trades");
  }

  /**
   * The venue's balance against the day's trades.
   *
   * @param pnl the day
   * @return one line, none before both are known
   */
  public static List<Line> balance(PnlView pnl) {
    BalanceView check = pnl.balanceCheck();
    if (check == null) {
      return List.of();
    }
    Line.Builder line =
        Line.build().add("balance   ", Style.DIM).add(check.balance(), Style.NORMAL);
    switch (check.state()) {
      case AGREES -> line.add(" as the trades make it", Style.DIM);
      case CHECKING, UNKNOWN ->
          line.add(" the trades make it " + check.expected() + ", being checked", Style.DIM);
      case MISMATCH ->
          line.add(
              " MISMATCH: the trades make it "
                  + check.expected()
                  + " (difference "
                  + check.difference()
                  + ")",
              Style.BAD);
    }
    return List.of(line.line());
  }

  /**
   * The figures of each symbol.
   *
   * @param pnl the day
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, empty when nothing was traded or is held
   */
  public static List<Line> bySymbol(PnlView pnl, int columns, Glyphs glyphs) {
    Table table =
        new Table(glyphs)
            .left("symbol", 0)
            .right("realized $", 0)
            .right("open $", 0)
            .right("fees $", 1)
            .right("trades", 2);
    for (SymbolPnlView symbol : pnl.bySymbol()) {
      table.row(
          new Span(symbol.symbol(), Style.STRONG),
          Figures.gain(symbol.realized()),
          Figures.gain(symbol.open()),
          Figures.plain(symbol.fees()),
          new Span(Integer.toString(symbol.trades()), Style.NORMAL));
    }
    return table.isEmpty() ? List.of() : table.lines(columns);
  }
}
