package dev.riskmanager.trader.app;

import dev.riskmanager.trader.feed.Answers;
import dev.riskmanager.trader.feed.FeedState;
import dev.riskmanager.trader.feed.Picture;
import dev.riskmanager.trader.feed.Question;
import dev.riskmanager.trader.feed.Wish;
import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.CurvePoint;
import dev.riskmanager.trader.view.Details;
import dev.riskmanager.trader.view.Figures;
import dev.riskmanager.trader.view.Frame;
import dev.riskmanager.trader.view.Glyphs;
import dev.riskmanager.trader.view.Link;
import dev.riskmanager.trader.view.Model;
import dev.riskmanager.trader.view.Tab;
import dev.riskmanager.trader.view.Ui;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.StatusView;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what the screen is drawn from. For one thread. */
final class Models {
  private final Context context;
  private final Path socket;
  private final Glyphs glyphs;
  private final long startedNanos;
  private final DiaryReader diary;

  Models(Context context, Path socket) {
    this.context = context;
    this.socket = socket;
    this.glyphs = context.glyphs();
    this.startedNanos = context.console().nanos().getAsLong();
    this.diary = new DiaryReader(Shifts.file(context));
  }

  /** Everything the screen depends on, now. */
  Model model(Display.Size size, Ui ui, FeedState state) {
    long nanos = context.console().nanos().getAsLong();
    Picture picture = state.picture();
    StatusView status = picture == null ? null : picture.status();
    Duration age = Duration.ofNanos(nanos - (picture == null ? startedNanos : picture.atNanos()));
    Instant now = status == null ? context.console().clock().instant() : status.asOf().plus(age);
    Model bare =
        new Model(
            size.columns(),
            size.rows(),
            glyphs,
            new Link(LiveStatus.linkState(state), message(state.trouble()), socket.toString(), age),
            status,
            now,
            ui,
            Details.NONE);
    return bare.with(details(bare, state.answers()));
  }

  private static String message(@Nullable ControlException trouble) {
    return trouble == null ? "" : trouble.getMessage();
  }

  private Details details(Model model, Answers answers) {
    Map<Tab, String> problems = new EnumMap<>(Tab.class);
    answers
        .problems()
        .forEach(
            (question, why) -> {
              Tab tab = tab(question);
              if (tab != null) {
                problems.put(tab, why);
              }
            });
    boolean shown = model.ui().tab() == Tab.DIARY;
    if (shown && !diary.problem().isEmpty()) {
      problems.put(Tab.DIARY, diary.problem());
    }
    StatusView status = model.status();
    return new Details(
        answers.lockouts(),
        answers.log(),
        receipts(answers.receipts(), model.account()),
        ofAccount(answers.receipt(), model),
        answers.hours(),
        shown && diary.problem().isEmpty()
            ? diary.shifts(
                context.console().clock().instant(),
                status == null ? List.of() : Shifts.days(status))
            : null,
        curve(answers.curve(), model.account(), model.now()),
        problems);
  }

  /** Those of the account, while the list of another one may still be there. */
  private static List<ReceiptsView.ReceiptLine> receipts(
      @Nullable ReceiptsView receipts, @Nullable AccountView account) {
    if (receipts == null || account == null) {
      return List.of();
    }
    return receipts.receipts().stream()
        .filter(receipt -> receipt.accountId() == account.accountId())
        .toList();
  }

  /** While the receipt of another account is on its way, that of the one before is not its own. */
  private static @Nullable ReceiptView ofAccount(@Nullable ReceiptView receipt, Model model) {
    AccountView account = model.account();
    boolean other =
        receipt != null && account != null && receipt.accountId() != account.accountId();
    return other ? null : receipt;
  }

  /** What the engine kept of this day, and what is true now. */
  private static List<CurvePoint> curve(
      @Nullable CurveView view, @Nullable AccountView account, Instant now) {
    if (view == null || account == null) {
      return List.of();
    }
    List<CurvePoint> points = new ArrayList<>();
    for (CurveView.AccountCurve curve : view.accounts()) {
      if (curve.accountId() == account.accountId()
          && curve.tradingDay().equals(account.pnl().tradingDay())) {
        for (CurveView.CurvePointView point : curve.points()) {
          BigDecimal total = Figures.number(point.total());
          if (total != null) {
            points.add(new CurvePoint(point.t(), total));
          }
        }
      }
    }
    BigDecimal total = Figures.number(account.pnl().total());
    if (total != null && !points.isEmpty() && points.getLast().t().isBefore(now)) {
      points.add(new CurvePoint(now, total));
    }
    return points;
  }

  private static @Nullable Tab tab(Question question) {
    return switch (question) {
      case LOCKOUTS -> Tab.LOCKOUTS;
      case LOG -> Tab.LOG;
      case RECEIPT -> Tab.WHY;
      case HOURS -> Tab.HOURS;
      // Without them something small is missing, and no page.
      case CURVE, RECEIPTS -> null;
    };
  }

  /** What a page needs besides the picture; the hours are in the header of all. */
  Wish wish(Model model) {
    Set<Question> questions = EnumSet.of(Question.HOURS);
    switch (model.ui().tab()) {
      case OVERVIEW -> {
        questions.add(Question.CURVE);
        if (model.accounts() > 1) {
          // The last actions of the picture may all be another account's.
          questions.add(Question.LOG);
        }
      }
      case LOCKOUTS -> questions.add(Question.LOCKOUTS);
      case LOG -> questions.add(Question.LOG);
      case WHY -> {
        questions.add(Question.RECEIPTS);
        questions.add(Question.RECEIPT);
      }
      case POSITIONS, RULES, CONNECTIONS, HOURS, DIARY -> {}
    }
    AccountView account = model.account();
    return new Wish(
        questions,
        account == null ? OptionalLong.empty() : OptionalLong.of(account.accountId()),
        model.receipt());
  }

  /** How far a key can move on what was drawn last. */
  Ui.Reach reach(@Nullable Frame frame, @Nullable Model model) {
    Ui.Receipts receipts =
        (from, step) -> model == null ? from : beside(model.details().receipts(), from, step);
    return frame == null
        ? new Ui.Reach(1, 0, receipts)
        : new Ui.Reach(frame.page(), frame.maxScroll(), receipts);
  }

  /** The one before or after; after the last comes whatever is the newest. */
  private static @Nullable String beside(
      List<ReceiptsView.ReceiptLine> receipts, @Nullable String from, int step) {
    int place = receipts.size() - 1;
    for (int i = 0; i < receipts.size(); i++) {
      if (receipts.get(i).id().equals(from)) {
        place = i;
      }
    }
    int other = Math.max(0, place + step);
    return other >= receipts.size() - 1 ? null : receipts.get(other).id();
  }
}
