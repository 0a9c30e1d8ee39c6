package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code unlock}: ends lockouts of an account. */
@Command(
    name = "unlock",
    mixinStandardHelpOptions = true,
    description = {
      "Ends lockouts of an account. It acknowledges the breach that each stood for: its rule locks",
      "again only when things get worse. All other rules are evaluated at once."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin unlock 13298777               shows, asks for the reason",
      "  risk-admin unlock 13298777 --preview     shows, changes nothing",
      "  risk-admin unlock 13298777 --rule RULE-006 --reason \"counted twice\" --yes",
      "",
      "Without a terminal --yes is needed. Exit code 1: nothing to end, forbidden by",
      "the rule's admin_unlock, partly refused, or not known yet whether it was done;",
      "0 also when delayed."
    })
public final class UnlockCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Parameters(paramLabel = "ACCOUNT", description = "The venue's account id.")
  private long account;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "Only this rule's lockouts: RULE-003 or daily_realized_loss.")
  private @Nullable String rule;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only lockouts of this symbol.")
  private @Nullable String symbol;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
  private @Nullable String reason;

  @Option(names = "--yes", description = "Do not ask for confirmation; needed in scripts.")
  private boolean yes;

  @Option(
      names = "--preview",
      description = "Only say what it would do: what ends, what locks again and when.")
  private boolean preview;

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    return asked().run(options, new Printers(line.getOut(), line.getErr()));
  }

  Unlock asked() {
    return new Unlock(account, rule, symbol, reason, yes, preview);
  }
}
