package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockouts}: what is locked. */
@Command(
    name = "lockouts",
    mixinStandardHelpOptions = true,
    description = "Lists the active lockouts, with their rule, reason and end.",
    footer = {"", "Example:", "  risk-admin lockouts --history"})
public final class LockoutsCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Option(names = "--history", description = "Ended ones too, newest first.")
  private boolean history;

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    return asked().run(options, new Printers(line.getOut(), line.getErr()));
  }

  Lockouts asked() {
    return new Lockouts(history);
  }
}
