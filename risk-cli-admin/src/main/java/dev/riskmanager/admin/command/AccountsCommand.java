package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.TextTable;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Doctor;
import dev.riskmanager.wire.AccountsView;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accounts}: which accounts are protected. */
@Command(
    name = "accounts",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Lists the accounts of the login, changes which are protected, tries the way there.",
    footer = {
      "",
      "Examples:",
      "  risk-admin accounts list",
      "  risk-admin accounts add 13298778",
      "  risk-admin accounts remove 13298778 --reason \"closed by the firm\"",
      "  risk-admin accounts remove 13298778 --now --reason \"a typing error\"",
      "  risk-admin accounts test"
    },
    subcommands = {
      AccountsCommand.ListThem.class,
      AccountsCommand.Add.class,
      AccountsCommand.Remove.class,
      AccountsCommand.Test.class
    })
public final class AccountsCommand extends CommandGroup {
  /** {@code accounts list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the accounts of the login; those that are protected first.",
      footer = {"", "Example:", "  risk-admin accounts list"})
  static final class ListThem implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      try (AdminClient client = options.admin()) {
        print(client.accountsList(), options, spec.commandLine().getOut());
        return 0;
      }
    }
  }

  /** {@code accounts add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Protects another account of the login, from the next start of the engine on.",
      footer = {"", "Example:", "  risk-admin accounts add 13298778"})
  static final class Add implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Parameters(paramLabel = "ACCOUNT", description = "Its number.")
    private long account;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (AdminClient client = options.admin()) {
        print(client.accountsAdd(account), options, out);
        if (!options.json()) {
          out.println("Account " + account + " is protected from the next start of the engine on.");
        }
        return 0;
      }
    }
  }

  /** {@code accounts remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Ends the protection of an account at its next reset. One that the venue has never listed",
        "leaves at once. Its lockouts stay, and hold when it is added again.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin accounts remove 13298778 --reason \"closed\"",
        "  risk-admin accounts remove 13298778 --now --reason \"closed\""
      })
  static final class Remove implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Parameters(paramLabel = "ACCOUNT", description = "Its number.")
    private long account;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
    private @Nullable String reason;

    @Option(names = "--now", description = "Do not wait for its reset.")
    private boolean now;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      String why = reason == null ? Questions.ask("Reason: ", "--reason") : reason;
      Questions.insist("Stop protecting account " + account + "?", yes);
      try (AdminClient client = options.admin()) {
        AccountsView after = client.accountsRemove(account, why, now);
        print(after, options, out);
        if (!options.json()) {
          boolean stays =
              after.accounts().stream().anyMatch(a -> a.accountId() == account && a.monitored());
          out.println(
              "Account "
                  + account
                  + (stays ? " is protected until its next reset." : " is protected no more."));
        }
        return 0;
      }
    }
  }

  /** {@code accounts test}. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Tries the way to the venue and the disk, with timings: that of the running engine, or its",
        "own when there is none. Exit code 1 when something is not well.",
        ""
      },
      footer = {"", "Example:", "  risk-admin accounts test --json"})
  static final class Test implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      try (AdminClient client = options.admin()) {
        return DoctorCommand.print(client.accountsTest().probes(), options, spec.commandLine());
      } catch (ControlException.EngineNotRunning e) {
        return DoctorCommand.print(
            Doctor.venue(options.homeDir(), System.getenv()), options, spec.commandLine());
      }
    }
  }

  private static void print(AccountsView view, Options options, PrintWriter out) {
    if (options.json()) {
      out.println(WireJson.write(view));
      return;
    }
    TextTable table = new TextTable("ACCOUNT", "NAME", "PROTECTION", "VENUE");
    for (AccountsView.Entry entry : view.accounts()) {
      Boolean canTrade = entry.canTrade();
      String venue = "does not list it";
      if (canTrade != null) {
        venue = canTrade ? "may trade" : "may not trade";
      }
      String protection = entry.monitored() ? "yes" : "no";
      if (entry.notProtected() != null) {
        protection = "NOT PROTECTED";
      }
      table.row(Long.toString(entry.accountId()), entry.name(), protection, venue);
    }
    table.lines().forEach(out::println);
  }
}
