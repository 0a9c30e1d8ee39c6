package dev.riskmanager.trader.app;

import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Every change, for a program. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "One line of JSON at once and at each change, until interrupted: the object of status"
          + " --json.",
      "A reader that is too slow misses pictures, never the newest."
    },
    footer = {
      "",
      "Examples:",
      "  risk-trader watch | jq -c '.accounts[] | {accountId, locked, total: .pnl.total}'",
      "  risk-trader watch --account 13298777"
    })
final class WatchCommand implements Callable<Integer> {
  private final Context context;

  WatchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException, Failure {
    PrintStream out = context.console().out();
    CompletableFuture<Optional<ControlException>> end = new CompletableFuture<>();
    AtomicReference<@Nullable Pulse> pulse = new AtomicReference<>();
    ViewClient.WatchListener lines =
        new ViewClient.WatchListener() {
          @Override
          public void changed(JsonText status) {
            // Written on the connection's thread: while our reader is slow the engine skips.
            heard(pulse.get());
            context.printJson(status.text());
            if (out.checkError()) {
              // The reader has enough, as head has.
              end.complete(Optional.empty());
            }
          }

          @Override
          public void closed(ControlException why) {
            end.complete(Optional.of(why));
          }
        };
    try (ViewClient engine = context.connect(lines);
        Pulse alive = new Pulse(engine, context.console())) {
      pulse.set(alive);
      engine.watch(context.account());
      Optional<ControlException> why = await(end, alive);
      if (why.isPresent()) {
        throw why.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return ExitCode.OK;
  }

  private static Optional<ControlException> await(
      CompletableFuture<Optional<ControlException>> end, Pulse pulse)
      throws InterruptedException, ExecutionException, Failure {
    while (true) {
      try {
        return end.get(Pulse.EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        pulse.check();
      }
    }
  }

  private static void heard(@Nullable Pulse pulse) {
    if (pulse != null) {
      pulse.heard();
    }
  }
}
