package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
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
      "  risk-trader status                the live screen; q quits, ? explains the keys",
      "  risk-trader status --json         one snapshot for a program",
      "  risk-trader status --oneline      for the status bar of tmux or a prompt",
      "  risk-trader lockouts              what is locked, why, and for how long",
      "  risk-trader --home /srv/risk why  why the engine acted last",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong options, 3 engine not running,",
      "10 status --check found an account lockout."
    })
final class CommandTree implements Runnable {
  private static final Map<String, Function<Context, Object>> COMMANDS = commands();

  @Mixin final CommonOptions options = new CommonOptions();
  private final Console console;

  private CommandTree(Console console) {
    this.console = console;
  }

  private static Map<String, Function<Context, Object>> commands() {
    Map<String, Function<Context, Object>> commands = new LinkedHashMap<>();
    commands.put("status", StatusCommand::new);
    commands.put("lockouts", LockoutsCommand::new);
    commands.put("engine", EngineCommand::new);
    return commands;
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
    Function<Context, Object> only = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (only != null) {
      line.addSubcommand(args[0], only.apply(context));
      return line;
    }
    COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.apply(context)));
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
