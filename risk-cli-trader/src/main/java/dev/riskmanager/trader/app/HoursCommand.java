package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.HoursPanel;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Style;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      context.print(lines(hours));
      return ExitCode.OK;
    }
  }

  /** Once for all accounts while they have the same hours, else for each. */
  private List<Line> lines(HoursView hours) {
    Long asked = context.options().account;
    boolean same =
        hours.accounts().stream()
                .map(each -> new HoursView.AccountHours(0, each.clock(), each.sessions()))
                .distinct()
                .count()
            < 2;
    if (asked != null || same) {
      return page(hours, asked);
    }
    List<Line> lines = new ArrayList<>();
    for (HoursView.AccountHours each : hours.accounts()) {
      if (!lines.isEmpty()) {
        lines.add(Line.EMPTY);
      }
      lines.add(Line.of("Account " + each.accountId(), Style.STRONG));
      lines.addAll(page(hours, each.accountId()));
    }
    return lines;
  }

  private List<Line> page(HoursView hours, @Nullable Long account) {
    return HoursPanel.lines(hours, account, hours.asOf(), context.columns(), context.glyphs());
  }
}
