package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.HoursPanel;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** When trading is allowed. */
@Command(
    name = "hours",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description =
        "The trading day and its reset, the sessions, holidays and early closes of seven days.",
    footer = {
      "",
      "Examples:",
      "  risk-trader hours",
      "  risk-trader hours --json | jq .clock.secondsToReset"
    })
final class HoursCommand implements Callable<Integer> {
  private final Context context;

  HoursCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      JsonText answer = engine.hoursJson();
      if (context.options().json) {
        context.printJson(answer.text());
        return ExitCode.OK;
      }
      HoursView hours = answer.as(HoursView.class);
      context.print(HoursPanel.lines(hours, hours.asOf(), context.columns(), context.glyphs()));
      return ExitCode.OK;
    }
  }
}
