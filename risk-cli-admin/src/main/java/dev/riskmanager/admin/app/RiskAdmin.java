package dev.riskmanager.admin.app;

import dev.riskmanager.admin.command.AccountsCommand;
import dev.riskmanager.admin.command.AuditCommand;
import dev.riskmanager.admin.command.BackupCommand;
import dev.riskmanager.admin.command.CheckCommand;
import dev.riskmanager.admin.command.ConfigCommand;
import dev.riskmanager.admin.command.DemoCommand;
import dev.riskmanager.admin.command.DoctorCommand;
import dev.riskmanager.admin.command.DrillCommand;
import dev.riskmanager.admin.command.EngineCommand;
import dev.riskmanager.admin.command.FlattenCommand;
import dev.riskmanager.admin.command.InitCommand;
import dev.riskmanager.admin.command.LockCommand;
import dev.riskmanager.admin.command.LockoutsCommand;
import dev.riskmanager.admin.command.NotifyCommand;
import dev.riskmanager.admin.command.PasswdCommand;
import dev.riskmanager.admin.command.ReplayCommand;
import dev.riskmanager.admin.command.RestoreCommand;
import dev.riskmanager.admin.command.RulesCommand;
import dev.riskmanager.admin.command.ShellCommand;
import dev.riskmanager.admin.command.UnlockCommand;
import dev.riskmanager.admin.command.VenueCommand;
import dev.riskmanager.admin.session.OneDocument;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/**
 * {@code risk-admin} as picocli reads it: everything that changes something, and the tools around
 * it.
 */
@Command(
    name = "risk-admin",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = {"Sets up, runs and controls the Risk Manager.", ""},
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  risk-admin demo                              see it work, nothing needed",
      "  risk-admin init                              set up a home",
      "  risk-admin engine start                      start protecting",
      "  risk-admin                                   the shell: all commands",
      "  risk-admin rules set RULE-003 limit -300     change a rule",
      "  risk-admin check limits.yaml                 test your limits",
      "  risk-admin drill                             does the alarm work?",
      "  risk-admin unlock 13298777                   end the lockouts of an account",
      "",
      "Passwords are asked for, read with --password-stdin, or taken from the file that",
      "RISK_ADMIN_PASSWORD_FILE names; never from the command line.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong options, 3 engine not running,",
      "4 authentication failed or blocked."
    },
    subcommands = {
      InitCommand.class,
      PasswdCommand.class,
      EngineCommand.class,
      NotifyCommand.class,
      RulesCommand.class,
      AccountsCommand.class,
      ConfigCommand.class,
      LockoutsCommand.class,
      UnlockCommand.class,
      LockCommand.class,
      FlattenCommand.class,
      AuditCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CheckCommand.class,
      ReplayCommand.class,
      DoctorCommand.class,
      DrillCommand.class,
      DemoCommand.class,
      VenueCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class RiskAdmin implements Runnable {
  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /**
   * Runs one command, with its output and its messages elsewhere.
   *
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return OneDocument.of(out, err, (answer, rest) -> parse(answer, rest, args), args);
  }

  private static int parse(PrintWriter out, PrintWriter err, String... args) {
    if (args.length == 0) {
      return commands(out, err).execute("shell");
    }
    Object quick = quick(args[0]);
    if (quick == null) {
      return commands(out, err).execute(args);
    }
    return settings(new CommandLine(quick), out, err)
        .setCommandName("risk-admin " + args[0])
        // What is wrong is said by the whole, which knows what else there is.
        .setParameterExceptionHandler((wrong, given) -> commands(out, err).execute(args))
        .execute(Arrays.copyOfRange(args, 1, args.length));
  }

  /**
   * What is called most, and when it is urgent, where {@link dev.riskmanager.admin.command.Urgent}
   * has not understood it: alone, without looking at all the other commands, it starts in half the
   * time. Null for all others.
   */
  private static @Nullable Object quick(String name) {
    return switch (name) {
      case "unlock" -> new UnlockCommand();
      case "lock" -> new LockCommand();
      case "flatten" -> new FlattenCommand();
      case "lockouts" -> new LockoutsCommand();
      default -> null;
    };
  }

  /** All commands. */
  public static CommandLine commands(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new RiskAdmin());
    line.addSubcommand(new ShellCommand(RiskAdmin::commands));
    settings(line, out, err);
    CommandList.install(line);
    CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    return line.setParameterExceptionHandler(
        (wrong, given) ->
            wrong instanceof CommandLine.UnmatchedArgumentException && triesAPassword(given)
                ? noPassword(wrong.getCommandLine())
                : usual.handleParseException(wrong, given));
  }

  /** What cannot be an option of ours, and what may follow it. */
  private static boolean triesAPassword(String[] given) {
    return Arrays.stream(given)
        .anyMatch(
            word ->
                word.matches("(?i)--?p(ass(word|wd|phrase)?)?(=.*)?")
                    || word.matches("(?i)--?(secret|api[-_]?key)(=.*)?"));
  }

  /** The usual message would repeat what was typed. */
  private static int noPassword(CommandLine line) {
    line.getErr()
        .println(
            "A password or key is never an argument: others would see it in the list of processes."
                + " Use --password-stdin, or a file that RISK_ADMIN_PASSWORD_FILE names.");
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static CommandLine settings(CommandLine line, PrintWriter out, PrintWriter err) {
    return line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(RiskAdmin::wrong)
        .setExecutionExceptionHandler(RiskAdmin::failed);
  }

  /** Without a command: what there is. */
  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "give a command");
    }
  }

  /** Not the whole help: on an ordinary terminal it would push the reason off the screen. */
  private static int wrong(CommandLine.ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("risk-admin: " + e.getMessage());
    OneDocument.failed(List.of(String.valueOf(e.getMessage())), null);
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(
      Exception e, CommandLine commandLine, CommandLine.ParseResult parseResult) {
    return Failures.tell(e, commandLine.getErr());
  }
}
