package dev.riskmanager.trader.app;

import dev.riskmanager.trader.feed.Answers;
import dev.riskmanager.trader.feed.FeedState;
import dev.riskmanager.trader.feed.Picture;
import dev.riskmanager.trader.feed.Question;
import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.CurvePoint;
import dev.riskmanager.trader.view.Details;
import dev.riskmanager.trader.view.Frame;
import dev.riskmanager.trader.view.Glyphs;
import dev.riskmanager.trader.view.Link;
import dev.riskmanager.trader.view.Model;
import dev.riskmanager.trader.view.Tab;
import dev.riskmanager.trader.view.Ui;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.StatusView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what the screen is drawn from. For one thread. */
final class Models {
  private final Context context;
  private final Path socket;
  private final Glyphs glyphs;
  private final long startedNanos;

  Models(Context context, Path socket) {
    this.context = context;
    this.socket = socket;
    this.glyphs = context.glyphs();
    this.startedNanos = context.console().nanos().getAsLong();
  }

  /** Everything the screen depends on, now. */
  Model model(Display.Size size, Ui ui, FeedState state) {
    long nanos = context.console().nanos().getAsLong();
    Picture picture = state.picture();
    StatusView status = picture == null ? null : picture.status();
    Duration age = Duration.ofNanos(nanos - (picture == null ? startedNanos : picture.atNanos()));
    Instant now = status == null ? context.console().clock().instant() : status.asOf().plus(age);
    return new Model(
        size.columns(),
        size.rows(),
        glyphs,
        new Link(LiveStatus.linkState(state), message(state.trouble()), socket.toString(), age),
        status,
        now,
        ui,
        details(state.answers()));
  }

  private static String message(@Nullable ControlException trouble) {
    return trouble == null ? "" : trouble.getMessage();
  }

  private static Details details(Answers answers) {
    Map<Tab, String> problems = new EnumMap<>(Tab.class);
    answers.problems().forEach((question, why) -> problems.put(tab(question), why));
    List<CurvePoint> curve = List.of();
    return new Details(
        answers.lockouts(),
        answers.log(),
        answers.receipt(),
        answers.hours(),
        null,
        curve,
        problems);
  }

  private static Tab tab(Question question) {
    return switch (question) {
      case LOCKOUTS -> Tab.LOCKOUTS;
      case LOG -> Tab.LOG;
      case RECEIPT -> Tab.WHY;
      case HOURS -> Tab.HOURS;
    };
  }

  /** What a page needs besides the picture; the hours are in the header of all. */
  Set<Question> questions(Ui ui) {
    Set<Question> questions = EnumSet.of(Question.HOURS);
    switch (ui.tab()) {
      case LOCKOUTS -> questions.add(Question.LOCKOUTS);
      case LOG -> questions.add(Question.LOG);
      case WHY -> {
        // The log says which other receipts there are.
        questions.add(Question.RECEIPT);
        questions.add(Question.LOG);
      }
      case OVERVIEW, POSITIONS, RULES, CONNECTIONS, HOURS, DIARY -> {}
    }
    return questions;
  }

  /** How far a key can move on what was drawn last. */
  Ui.Reach reach(@Nullable Frame frame) {
    Ui.Receipts none = (from, step) -> from;
    return frame == null
        ? new Ui.Reach(1, 0, none)
        : new Ui.Reach(frame.page(), frame.maxScroll(), none);
  }
}
