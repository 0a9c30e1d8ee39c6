package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Session;
import dev.riskmanager.admin.shell.ShellRunner;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code shell}: all commands, the password once. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = {
      "The password once, then all commands, with completion (Tab), history, and news above the",
      "prompt. Ctrl-C gives up the line or the waiting, Ctrl-D leaves. After ten idle minutes the",
      "password is asked for again. Without a terminal it carries out the lines of standard",
      "input, one command each, up to the first that fails."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin",
      "  risk-admin shell --home /srv/risk",
      "  RISK_ADMIN_PASSWORD_FILE=pw risk-admin shell < morning.txt"
    })
public final class ShellCommand implements Callable<Integer> {
  private final BiFunction<PrintWriter, PrintWriter, CommandLine> commands;
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  /**
   * The command.
   *
   * @param commands makes all commands anew, with their output and their messages
   */
  public ShellCommand(BiFunction<PrintWriter, PrintWriter, CommandLine> commands) {
    this.commands = commands;
  }

  @Override
  public Integer call() throws Exception {
    if (Session.CURRENT.isBound()) {
      throw new CommandLine.ParameterException(spec.commandLine(), "this is the shell already");
    }
    ShellRunner runner = new ShellRunner(options, commands::apply);
    CommandLine line = spec.commandLine();
    return Options.onTerminal() ? runner.onTerminal() : runner.script(line.getOut(), line.getErr());
  }
}
