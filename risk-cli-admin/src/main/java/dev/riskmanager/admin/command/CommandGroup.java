package dev.riskmanager.admin.command;

import picocli.CommandLine;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: one of its subcommands has to be named. */
abstract class CommandGroup implements Runnable {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public final void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "give one of: " + String.join(", ", spec.subcommands().keySet()));
  }
}
