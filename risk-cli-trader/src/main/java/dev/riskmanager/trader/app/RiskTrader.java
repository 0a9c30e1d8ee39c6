package dev.riskmanager.trader.app;

import dev.riskmanager.wire.ControlException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/**
 * The trader's program: it shows, and can change nothing. Exit codes: 0 done, 1 failed (one line on
 * standard error says why and what to do), 2 wrong options, 3 engine not running, 10 {@code
 * --check} found an account lockout.
 */
@Command(
    name = "risk-trader",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
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
public final class RiskTrader implements Runnable {
  private static final Map<String, Function<Context, Object>> COMMANDS = commands();

  @Mixin private final CommonOptions options = new CommonOptions();
  private final Console console;

  private RiskTrader(Console console) {
    this.console = console;
  }

  private static Map<String, Function<Context, Object>> commands() {
    Map<String, Function<Context, Object>> commands = new LinkedHashMap<>();
    commands.put("status", StatusCommand::new);
    commands.put("lockouts", LockoutsCommand::new);
    commands.put("engine", EngineCommand::new);
    return commands;
  }

  /**
   * The program.
   *
   * @param args its arguments
   */
  public static void main(String... args) {
    // Halting skips nothing we need but the shutdown hooks, and exit runs those.
    System.exit(run(args));
  }

  /**
   * The program inside another one, on this process's streams.
   *
   * @param args its arguments
   * @return its exit code
   */
  public static int run(String... args) {
    try (PrintStream out =
            new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 13),
                false,
                StandardCharsets.UTF_8);
        PrintStream err =
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
      return run(
          new Console(
              out,
              err,
              Console.isTerminal(1),
              System.getenv(),
              Clock.systemUTC(),
              System::nanoTime),
          args);
    }
  }

  /** The program with everything it sees of the world as an argument. */
  static int run(Console console, String... args) {
    CommandLine line = line(console, args);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(RiskTrader::wrongOptions);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.outIsTerminal()
                    && console.depth(false) != dev.riskmanager.trader.view.ColorDepth.NONE
                ? CommandLine.Help.Ansi.ON
                : CommandLine.Help.Ansi.OFF));
    int code = line.execute(args);
    console.out().flush();
    return code;
  }

  /**
   * All commands, or only the one that is named first: reading the annotations of the others would
   * take longer than answering.
   */
  private static CommandLine line(Console console, String... args) {
    RiskTrader program = new RiskTrader(console);
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

  private static int failed(Console console, Exception e) throws Exception {
    int code;
    if (e instanceof ControlException control) {
      code = control.exitCode();
    } else if (e instanceof IOException || e instanceof Failure) {
      code = ExitCode.SOFTWARE;
    } else {
      throw e;
    }
    console.out().flush();
    console.err().println("risk-trader: " + e.getMessage());
    return code;
  }

  /** A command could not do what it was asked; the message is for the user. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }
  }
}
