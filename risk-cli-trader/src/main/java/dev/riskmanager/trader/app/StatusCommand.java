package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.OneLine;
import dev.riskmanager.trader.view.Snapshot;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Everything at a glance. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
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
  private static final int LOCKED = 10;

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
        "Prints nothing unless another option asks for it."
      })
  private boolean check;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    boolean json = context.options().json;
    if (!once && !oneline && !check && !json && context.console().outIsTerminal()) {
      return LiveStatus.run(context);
    }
    JsonText answer;
    try (ViewClient engine = context.connect()) {
      answer = engine.statusJson(context.account());
    } catch (ControlException e) {
      if (oneline && e.exitCode() == 3) {
        // A status bar shows what is printed, not how we ended.
        context.print(List.of(OneLine.gone()));
      }
      throw e;
    }
    if (json) {
      context.printJson(answer.text());
      if (!check) {
        return ExitCode.OK;
      }
    }
    StatusView status = answer.as(StatusView.class);
    if (oneline) {
      context.print(List.of(OneLine.of(context.link(), status, status.asOf())));
    } else if (!json && (once || !check)) {
      context.print(
          Snapshot.lines(
              context.link(), status, status.asOf(), context.columns(), context.glyphs()));
    }
    boolean locked = status.accounts().stream().anyMatch(AccountView::locked);
    return check && locked ? LOCKED : ExitCode.OK;
  }
}
