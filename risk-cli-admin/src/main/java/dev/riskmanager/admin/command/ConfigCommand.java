package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ConfigText;
import dev.riskmanager.admin.render.FoldedWriter;
import dev.riskmanager.admin.render.Times;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.ConfigCheck;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigView;
import dev.riskmanager.wire.ReloadRequest;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config}: checks, shows, compares and reloads the configuration. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Checks, shows, compares and reloads the configuration. What tightens takes effect at once,",
      "what loosens at the next reset; `config diff` says which is which."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin config validate --config ./config",
      "  risk-admin config diff",
      "  risk-admin config edit holidays.yaml",
      "  risk-admin config reload",
      "  risk-admin config reload --now --reason \"new contract agreed with the coach\""
    },
    subcommands = {
      ConfigCommand.Validate.class,
      ConfigCommand.Show.class,
      ConfigCommand.Diff.class,
      ConfigCommand.Edit.class,
      ConfigCommand.Reload.class
    })
public final class ConfigCommand extends CommandGroup {
  /** {@code config validate}: needs no engine and no password. */
  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = {
        "Checks the four files; every error is listed with file, line and column. Needs no engine",
        "and no password. Exit code 1 when there is an error."
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin config validate",
        "  risk-admin config validate --config ./config --json"
      })
  static final class Validate implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(
        names = "--config",
        paramLabel = "DIR",
        description = "The directory of the files; else config/ of the home.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws Exception {
      Path files = directory == null ? options.homeDir().config() : directory;
      return print(ConfigCheck.validate(files, System.getenv()), options, spec.commandLine());
    }

    private static int print(ConfigReport report, Options options, CommandLine line) {
      if (options.json()) {
        line.getOut().println(WireJson.write(report));
      } else {
        problems(report, line);
        if (report.valid()) {
          line.getOut().println("The configuration is valid.");
        }
      }
      return report.valid() ? 0 : CommandException.FAILED;
    }
  }

  /** {@code config show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the configuration that is in force, secrets masked.",
      footer = {"", "Example:", "  risk-admin config show"})
  static final class Show implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (AdminClient client = options.admin()) {
        ConfigView view = client.configShow();
        if (options.json()) {
          out.println(WireJson.write(view));
          return 0;
        }
        out.println("# in force since " + Times.text(view.loadedAt()));
        for (ConfigView.ConfigFile file : view.files()) {
          out.println();
          out.println(
              "# "
                  + file.name()
                  + (file.changedOnDisk() ? " (the file differs: risk-admin config diff)" : ""));
          FoldedWriter.exactly(out, file.text());
        }
        return 0;
      }
    }
  }

  /** {@code config diff}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = {
        "Compares the files with what is in force: each change, whether it tightens or loosens,",
        "and when a reload would let it take effect. Changes nothing."
      },
      footer = {"", "Example:", "  risk-admin config diff"})
  static final class Diff implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      try (AdminClient client = options.admin()) {
        return changes(client.configValidate(), options, spec.commandLine(), false);
      }
    }
  }

  /** {@code config edit}. */
  @Command(
      name = "edit",
      mixinStandardHelpOptions = true,
      description = {
        "Opens a file in $VISUAL or $EDITOR, on a copy; then checks it, shows what would change"
            + " and",
        "when, and asks. A file that somebody else changed meanwhile is not overwritten."
      },
      footer = {"", "Example:", "  risk-admin config edit holidays.yaml"})
  static final class Edit implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private ConfigEdit.Choices choices;

    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        defaultValue = "risk_config.yaml",
        description =
            "engine.yaml, accounts.yaml, risk_config.yaml or holidays.yaml; else risk_config.yaml.")
    private String file = "";

    @Override
    public Integer call() throws Exception {
      return new ConfigEdit(spec.commandLine(), choices).edit(file, null);
    }
  }

  /** {@code config reload}. */
  @Command(
      name = "reload",
      mixinStandardHelpOptions = true,
      description = {
        "Puts the files in force: what tightens at once, what loosens at the next reset. Files",
        "with errors change nothing."
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin config reload",
        "  risk-admin config reload --now --reason \"agreed with the coach\""
      })
  static final class Reload implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(
        names = "--now",
        description = "Loosening does not wait for the reset; needs a reason, kept on the audit.")
    private boolean now;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
      String why = now ? Questions.reason(reason) : reason;
      try (AdminClient client = options.admin()) {
        if (now) {
          Questions.insist("Let loosened rules take effect now?", yes);
        }
        ConfigReport report = client.configReload(new ReloadRequest(now, why));
        return changes(report, options, spec.commandLine(), now);
      }
    }
  }

  /** Errors and warnings on standard error, changes on standard output. */
  private static int changes(
      ConfigReport report, Options options, CommandLine line, boolean atOnce) {
    if (options.json()) {
      line.getOut().println(WireJson.write(report));
    } else {
      problems(report, line);
      if (report.valid()) {
        ConfigText.changes(report, atOnce).forEach(line.getOut()::println);
        ConfigText.history(report, false).forEach(line.getOut()::println);
        if (atOnce && !report.changes().isEmpty()) {
          line.getOut().println("All of it is in force now.");
        }
      } else {
        line.getErr().println("risk-admin: the files have errors; what was in force stays");
      }
    }
    return report.valid() ? 0 : CommandException.FAILED;
  }

  private static void problems(ConfigReport report, CommandLine line) {
    ConfigText.problems(report).forEach(line.getErr()::println);
  }
}
