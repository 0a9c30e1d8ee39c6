package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.ConnectionsPanel;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The engine itself. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "The engine, its connection to the venue, the age of its data, blind windows.",
    footer = {"", "Examples:", "  risk-trader engine", "  risk-trader engine --json"})
final class EngineCommand implements Callable<Integer> {
  private final Context context;

  EngineCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      JsonText answer = engine.statusJson(context.account());
      if (context.options().json) {
        context.printJson(Json.members(answer, "asOf", "engine", "gateway"));
        return ExitCode.OK;
      }
      StatusView status = answer.as(StatusView.class);
      context.print(
          ConnectionsPanel.lines(status, context.link(), status.asOf(), context.columns()));
      return ExitCode.OK;
    }
  }
}
