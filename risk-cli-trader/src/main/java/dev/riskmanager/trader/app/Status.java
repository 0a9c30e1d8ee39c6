package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.OneLine;
import dev.riskmanager.trader.view.Snapshot;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What {@code status} does. */
final class Status {
  private static final int OK = 0;
  private static final int ENGINE_NOT_RUNNING = 3;
  private static final int LOCKED = 10;

  /** A prompt waits for this line. */
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private Status() {}

  static int run(Context context, StatusRequest request) throws IOException, ControlException {
    boolean json = context.options().json;
    boolean snapshot = request.once() || request.oneline() || request.check() || json;
    if (!snapshot && context.console().outIsTerminal()) {
      return LiveStatus.run(context);
    }
    JsonText answer;
    try (ViewClient engine = context.connect(request.oneline() ? BRIEF : Context.TIMEOUT)) {
      answer = engine.statusJson(context.account());
    } catch (ControlException.TimedOut e) {
      if (request.oneline()) {
        context.print(List.of(OneLine.gone("engine hangs")));
      }
      throw e;
    } catch (ControlException e) {
      if (request.oneline() && e.exitCode() == ENGINE_NOT_RUNNING) {
        // A status bar shows what is printed, not how we ended.
        context.print(List.of(OneLine.gone("no engine")));
      }
      throw e;
    }
    if (json) {
      context.printJson(answer.text());
      if (!request.check()) {
        return OK;
      }
    }
    StatusView status = shown(context, request, answer);
    boolean locked = status.accounts().stream().anyMatch(AccountView::locked);
    return request.check() && locked ? LOCKED : OK;
  }

  private static StatusView shown(Context context, StatusRequest request, JsonText answer)
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
