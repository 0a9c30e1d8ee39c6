package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.RulesPanel;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** All the rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description =
        "The thirteen rules: state, value, limit, how much of it is used and what is left.",
    footer = {
      "",
      "Examples:",
      "  risk-trader rules",
      "  risk-trader rules --json | jq -r '.accounts[].rules[] | select(.state == \"NEAR\") |"
          + " .rule'"
    })
final class RulesCommand implements Callable<Integer> {
  private final Context context;

  RulesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    return AccountPages.print(
        context,
        (account, times, now) ->
            RulesPanel.lines(account.rules(), context.columns() - 2, context.glyphs(), times, now),
        "rules");
  }
}
