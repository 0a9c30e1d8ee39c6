package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.OrdersPanel;
import dev.riskmanager.trader.view.PositionsPanel;
import dev.riskmanager.trader.view.Style;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What is held, and what works at the venue. */
@Command(
    name = "positions",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Open positions with their stop cover and age, and working orders.",
    footer = {
      "",
      "Examples:",
      "  risk-trader positions",
      "  risk-trader positions --json | jq '.accounts[].positions[] | select(.stopCovered | not)'"
    })
final class PositionsCommand implements Callable<Integer> {
  private final Context context;

  PositionsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException {
    return AccountPages.print(context, this::page, "positions", "orders");
  }

  private List<Line> page(AccountView account, Times times, Instant now) {
    int columns = context.columns() - 2;
    List<Line> lines =
        new ArrayList<>(PositionsPanel.lines(account, now, columns, context.glyphs()));
    lines.add(Line.EMPTY);
    lines.add(Line.of("Working orders", Style.TITLE));
    lines.addAll(OrdersPanel.lines(account, columns, context.glyphs()));
    return lines;
  }
}
