package dev.riskmanager.trader.app;

import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything at a glance. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "The live screen on a terminal; one snapshot when piped or with --once, --json, --oneline."
    },
    footer = {
      "",
      "Examples:",
      "  risk-trader status",
      "  risk-trader status --json | jq '.accounts[0].pnl'",
      "  risk-trader status --check || echo 'locked, or no engine'",
      "  tmux set -g status-right '#(risk-trader status --oneline --no-color)'"
    })
final class StatusCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--once", description = "One snapshot as text, also on a terminal.")
  private boolean once;

  @Option(names = "--oneline", description = "One snapshot on one line.")
  private boolean oneline;

  @Option(
      names = "--check",
      description = {
        "Exit with 3 if the engine is down, else with 10 if a shown account is locked, else with"
            + " 0.",
        "Prints nothing unless another option asks for it; an engine that runs and cannot protect"
            + " is named on standard error, whatever the exit code."
      })
  private boolean check;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    return Status.run(context, request());
  }

  StatusRequest request() {
    return new StatusRequest(once, oneline, check);
  }
}
