package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Style;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** What the commands about accounts share: one page for each account, or those members as JSON. */
final class AccountPages {
  private AccountPages() {}

  /** What is said of one account. */
  @FunctionalInterface
  interface Page {
    /** Draws it. */
    List<Line> lines(AccountView account, Times times, Instant now);
  }

  /** Asks the engine and prints. */
  static int print(Context context, Page page, String... members)
      throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      JsonText answer = engine.statusJson(context.account());
      if (context.options().json) {
        context.printJson(Json.accounts(answer, members));
        return ExitCode.OK;
      }
      StatusView status = answer.as(StatusView.class);
      List<Line> lines = new ArrayList<>();
      Times times = Times.of(status.clock());
      for (AccountView account : status.accounts()) {
        if (!lines.isEmpty()) {
          lines.add(Line.EMPTY);
        }
        lines.add(Line.of(account.name() + " (" + account.accountId() + ")", Style.TITLE));
        page.lines(account, times, status.asOf())
            .forEach(line -> lines.add(Line.of("  ").then(line)));
      }
      if (lines.isEmpty()) {
        lines.add(Line.of("the engine has not read any account yet", Style.DIM));
      }
      context.print(lines);
      return ExitCode.OK;
    }
  }
}
