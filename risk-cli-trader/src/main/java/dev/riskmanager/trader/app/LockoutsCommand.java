package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.LockoutsPanel;
import dev.riskmanager.trader.view.Style;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** What is locked. */
@Command(
    name = "lockouts",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Active lockouts: rule, scope, reason, since, until, remaining, how each ends.",
    footer = {
      "",
      "Examples:",
      "  risk-trader lockouts",
      "  risk-trader lockouts --history --account 13298777",
      "  risk-trader lockouts --json | jq '.lockouts[].lockout.remainingSeconds'"
    })
final class LockoutsCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--history", description = "Past lockouts too.")
  private boolean history;

  LockoutsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      JsonText answer = engine.lockoutsJson(history);
      if (context.options().json) {
        context.printJson(Json.onlyAccount(answer, "lockouts", context.account()));
        return ExitCode.OK;
      }
      HoursView hours = engine.hours();
      print(answer.as(LockoutsView.class), Times.of(hours.clock()));
      return ExitCode.OK;
    }
  }

  private void print(LockoutsView view, Times times) {
    Long account = context.options().account;
    List<Line> lines =
        new ArrayList<>(
            LockoutsPanel.active(
                LockoutsPanel.select(view.lockouts(), account, true),
                view.asOf(),
                times,
                context.columns()));
    if (history) {
      lines.add(Line.EMPTY);
      lines.add(Line.of("History", Style.TITLE));
      lines.addAll(
          LockoutsPanel.past(
              LockoutsPanel.select(view.lockouts(), account, false),
              times,
              context.columns(),
              context.glyphs()));
    }
    context.print(lines);
  }
}
