package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.LimitsPanel;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Measure;
import dev.riskmanager.trader.view.PnlPanel;
import dev.riskmanager.trader.view.Style;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.RuleView;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Today's money. */
@Command(
    name = "pnl",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description =
        "Today's realized, open, fees and total; the same by symbol; the money limits and what is"
            + " used of them.",
    footer = {
      "",
      "Examples:",
      "  risk-trader pnl",
      "  risk-trader pnl --account 13298777",
      "  risk-trader pnl --json | jq -r '.accounts[0].pnl.total'"
    })
final class PnlCommand implements Callable<Integer> {
  /** The rules that are about money; the others have their command. */
  private static final Set<String> MONEY =
      Set.of("RULE-003", "RULE-004", "RULE-005", "RULE-007", "RULE-013");

  private final Context context;

  PnlCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    return AccountPages.print(context, this::page, "pnl", "rules");
  }

  private List<Line> page(AccountView account, Times times, Instant now) {
    int columns = context.columns() - 2;
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.of(PnlPanel.title(account.pnl()) + ", " + account.pnl().tradingDay(), Style.STRONG));
    lines.addAll(PnlPanel.lines(account.pnl()));
    lines.addAll(PnlPanel.balance(account.pnl()));
    List<Line> symbols = PnlPanel.bySymbol(account.pnl(), columns, context.glyphs());
    if (!symbols.isEmpty()) {
      lines.add(Line.EMPTY);
      lines.addAll(symbols);
    }
    List<RuleView> limits =
        account.rules().stream().filter(rule -> MONEY.contains(rule.ruleId())).toList();
    lines.add(Line.EMPTY);
    lines.add(Line.of("Limits", Style.TITLE));
    lines.addAll(
        LimitsPanel.lines(
            limits,
            columns,
            Integer.MAX_VALUE,
            context.glyphs(),
            rule -> Measure.of(rule, times, now)));
    return lines;
  }
}
