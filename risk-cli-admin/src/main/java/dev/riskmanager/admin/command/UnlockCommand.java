package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.Times;
import dev.riskmanager.admin.render.UnlockText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.UnlockPreview;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.List;
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
    PrintWriter out = spec.commandLine().getOut();
    if (preview) {
      return preview(out);
    }
    if (!yes && !Questions.possible()) {
      throw new CommandException(
          "unlock asks for a confirmation, and there is no terminal to ask at; add --yes");
    }
    if ((reason == null || reason.isBlank()) && !Questions.possible()) {
      throw new CommandException("--reason is needed when there is no terminal to ask at");
    }
    try (AdminClient client = options.admin()) {
      UnlockRequest looked = new UnlockRequest(account, rule, symbol, "");
      @Nullable UnlockPreview seen = null;
      if (!yes) {
        seen = client.unlockPreview(looked);
        Options.folded(UnlockText.preview(seen)).forEach(spec.commandLine().getErr()::println);
      }
      String why =
          reason == null || reason.isBlank() ? Questions.ask("Reason: ", "--reason") : reason;
      Questions.insist("Unlock account " + account + "?", yes);
      if (seen != null && !named(seen).equals(named(client.unlockPreview(looked)))) {
        throw new CommandException(
            "the lockouts have changed while the question was open; nothing was unlocked, look"
                + " again");
      }
      UnlockResult result = client.unlock(new UnlockRequest(account, rule, symbol, why));
      if (options.json()) {
        out.println(WireJson.write(result));
      } else {
        print(result, out);
      }
      return result.refused().isEmpty() ? 0 : 1;
    }
  }

  private static List<Long> named(UnlockPreview preview) {
    return preview.named().stream().map(one -> one.lockout().lockout().id()).sorted().toList();
  }

  private int preview(PrintWriter out) throws Exception {
    try (AdminClient client = options.admin()) {
      UnlockPreview seen = client.unlockPreview(new UnlockRequest(account, rule, symbol, ""));
      if (options.json()) {
        out.println(WireJson.write(seen));
      } else {
        Options.folded(UnlockText.preview(seen)).forEach(out::println);
      }
      return 0;
    }
  }

  private void print(UnlockResult result, PrintWriter out) {
    for (LockoutRecord ended : result.ended()) {
      out.println("Unlocked: account " + account + ", " + describe(ended));
    }
    result
        .delayed()
        .forEach(
            delayed ->
                out.println(
                    "Ends " + Times.text(delayed.endsAt()) + ": " + describe(delayed.lockout())));
    PrintWriter err = spec.commandLine().getErr();
    result
        .refused()
        .forEach(
            refused ->
                err.println(
                    "risk-admin: not unlocked: "
                        + describe(refused.lockout())
                        + " ("
                        + refused.why()
                        + ")"));
  }

  private static String describe(LockoutRecord lockout) {
    String scope = lockout.lockout().symbol() == null ? "" : " " + lockout.lockout().symbol();
    return lockout.lockout().ruleId()
        + scope
        + " ("
        + lockout.lockout().rule()
        + "): "
        + lockout.lockout().reason();
  }
}
