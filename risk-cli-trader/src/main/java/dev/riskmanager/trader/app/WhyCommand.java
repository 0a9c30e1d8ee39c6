package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Times;
import dev.riskmanager.trader.view.WhyPanel;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** The receipt of an enforcement. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Why the engine acted: what the rule saw, what was decided, sent and answered, and when.",
      "The last time, or the time whose receipt is named."
    },
    footer = {
      "",
      "Examples:",
      "  risk-trader why",
      "  risk-trader why r-7",
      "  risk-trader why --json | jq -r .formula",
      "The names of receipts are in: risk-trader log --json | jq -r '.entries[].receiptId'"
    })
final class WhyCommand implements Callable<Integer> {
  /** As many lines as the engine gives. */
  private static final int LOG_LINES = 10_000;

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Which receipt. Default: the last one.")
  private @Nullable String id;

  WhyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException, Failure {
    try (ViewClient engine = context.connect()) {
      JsonText answer = engine.receiptJson(id == null ? lastOfTheAccount(engine) : id);
      if (context.options().json) {
        context.printJson(answer.text());
        return ExitCode.OK;
      }
      Times times = Times.of(engine.hours().clock());
      context.print(WhyPanel.lines(answer.as(ReceiptView.class), times, context.columns()));
      return ExitCode.OK;
    }
  }

  /** Null for the last of all: then the engine knows best. */
  private @Nullable String lastOfTheAccount(ViewClient engine) throws ControlException, Failure {
    Long account = context.options().account;
    if (account == null) {
      return null;
    }
    String last = null;
    for (LogEntry entry : engine.log(LOG_LINES, null).entries()) {
      if (account.equals(entry.accountId()) && entry.receiptId() != null) {
        last = entry.receiptId();
      }
    }
    if (last == null) {
      throw new Failure(
          "nothing has been enforced on account "
              + account
              + ", so there is no receipt; without --account the last one of all is shown");
    }
    return last;
  }
}
