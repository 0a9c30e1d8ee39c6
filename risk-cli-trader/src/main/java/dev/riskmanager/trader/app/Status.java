package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Link;
import dev.riskmanager.trader.view.OneLine;
import dev.riskmanager.trader.view.Snapshot;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.trader.view.Verdict;
import dev.riskmanager.trader.view.Width;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.ControlException.TimedOut;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code status} does. */
final class Status {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int ENGINE_NOT_RUNNING = 3;
  private static final int LOCKED = 10;

  /** A prompt waits for this line. */
  private static final Duration BRIEF = Duration.ofSeconds(2);

  /** All that is wrong would be a page; status has it. */
  private static final int REMARK_COLUMNS = 200;

  private Status() {}

  static int run(Context context, StatusRequest request) throws IOException, ControlException {
    boolean json = context.options().json;
    boolean snapshot = request.once() || request.oneline() || request.check() || json;
    if (!snapshot && context.console().canPaint()) {
      return LiveStatus.run(context);
    }
    JsonText answer;
    try (ViewClient engine = context.connect(request.oneline() ? BRIEF : Context.TIMEOUT)) {
      answer = engine.statusJson(context.account());
    } catch (ControlException e) {
      if (!request.oneline()) {
        throw e;
      }
      // A prompt shows what is printed, wherever it is printed: one line, and nothing else.
      context.print(List.of(OneLine.gone(inAWord(e))));
      return e.exitCode() == OK
          ? FAILED
          : e instanceof TimedOut ? ENGINE_NOT_RUNNING : e.exitCode();
    }
    if (json) {
      context.printJson(answer.text());
      if (!request.check()) {
        return OK;
      }
    }
    StatusView status = shown(context, request, answer);
    if (status == null) {
      return FAILED;
    }
    if (!request.check()) {
      return OK;
    }
    if (!request.oneline()) {
      warn(context, status);
    }
    return status.accounts().stream().anyMatch(AccountView::locked) ? LOCKED : OK;
  }

  /** The exit code tells whether the engine is there; that it protects is another question. */
  private static void warn(Context context, StatusView status) throws IOException {
    Times times = Times.of(status.clock());
    Link link = context.link();
    Verdict verdict = Verdict.of(link, status, null, times);
    for (AccountView account : status.accounts()) {
      verdict = Verdict.of(link, status, account, times);
      if (verdict.kind() == Verdict.Kind.NOT_PROTECTED) {
        break;
      }
    }
    if (verdict.kind() == Verdict.Kind.NOT_PROTECTED) {
      String why = Width.shorten(Width.clean(verdict.details().getFirst()), REMARK_COLUMNS, "~");
      context
          .console()
          .err()
          .println(
              "risk-trader: NOT PROTECTED: " + verdict.what() + (why.isEmpty() ? "" : ": " + why));
    }
  }

  private static String inAWord(ControlException e) {
    if (e instanceof TimedOut) {
      return "engine hangs";
    }
    if (e instanceof ControlException.EngineNotRunning gone && gone.refused().isPresent()) {
      return "start refused: " + gone.refused().get().why();
    }
    return e.exitCode() == ENGINE_NOT_RUNNING ? "no engine" : String.valueOf(e.getMessage());
  }

  /** Null when it was not understood, and that has been said. */
  private static @Nullable StatusView shown(Context context, StatusRequest request, JsonText answer)
      throws IOException {
    try {
      StatusView status = answer.as(StatusView.class);
      if (!context.options().json) {
        print(context, request, status);
      }
      return status;
    } catch (RuntimeException e) {
      if (request.oneline()) {
        context.print(List.of(OneLine.gone("answer not understood")));
        return null;
      }
      throw e;
    }
  }

  private static void print(Context context, StatusRequest request, StatusView status)
      throws IOException {
    if (request.oneline()) {
      context.print(List.of(OneLine.of(context.link(), status, status.asOf())));
    } else if (request.once() || !request.check()) {
      context.print(
          Snapshot.lines(
              context.link(), status, status.asOf(), context.columns(), context.glyphs()));
    }
  }
}
