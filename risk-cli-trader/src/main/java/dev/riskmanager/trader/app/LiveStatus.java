package dev.riskmanager.trader.app;

import dev.riskmanager.trader.feed.Feed;
import dev.riskmanager.trader.feed.FeedState;
import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.Frame;
import dev.riskmanager.trader.view.Key;
import dev.riskmanager.trader.view.Link;
import dev.riskmanager.trader.view.Model;
import dev.riskmanager.trader.view.Screen;
import dev.riskmanager.trader.view.Ui;
import dev.riskmanager.trader.view.Verdict;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The live screen: one thread that takes keys, sizes and news, and draws. It draws when something
 * has changed, when a countdown ticks, and at most ten times a second.
 */
final class LiveStatus {
  /** Something that happened, applied on the thread that draws. */
  @FunctionalInterface
  private interface Event {
    /** Returns whether it cannot wait to be seen. */
    boolean apply(LiveStatus screen) throws IOException, ControlException;
  }

  private final Context context;
  private final Feed feed;
  private final Display display;
  private final Models models;
  private final BlockingQueue<Event> events;
  private final AtomicBoolean newsPending;
  private final PaintBudget budget = new PaintBudget();

  private Ui ui = Ui.START;
  private Display.Size size;
  private @Nullable Frame frame;
  private @Nullable Model drawn;
  private @Nullable String stateLine;
  private boolean opened;

  private LiveStatus(
      Context context,
      Feed feed,
      Display display,
      Models models,
      BlockingQueue<Event> events,
      AtomicBoolean newsPending)
      throws IOException {
    this.context = context;
    this.feed = feed;
    this.display = display;
    this.models = models;
    this.events = events;
    this.newsPending = newsPending;
    this.size = display.size();
  }

  /** A thread of this program died: nobody knows what is missing on the screen from then on. */
  static final class Defect extends RuntimeException {
    private static final long serialVersionUID = 1;

    Defect(Thread thread, Throwable cause) {
      super("the live screen failed in " + thread.getName() + ": " + cause + place(cause), cause);
    }

    /** Where it came from: what a report of it needs most. */
    private static String place(Throwable cause) {
      StackTraceElement[] trace = cause.getStackTrace();
      return trace.length == 0 ? "" : " at " + trace[0];
    }
  }

  /** Takes the terminal. */
  @FunctionalInterface
  interface Opener {
    Display open() throws IOException;
  }

  /** Runs until the user quits. */
  static int run(Context context) throws IOException, ControlException {
    return run(context, () -> Display.open(context.depth()));
  }

  /** Runs until the user quits, on another display than the terminal of this process. */
  static int run(Context context, Opener opener) throws IOException, ControlException {
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
    // The default would write over the picture, and be gone with it.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) ->
            events.add(
                screen -> {
                  throw new Defect(thread, e);
                }));
    try {
      return run(context, opener, events);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(others);
    }
  }

  private static int run(Context context, Opener opener, BlockingQueue<Event> events)
      throws IOException, ControlException {
    Path socket = context.socket();
    AtomicBoolean newsPending = new AtomicBoolean();
    Runnable news =
        () -> {
          // However much arrives, one event is enough: the newest state is taken anyway.
          if (newsPending.compareAndSet(false, true)) {
            events.add(LiveStatus::news);
          }
        };
    try (Feed feed =
        new Feed(socket, Version.client(), context.account(), context.console().nanos(), news)) {
      // The engine answers while the terminal is being set up.
      feed.start();
      int code;
      FeedState last;
      try (Display display = opener.open()) {
        Models models = new Models(context, socket);
        LiveStatus live = new LiveStatus(context, feed, display, models, events, newsPending);
        live.loop();
        last = feed.state();
        code = 0;
      }
      ControlException trouble = last.trouble();
      if (trouble != null) {
        throw trouble;
      }
      return code;
    }
  }

  private void loop() throws IOException, ControlException {
    display.listen(
        new Display.Listener() {
          @Override
          public void pressed(Key key) {
            events.add(screen -> screen.press(key));
          }

          @Override
          public void resized() {
            events.add(LiveStatus::resize);
          }

          @Override
          public void failed(IOException why) {
            events.add(
                screen -> {
                  throw why;
                });
          }
        });
    boolean dirty = true;
    boolean urgent = true;
    while (true) {
      Model model = opened(models.model(size, ui, feed.state()));
      String state = stateOf(model);
      // Another word in the state line is what this screen is for: it does not wait.
      urgent |= !state.equals(stateLine);
      long nanos = context.console().nanos().getAsLong();
      long wait = dirty || urgent ? budget.wait(nanos, urgent) : untilNextSecond(model);
      if ((dirty || urgent) && wait <= 0) {
        draw(model, state);
        dirty = false;
        urgent = false;
        continue;
      }
      Event event;
      try {
        event = events.poll(Math.max(1, wait), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      // Nothing came: either a turn to draw has come, or a countdown has ticked.
      dirty = true;
      while (event != null) {
        urgent |= event.apply(this);
        event = events.poll();
      }
      if (ui.quit()) {
        return;
      }
    }
  }

  /** The first picture is of the account that needs it most; from then on the user chooses. */
  private Model opened(Model model) {
    if (opened || model.accounts() == 0) {
      return model;
    }
    opened = true;
    ui = ui.at(model.mostSevere());
    return models.model(size, ui, feed.state());
  }

  private static String stateOf(Model model) {
    Verdict verdict = Verdict.of(model.link(), model.status(), model.account(), model.times());
    return verdict.kind() + verdict.word() + verdict.what();
  }

  private void draw(Model model, String state) throws IOException {
    feed.want(models.wish(model));
    drawn = model;
    Frame next = Screen.draw(model);
    display.draw(next.lines());
    frame = next;
    stateLine = state;
    budget.drawn(context.console().nanos().getAsLong());
  }

  /** Countdowns tick when the engine's second does. */
  private static long untilNextSecond(Model model) {
    return Duration.ofSeconds(1).minusNanos(model.now().getNano()).toNanos();
  }

  private boolean press(Key key) {
    if (key.kind() == Key.Kind.REDRAW) {
      display.forget();
    }
    ui = ui.on(key, models.reach(frame, drawn));
    return true;
  }

  private boolean resize() throws IOException {
    Display.Size now = display.size();
    if (!now.equals(size)) {
      size = now;
      display.forget();
    }
    return true;
  }

  private boolean news() throws ControlException {
    newsPending.set(false);
    giveUpIfHopeless(feed.state());
    return false;
  }

  /** An account that does not exist will not come by waiting. */
  private static void giveUpIfHopeless(FeedState state) throws ControlException {
    ControlException trouble = state.trouble();
    if (trouble instanceof ControlException.NotFound
        || trouble instanceof ControlException.BadParameters) {
      throw trouble;
    }
  }

  /** The word for it while there is no engine. */
  static Link.State linkState(FeedState state) {
    if (state.connected()) {
      return Link.State.LIVE;
    }
    return state.trouble() == null ? Link.State.CONNECTING : Link.State.GONE;
  }
}
