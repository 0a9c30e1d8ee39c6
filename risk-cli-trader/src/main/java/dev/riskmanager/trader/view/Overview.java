package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.List;

/**
 * The first page: everything at a glance.
 *
 * <pre>
 *   under 130 columns                     from 130 columns
 *   ┌ P&amp;L ──────┐┌ Limits ──────────┐     ┌ P&amp;L ─────────┐┌ Positions ────────┐
 *   │           ││                  │     │              ││                   │
 *   └───────────┘└──────────────────┘     └──────────────┘└───────────────────┘
 *   ┌ Positions and orders ─────────┐     ┌ Limits ──────┐┌ Orders ───────────┐
 *   └───────────────────────────────┘     └──────────────┘└───────────────────┘
 *   ┌ Last actions ─────────────────┐     ┌ Last actions ────────────────────┐
 *   └───────────────────────────────┘     └──────────────────────────────────┘
 * </pre>
 */
final class Overview {
  private static final int WIDE_FROM = 130;
  private static final int PNL_COLUMNS = 24;
  private static final int ROOMY_FROM = 110;
  private static final int ROOMY_PNL_COLUMNS = 36;

  private final Model model;
  private final StatusView status;
  private final AccountView account;
  private final int columns;
  private final int rows;
  private final Glyphs glyphs;

  private Overview(Model model, StatusView status, AccountView account, int rows) {
    this.model = model;
    this.status = status;
    this.account = account;
    this.columns = model.columns();
    this.rows = rows;
    this.glyphs = model.glyphs();
  }

  /** Exactly so many rows. */
  static List<Line> lines(Model model, StatusView status, AccountView account, int rows) {
    Overview overview = new Overview(model, status, account, rows);
    return model.columns() < WIDE_FROM ? overview.narrow() : overview.wide();
  }

  private List<Line> narrow() {
    int pnl = columns < ROOMY_FROM ? PNL_COLUMNS : ROOMY_PNL_COLUMNS;
    int limits = LimitsPanel.measured(account.rules()).size();
    // 4 figures and a curve; the rest of the height is shared by need.
    int top = Math.max(7, Math.min(limits + 2, rows - 9));
    int wanted = positionsAndOrders(columns).size() + 2;
    int middle = Math.max(Math.min(5, wanted), Math.min(wanted, rows - top - 4));
    List<Line> lines = new ArrayList<>();
    lines.addAll(Box.beside(pnl(pnl, top), limits(columns - pnl, top)));
    lines.addAll(
        Box.of(
            "Positions and orders",
            fitted(positionsAndOrders(columns), middle - 2),
            columns,
            middle,
            glyphs));
    lines.addAll(actions(rows - top - middle));
    return lines;
  }

  private List<Line> wide() {
    int left = columns / 2;
    int right = columns - left;
    int limits = LimitsPanel.measured(account.rules()).size();
    int limitRows = Math.max(3, Math.min(limits + 2, rows - 8 - 5));
    // Four figures and a curve of up to six lines; what is left over shows more actions.
    int pnlRows = Math.max(6, Math.min(12, (rows - limitRows) / 2));
    int upper = limitRows + pnlRows;
    int actionRows = rows - upper;
    List<Line> leftSide = new ArrayList<>(pnl(left, pnlRows));
    leftSide.addAll(limits(left, limitRows));
    int orderRows = Math.max(4, Math.min(account.orders().size() + 3, upper / 2));
    List<Line> rightSide = new ArrayList<>();
    rightSide.addAll(
        Box.of(
            "Positions",
            fitted(positions(right), upper - orderRows - 2),
            right,
            upper - orderRows,
            glyphs));
    rightSide.addAll(
        Box.of("Working orders", fitted(orders(right), orderRows - 2), right, orderRows, glyphs));
    List<Line> lines = new ArrayList<>(Box.beside(leftSide, rightSide));
    lines.addAll(actions(actionRows));
    return lines;
  }

  private List<Line> pnl(int width, int height) {
    List<Line> content = new ArrayList<>(PnlPanel.lines(account.pnl()));
    int curveRows = Math.min(6, height - 2 - PnlPanel.ROWS);
    if (curveRows > 0) {
      content.addAll(
          Curve.withScale(
              model.details().curve(), model.now(), Box.inside(width), curveRows, glyphs));
    }
    return Box.of(PnlPanel.title(account.pnl()), content, width, height, glyphs);
  }

  private List<Line> limits(int width, int height) {
    List<Line> content =
        LimitsPanel.lines(
            account.rules(),
            Box.inside(width),
            height - 2,
            glyphs,
            rule -> Measure.of(rule, model.times(), model.now()));
    String title = LimitsPanel.title(account.rules(), height - 2);
    return Box.of(title, content, width, height, glyphs);
  }

  private List<Line> positions(int width) {
    return PositionsPanel.lines(account, model.now(), Box.inside(width), glyphs);
  }

  private List<Line> orders(int width) {
    return OrdersPanel.lines(account, Box.inside(width), glyphs);
  }

  private List<Line> positionsAndOrders(int width) {
    List<Line> both = new ArrayList<>(positions(width));
    both.addAll(orders(width));
    return both;
  }

  private List<Line> fitted(List<Line> content, int height) {
    if (content.size() <= height) {
      return content;
    }
    List<Line> shown = new ArrayList<>(content.subList(0, Math.max(0, height - 1)));
    int hidden = content.size() - shown.size();
    shown.add(Line.of("and " + hidden + " more lines: press 2", Style.DIM));
    return shown;
  }

  /** Of several accounts, the newest of the picture may all be another one's. */
  private List<LogEntry> newest() {
    LogView log = model.details().log();
    return model.accounts() < 2 || log == null
        ? status.lastActions()
        : log.entries().stream().filter(e -> e.kind() != LogKind.PRECHECK_BLOCKED).toList();
  }

  private List<Line> actions(int height) {
    List<Line> content =
        LogPanel.lines(
            LogPanel.select(newest(), account.accountId(), ""),
            model.now(),
            model.times(),
            Box.inside(columns),
            glyphs,
            false);
    int room = Math.max(0, height - 2);
    List<Line> newest =
        content.isEmpty()
            ? List.of(Line.of("nothing yet", Style.DIM))
            : content.subList(Math.max(0, content.size() - room), content.size());
    return Box.of("Last actions", newest, columns, height, glyphs);
  }
}
