package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    Pages.Page page = Pages.of(model, body);
    lines.addAll(page.lines());
    lines.add(footer(model));
    List<Line> fitted = new ArrayList<>(lines.size());
    for (Line line : lines) {
      Line whole = line.width() == model.columns() ? line : line.fit(model.columns());
      fitted.add(model.glyphs() == Glyphs.ASCII ? whole.ascii() : whole);
    }
    return new Frame(fitted, Math.max(1, body - 3), page.maxScroll());
  }

  /** What counts is said however little room there is: the word, the countdown, the reason. */
  private static Frame tooSmall(Model model) {
    int columns = model.columns();
    Verdict verdict = Verdict.of(model.link(), model.status(), model.account(), model.times());
    Style style = verdict.kind().style();
    List<Line> lines = new ArrayList<>(model.rows());
    Instant ends = verdict.ends();
    String countdown = ends == null ? "" : Times.countdown(ends, model.now());
    String word = " " + verdict.word() + " ";
    boolean beside = Width.of(word) + Width.of(countdown) + 1 <= columns;
    lines.add(
        beside && ends != null
            ? Line.of(
                word
                    + " ".repeat(columns - Width.of(word) - countdown.length() - 1)
                    + countdown
                    + " ",
                style)
            : Line.of(word, style).fit(columns, style));
    if (!beside) {
      lines.add(Line.of(" " + countdown, style).fit(columns, style));
    }
    List<String> said = new ArrayList<>();
    said.add(verdict.what());
    said.addAll(verdict.details());
    for (String sentence : said) {
      // What follows is worth more than the end of a long reason.
      for (String part : Box.wrap(sentence, Math.max(1, columns - 2))) {
        if (!part.isEmpty() && lines.size() < model.rows() - 4) {
          lines.add(Line.of(" " + part, style).fit(columns, style));
        }
      }
    }
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
    for (String part : Box.wrap(need, Math.max(1, columns))) {
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

  /** The keys one can press here, the most useful first: a hint that does not fit is left out. */
  private static Line footer(Model model) {
    Ui ui = model.ui();
    if (ui.editing()) {
      return Line.build()
          .add(" filter: ", Style.KEY)
          .add(ui.filter() + "_", Style.STRONG)
          .add("   Enter keeps it, Esc ends it", Style.DIM)
          .line();
    }
    Line line = Line.of(" ").then(alsoLocked(model));
    if (!ui.filter().isEmpty()) {
      line = line.then(Line.of("filter: " + ui.filter() + "   ", Style.WARN));
    }
    line = hint(line, model, "q", "quit");
    line = hint(line, model, "?", "help");
    if (ui.tab() == Tab.WHY && model.details().receipts().size() > 1) {
      line = hint(line, model, "p n", "other receipts");
    }
    if (model.accounts() > 1) {
      line = hint(line, model, "s", "all accounts");
      line = hint(line, model, "a", "account");
    }
    String arrows = model.glyphs().arrows();
    line = hint(line, model, arrows.substring(0, 2), "pages");
    line = hint(line, model, arrows.substring(2), "scroll");
    return hint(line, model, "/", "filter log");
  }

  /** Which other accounts are locked; the key that shows them stands behind it. */
  private static Line alsoLocked(Model model) {
    StatusView status = model.status();
    List<String> names = new ArrayList<>();
    for (int i = 0; status != null && i < status.accounts().size(); i++) {
      AccountView account = status.accounts().get(i);
      if (i != model.accountIndex() && account.locked()) {
        names.add(Width.clean(account.name()));
      }
    }
    String told =
        Width.shorten(String.join(", ", names), model.columns() / 3, model.glyphs().cut());
    return names.isEmpty() ? Line.EMPTY : Line.of("also locked: " + told + "   ", Style.BAD);
  }

  private static Line hint(Line line, Model model, String key, String what) {
    Line longer =
        line.then(Line.build().add(key, Style.KEY).add(" " + what + "   ", Style.DIM).line());
    // The spaces at its end need not be there.
    return longer.width() - 3 > model.columns() ? line : longer;
  }
}
