package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.Dollars;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.FlattenResult;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flatten}: the emergency exit. */
@Command(
    name = "flatten",
    mixinStandardHelpOptions = true,
    description = "Closes every position and cancels every order of an account. It locks nothing.",
    footer = {"", "Example:", "  risk-admin flatten 13298777 --reason \"power cut ahead\" --yes"})
public final class FlattenCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Parameters(paramLabel = "ACCOUNT", description = "The venue's account id.")
  private long account;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
  private @Nullable String reason;

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (!yes && !Questions.possible()) {
      throw new CommandException(
          "flatten asks for a confirmation, and there is no terminal to ask at; add --yes");
    }
    String why =
        reason == null || reason.isBlank() ? Questions.ask("Reason: ", "--reason") : reason;
    if (!yes) {
      Options.folded(held()).forEach(spec.commandLine().getErr()::println);
    }
    Questions.insist("Close everything on account " + account + "?", yes);
    FlattenResult result =
        options.reducing(
            (client, password) -> client.flatten(new FlattenRequest(account, why), password));
    if (options.json()) {
      out.println(WireJson.write(result));
    } else {
      out.println(
          "Flattening account "
              + account
              + ": "
              + result.positions()
              + " position(s), "
              + result.orders()
              + " working order(s). `risk-trader why` shows the outcome.");
    }
    return 0;
  }

  private static String open(@Nullable String amount) {
    return amount == null ? "" : "  open P&L " + Dollars.text(new BigDecimal(amount));
  }

  /** What would be closed and cancelled, as far as can be seen. */
  private List<String> held() throws Exception {
    List<String> lines = new ArrayList<>();
    try (ViewClient client = options.view()) {
      for (AccountView view : client.status(OptionalLong.of(account)).accounts()) {
        view.positions()
            .forEach(
                p ->
                    lines.add(
                        "Closes   "
                            + p.side()
                            + " "
                            + p.size()
                            + " "
                            + p.symbol()
                            + open(p.open())));
        lines.add("Cancels  " + view.orders().size() + " working order(s)");
        lines.add(
            view.locked()
                ? "The account is locked and stays locked."
                : "The account is not locked afterwards: the trader can trade on.");
      }
    }
    return lines;
  }
}
