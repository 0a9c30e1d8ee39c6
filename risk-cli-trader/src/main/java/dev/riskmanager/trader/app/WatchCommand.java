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
  public Integer call() throws IOException, ControlException {
    PrintStream out = context.console().out();
    CompletableFuture<Optional<ControlException>> end = new CompletableFuture<>();
    ViewClient.WatchListener lines =
        new ViewClient.WatchListener() {
          @Override
          public void changed(JsonText status) {
            // Written on the connection's thread: while our reader is slow the engine skips.
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
    try (ViewClient engine = context.connect(lines)) {
      engine.watch(context.account());
      Optional<ControlException> why = end.get();
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
}
