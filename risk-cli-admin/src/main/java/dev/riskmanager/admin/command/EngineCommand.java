package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ConfigText;
import dev.riskmanager.admin.render.EngineText;
import dev.riskmanager.admin.service.ServiceFiles;
import dev.riskmanager.admin.session.BackgroundEngine;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.ConfigCheck;
import dev.riskmanager.daemon.app.RiskEngineMain;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engine}: runs, starts, stops and shows the daemon. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Runs the engine in the foreground, the background or as a service, stops it, shows it.",
    footer = {
      "",
      "Examples:",
      "  risk-admin engine start",
      "  risk-admin engine stop --reason \"maintenance\"",
      "  risk-admin engine stop --reason \"maintenance\" --yes     in scripts"
    },
    subcommands = {
      EngineCommand.Run.class,
      EngineCommand.Start.class,
      EngineCommand.Stop.class,
      EngineCommand.Restart.class,
      EngineCommand.Status.class,
      ServiceCommands.Install.class,
      ServiceCommands.Uninstall.class
    })
public final class EngineCommand extends CommandGroup {
  /** {@code engine run}. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Runs the engine in the foreground until Ctrl-C.",
      footer = {"", "Example:", "  risk-admin engine run --home /srv/risk"})
  static final class Run implements Callable<Integer> {
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      return RiskEngineMain.run("--home", options.homeDir().root().toString());
    }
  }

  /** {@code engine start}. */
  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts the engine in the background and waits until it protects.",
      footer = {"", "Example:", "  risk-admin engine start"})
  static final class Start implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      return start(options, spec.commandLine());
    }
  }

  /** {@code engine stop}. */
  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops the engine. Lockouts stay in force; nothing enforces them meanwhile.",
      footer = {"", "Example:", "  risk-admin engine stop --reason \"maintenance\""})
  static final class Stop implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Do not ask for confirmation; needed in scripts.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
      if (!Questions.confirm("Stop protecting?", yes)) {
        throw new CommandException("not confirmed; the engine goes on");
      }
      stop(options, reason == null ? "stopped by the admin" : reason);
      spec.commandLine().getOut().println("The engine has stopped.");
      return 0;
    }
  }

  /** {@code engine restart}. */
  @Command(
      name = "restart",
      mixinStandardHelpOptions = true,
      description = {
        "Stops the engine and starts it again. Files with errors, with which it would not start,",
        "leave it running."
      },
      footer = {
        "",
        "Examples:",
        "  risk-admin engine restart",
        "  risk-admin engine restart --reason \"new mail server\" --yes     in scripts"
      })
  static final class Restart implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Do not ask for confirmation; needed in scripts.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
      refuseService(options, "restart");
      refuseErrors(options);
      if (!Questions.confirm("Stop the engine and start it? Nothing protects meanwhile.", yes)) {
        throw new CommandException("not confirmed; the engine goes on");
      }
      stop(options, reason == null ? "restarted by the admin" : reason);
      return start(options, spec.commandLine());
    }
  }

  /** {@code engine status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows the engine and its connection.",
      footer = {"", "Example:", "  risk-admin engine status --json"})
  static final class Status implements Callable<Integer> {
    @Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private Options options;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (ViewClient client = options.view()) {
        StatusView status = client.status(OptionalLong.empty());
        if (options.json()) {
          out.println(WireJson.write(status.engine()));
        } else {
          EngineText.lines(status).forEach(out::println);
        }
        return 0;
      }
    }
  }

  private static int start(Options options, CommandLine commandLine) throws Exception {
    refuseService(options, "start");
    HomeDir home = options.homeDir();
    PrintWriter out = commandLine.getOut();
    StatusView status = new BackgroundEngine(home).start(commandLine.getErr());
    EngineText.lines(status).forEach(out::println);
    return status.engine().state() == EngineState.NOT_PROTECTED ? 1 : 0;
  }

  /** A second engine in the background would hold the home against the service. */
  private static void refuseService(Options options, String what) throws CommandException {
    if (new ServiceFiles(Path.of("/")).serves(options.homeDir().root())) {
      throw new CommandException(
          "the engine of this home is a service; use: sudo systemctl " + what + " risk-manager");
    }
  }

  /** An engine that was stopped and cannot start protects nobody. */
  private static void refuseErrors(Options options) throws CommandException {
    ConfigReport report = ConfigCheck.validate(options.homeDir().config(), System.getenv());
    if (!report.valid()) {
      List<String> lines = new ArrayList<>(ConfigText.problems(report));
      lines.add("it would not start with these files; the engine was not stopped");
      throw new CommandException(lines, CommandException.FAILED);
    }
  }

  private static void stop(Options options, String reason) throws Exception {
    long pid;
    try (AdminClient client = options.admin()) {
      pid = client.shutdown(reason).pid();
    }
    BackgroundEngine.awaitEnd(pid);
  }
}
