package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** All commands, as picocli reads them. */
@Command(
    name = "risk-trader",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Shows what the risk engine sees and does. It can change nothing.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  risk-trader status                the live screen; q quits, ? lists the keys",
      "  risk-trader status --json         one snapshot for a program",
      "  risk-trader status --oneline      for the status bar of tmux or a prompt",
      "  risk-trader lockouts              what is locked, why, and for how long",
      "  risk-trader --home /srv/risk why  why the engine acted last",
      "  risk-trader log --follow          what the engine does, as it does it",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong options, 3 engine not running,",
      "10 status --check found an account lockout."
    })
final class CommandTree implements Runnable {
  static final List<String> COMMANDS =
      List.of(
          "status",
          "lockouts",
          "pnl",
          "positions",
          "rules",
          "hours",
          "engine",
          "log",
          "why",
          "watch",
          "clock-in",
          "clock-out",
          "diary");

  @Mixin final CommonOptions options = new CommonOptions();
  private final Console console;

  private CommandTree(Console console) {
    this.console = console;
  }

  /** A switch, and not a map of constructors: it loads no command but the one that is asked for. */
  private static @Nullable Object command(String name, Context context) {
    return switch (name) {
      case "status" -> new StatusCommand(context);
      case "lockouts" -> new LockoutsCommand(context);
      case "pnl" -> new PnlCommand(context);
      case "positions" -> new PositionsCommand(context);
      case "rules" -> new RulesCommand(context);
      case "hours" -> new HoursCommand(context);
      case "engine" -> new EngineCommand(context);
      case "log" -> new LogCommand(context);
      case "why" -> new WhyCommand(context);
      case "watch" -> new WatchCommand(context);
      case "clock-in" -> new ClockInCommand(context);
      case "clock-out" -> new ClockOutCommand(context);
      case "diary" -> new DiaryCommand(context);
      default -> null;
    };
  }

  /** Runs what the arguments ask for; throws what the command could not do. */
  static int run(Console console, String... args) throws IOException, ControlException, Failure {
    CommandLine line = line(console, args);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(CommandTree::wrongOptions);
    Exception[] thrown = new Exception[1];
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          thrown[0] = e;
          return ExitCode.SOFTWARE;
        });
    boolean colors = console.depth(false) != ColorDepth.NONE;
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            colors ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    int code = line.execute(args);
    switch (thrown[0]) {
      case null -> {
        return code;
      }
      case ControlException e -> throw e;
      case IOException e -> throw e;
      case Failure e -> throw e;
      case RuntimeException e -> throw e;
      case Exception e -> throw new IllegalStateException(e);
    }
  }

  /**
   * All commands, or only the one that is named first: reading the annotations of the others would
   * take longer than answering.
   */
  static CommandLine line(Console console, String... args) {
    CommandTree program = new CommandTree(console);
    Context context = new Context(console, program.options);
    CommandLine line = new CommandLine(program);
    Object only = args.length == 0 ? null : command(args[0], context);
    if (only != null) {
      line.addSubcommand(args[0], only);
      return line;
    }
    COMMANDS.forEach(name -> line.addSubcommand(name, command(name, context)));
    line.addSubcommand("generate-completion", new GenerateCompletion());
    return line;
  }

  /** Without a command: what there is. */
  @Override
  public void run() {
    line(console).usage(console.out());
  }

  private static int wrongOptions(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("risk-trader: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}
