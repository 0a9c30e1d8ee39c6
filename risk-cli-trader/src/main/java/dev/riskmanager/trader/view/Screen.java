package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole screen.
 *
 * <pre>
 *  RISK MANAGER  Main Trading Account (13298777)  PRACTICE     12:21:19 Chicago    header
 *  engine PROTECTING · gateway CONNECTED · data 0.1 s
 *  day 2025-10-31 · reset in 04:38:40 · session open 02:38:40 · Thu 27 closed
 *  OK TO TRADE                                                                     state
 *  Nearest limit: daily_realized_loss at 62%, 190.00 left.
 *
 *  1 Overview  2 Positions  3 Rules  4 Lockouts  5 Log  …                          tabs
 *  ┌ …                                                                             page
 *  └ …
 *  q quit  ? help  …                                                               keys
 * </pre>
 */
public final class Screen {
  private static final int HEADER_ROWS = 3;
  private static final int TAB_ROWS = 1;
  private static final int FOOTER_ROWS = 1;

  private Screen() {}

  /**
   * Draws it.
   *
   * @param model everything it depends on
   * @return exactly the terminal's size
   */
  public static Frame draw(Model model) {
    if (model.columns() < Model.MIN_COLUMNS || model.rows() < Model.MIN_ROWS) {
      return tooSmall(model);
    }
    int body = model.rows() - HEADER_ROWS - StateBlock.ROWS - TAB_ROWS - FOOTER_ROWS;
    List<Line> lines = new ArrayList<>(model.rows());
    lines.addAll(Header.lines(model));
    Verdict verdict = Verdict.of(model.link(), model.status(), model.account(), model.times());
    lines.addAll(StateBlock.lines(verdict, model.now(), model.columns(), model.glyphs()));
    lines.add(tabs(model));
    Page page = page(model, body);
    lines.addAll(page.lines());
    lines.add(footer(model));
    List<Line> fitted = new ArrayList<>(lines.size());
    for (Line line : lines) {
      Line whole = line.width() == model.columns() ? line : line.fit(model.columns());
      fitted.add(model.glyphs() == Glyphs.ASCII ? whole.ascii() : whole);
    }
    return new Frame(fitted, Math.max(1, body - 3), page.maxScroll());
  }

  private record Page(List<Line> lines, int maxScroll) {}

  private static Frame tooSmall(Model model) {
    List<Line> lines = new ArrayList<>(model.rows());
    Verdict verdict = Verdict.of(model.link(), model.status(), model.account(), model.times());
    Style style = verdict.kind().style();
    lines.add(Line.of(" " + verdict.word() + " ", style).fit(model.columns(), style));
    String need =
        "This terminal has "
            + model.columns()
            + "x"
            + model.rows()
            + "; the screen needs "
            + Model.MIN_COLUMNS
            + "x"
            + Model.MIN_ROWS
            + ". Make it larger, or press q.";
    for (String part : Box.wrap(need, Math.max(1, model.columns()))) {
      lines.add(Line.of(part));
    }
    List<Line> fitted = new ArrayList<>(model.rows());
    for (int i = 0; i < model.rows(); i++) {
      fitted.add((i < lines.size() ? lines.get(i) : Line.EMPTY).fit(model.columns()));
    }
    return new Frame(fitted, 1, 0);
  }

  private static Line tabs(Model model) {
    boolean roomy = model.columns() >= 100;
    Line.Builder line = Line.build();
    for (Tab tab : Tab.values()) {
      String title = roomy ? tab.title() : tab.shortTitle();
      boolean shown = tab == model.ui().tab();
      line.add(shown ? " " + tab.key() + " " : " " + tab.key(), shown ? Style.SELECTED : Style.KEY)
          .add(shown ? title + " " : " " + title, shown ? Style.SELECTED : Style.DIM);
    }
    return line.line();
  }

  private static Line footer(Model model) {
    Ui ui = model.ui();
    if (ui.editing()) {
      return Line.build()
          .add(" filter: ", Style.KEY)
          .add(ui.filter() + "_", Style.STRONG)
          .add("   Enter keeps it, Esc ends it", Style.DIM)
          .line();
    }
    Line.Builder line = Line.build().add(" ");
    String arrows = model.glyphs().arrows();
    hint(line, "q", "quit");
    hint(line, "?", "help");
    hint(line, arrows.substring(0, 2), "pages");
    hint(line, arrows.substring(2), "scroll");
    StatusView status = model.status();
    if (status != null && status.accounts().size() > 1) {
      hint(line, "a", "account");
    }
    hint(line, "/", "filter log");
    if (ui.tab() == Tab.WHY) {
      hint(line, "p n", "other receipts");
    }
    if (!ui.filter().isEmpty()) {
      line.add("filter: " + ui.filter(), Style.WARN);
    }
    return line.line();
  }

  private static void hint(Line.Builder line, String key, String what) {
    line.add(key, Style.KEY).add(" " + what + "   ", Style.DIM);
  }

  private static Page page(Model model, int rows) {
    Ui ui = model.ui();
    if (ui.help()) {
      return boxed("Keys", HelpPanel.lines(), model, rows, false);
    }
    StatusView status = model.status();
    AccountView account = model.account();
    int inside = Box.inside(model.columns());
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
                  : RulesPanel.lines(account.rules(), inside, model.glyphs()),
              model,
              rows,
              false);
      case LOCKOUTS -> boxed("Lockouts", lockouts(model, inside), model, rows, false);
      case LOG -> log(model, rows, inside);
      case WHY ->
          boxed(
              "Why",
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
                  : HoursPanel.lines(details.hours(), model.now(), inside, model.glyphs()),
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
              false);
    };
  }

  private static List<Line> waiting(Model model) {
    return List.of(
        Line.of(
            model.status() == null ? "waiting for the engine" : "the engine watches no account",
            Style.DIM));
  }

  private static List<Line> problem(Model model) {
    @Nullable String problem = model.details().problems().get(model.ui().tab());
    return List.of(
        problem == null ? Line.of("asking the engine", Style.DIM) : Line.of(problem, Style.WARN));
  }

  private static List<Line> positions(Model model, int inside) {
    AccountView account = model.account();
    if (account == null) {
      return waiting(model);
    }
    List<Line> lines =
        new ArrayList<>(
            PositionsPanel.lines(account.positions(), model.now(), inside, model.glyphs()));
    lines.add(Line.EMPTY);
    lines.addAll(OrdersPanel.lines(account.orders(), inside, model.glyphs()));
    return lines;
  }

  private static List<Line> lockouts(Model model, int inside) {
    AccountView account = model.account();
    if (model.details().lockouts() == null || account == null) {
      return problem(model);
    }
    var records = model.details().lockouts().lockouts();
    Times times = model.times();
    List<Line> lines =
        new ArrayList<>(
            LockoutsPanel.active(
                LockoutsPanel.select(records, account.accountId(), true),
                model.now(),
                times,
                inside));
    lines.add(Line.EMPTY);
    lines.add(Line.of("History", Style.TITLE));
    lines.addAll(
        LockoutsPanel.past(
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
    List<LogEntry> entries =
        LogPanel.select(
            log.entries(), account == null ? null : account.accountId(), model.ui().filter());
    List<Line> lines =
        entries.isEmpty()
            ? List.of(
                Line.of(
                    model.ui().filter().isEmpty() ? "nothing yet" : "no line contains that",
                    Style.DIM))
            : LogPanel.lines(entries, model.now(), model.times(), inside, model.glyphs());
    return boxed("Log", lines, model, rows, true);
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
