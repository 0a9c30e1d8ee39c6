package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the screen below the tabs: what the chosen page shows, in a frame, scrolled to where
 * the user is.
 *
 * <pre>
 *  ┌ Log  988-1001 of 1001 ─────────────────────────────────────────────────────┐
 *  │ 12:21:19  LOCKOUT_SET       RULE-003  Account 13298777 locked until …      │
 *  └────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
final class Pages {
  private Pages() {}

  /**
   * A page.
   *
   * @param lines as many as there was room for
   * @param maxScroll how far it can be scrolled
   */
  record Page(List<Line> lines, int maxScroll) {}

  /** Exactly so many rows. */
  static Page of(Model model, int rows) {
    Ui ui = model.ui();
    StatusView status = model.status();
    AccountView account = model.account();
    int inside = Box.inside(model.columns());
    if (ui.overlay() == Ui.Overlay.HELP) {
      return boxed("Keys", HelpPanel.lines(), model, rows, false);
    }
    if (ui.overlay() == Ui.Overlay.ACCOUNTS && status != null) {
      return accounts(model, status, rows);
    }
    Details details = model.details();
    return switch (ui.tab()) {
      case OVERVIEW ->
          status == null || account == null
              ? boxed("Overview", waiting(model), model, rows, false)
              : new Page(Overview.lines(model, status, account, rows), 0);
      case POSITIONS -> boxed("Positions and orders", positions(model, inside), model, rows, false);
      case RULES ->
          boxed(
              "Rules",
              account == null
                  ? waiting(model)
                  : RulesPanel.lines(
                      account.rules(), inside, model.glyphs(), model.times(), model.now()),
              model,
              rows,
              false);
      case LOCKOUTS -> boxed("Lockouts", lockouts(model, inside), model, rows, false);
      case LOG -> log(model, rows, inside);
      case WHY ->
          boxed(
              why(model),
              details.receipt() == null
                  ? problem(model)
                  : WhyPanel.lines(details.receipt(), model.times(), inside),
              model,
              rows,
              false);
      case CONNECTIONS ->
          boxed(
              "Connections",
              ConnectionsPanel.lines(status, model.link(), model.now(), inside),
              model,
              rows,
              false);
      case HOURS ->
          boxed(
              "Hours",
              details.hours() == null
                  ? problem(model)
                  : HoursPanel.lines(
                      details.hours(),
                      account == null ? null : account.accountId(),
                      model.now(),
                      inside,
                      model.glyphs()),
              model,
              rows,
              false);
      case DIARY ->
          boxed(
              "Diary",
              details.diary() == null
                  ? problem(model)
                  : DiaryPanel.lines(
                      details.diary(), model.now(), model.times(), inside, model.glyphs()),
              model,
              rows,
              true);
    };
  }

  /** Which one it is, when there are several. */
  private static String why(Model model) {
    List<ReceiptsView.ReceiptLine> receipts = model.details().receipts();
    String id = model.receipt();
    int place = receipts.size();
    for (int i = 0; i < receipts.size(); i++) {
      if (receipts.get(i).id().equals(id)) {
        place = i + 1;
      }
    }
    return receipts.size() < 2 ? "Why" : "Why, receipt " + place + " of " + receipts.size();
  }

  /** Scrolls by itself to the one that is chosen. */
  private static Page accounts(Model model, StatusView status, int rows) {
    List<Line> all =
        AccountsPanel.lines(
            model.link(),
            status,
            model.accountIndex(),
            model.now(),
            Box.inside(model.columns()),
            model.glyphs());
    int room = rows - 3;
    int below = Math.max(0, model.accountIndex() + 1 - room);
    List<Line> shown = new ArrayList<>(all.subList(0, 1));
    shown.addAll(all.subList(1 + below, Math.min(all.size(), 1 + below + room)));
    String title = "Accounts, " + (model.accountIndex() + 1) + " of " + status.accounts().size();
    return new Page(Box.of(title, shown, model.columns(), rows, model.glyphs()), 0);
  }

  private static List<Line> waiting(Model model) {
    return List.of(
        Line.of(
            model.status() == null ? "waiting for the engine" : "the engine watches no account",
            Style.DIM));
  }

  private static List<Line> problem(Model model) {
    @Nullable String problem = model.details().problems().get(model.ui().tab());
    if (problem != null) {
      return List.of(Line.of(problem, Style.WARN));
    }
    return List.of(
        model.link().state() == Link.State.GONE
            ? Line.of("not known: there is no engine to ask", Style.WARN)
            : Line.of("asking the engine", Style.DIM));
  }

  private static List<Line> positions(Model model, int inside) {
    AccountView account = model.account();
    if (account == null) {
      return waiting(model);
    }
    List<Line> lines =
        new ArrayList<>(PositionsPanel.lines(account, model.now(), inside, model.glyphs()));
    lines.add(Line.EMPTY);
    lines.addAll(OrdersPanel.lines(account, inside, model.glyphs()));
    return lines;
  }

  private static List<Line> lockouts(Model model, int inside) {
    AccountView account = model.account();
    boolean gone = model.link().state() == Link.State.GONE;
    LockoutsView told = model.details().lockouts();
    if (account == null || (told == null && !gone)) {
      return problem(model);
    }
    List<LockoutRecord> records = told == null ? List.of() : told.lockouts();
    // Without an engine to ask, the last picture knows what is in force.
    List<LockoutRecord> active =
        gone
            ? LockoutsPanel.ofPicture(account, records)
            : LockoutsPanel.select(records, account.accountId(), true);
    Times times = model.times();
    List<Line> lines = new ArrayList<>(LockoutsPanel.active(active, model.now(), times, inside));
    lines.add(Line.EMPTY);
    lines.add(Line.of("History", Style.TITLE));
    lines.addAll(
        told == null
            ? problem(model)
            : LockoutsPanel.past(
                LockoutsPanel.select(records, account.accountId(), false),
                times,
                inside,
                model.glyphs()));
    return lines;
  }

  private static Page log(Model model, int rows, int inside) {
    LogView log = model.details().log();
    if (log == null) {
      return boxed("Log", problem(model), model, rows, false);
    }
    AccountView account = model.account();
    String filter = model.ui().filter();
    List<LogEntry> all =
        LogPanel.select(log.entries(), account == null ? null : account.accountId(), filter);
    // One for each event of a lockout: whoever wants them asks for them.
    List<LogEntry> entries =
        filter.isEmpty()
            ? all.stream().filter(e -> e.kind() != LogKind.PRECHECK_BLOCKED).toList()
            : all;
    int hidden = all.size() - entries.size();
    List<Line> lines =
        entries.isEmpty()
            ? List.of(
                Line.of(filter.isEmpty() ? "nothing yet" : "no line contains that", Style.DIM))
            : LogPanel.whole(entries, model.now(), model.times(), inside);
    String title =
        hidden == 0
            ? "Log"
            : "Log without "
                + hidden
                + (hidden == 1 ? " pre-check line" : " pre-check lines")
                + ": /precheck shows them";
    return boxed(title, lines, model, rows, true);
  }

  /** A page that scrolls, from its beginning or back from its end. */
  private static Page boxed(
      String title, List<Line> content, Model model, int rows, boolean fromEnd) {
    int room = rows - 2;
    int max = Math.max(0, content.size() - room);
    int scroll = Math.min(model.ui().scroll(), max);
    int first = fromEnd ? max - scroll : scroll;
    List<Line> shown = content.subList(first, Math.min(content.size(), first + room));
    String place =
        max == 0 ? "" : "  " + (first + 1) + "-" + (first + shown.size()) + " of " + content.size();
    return new Page(Box.of(title + place, shown, model.columns(), rows, model.glyphs()), max);
  }
}
