package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flatten}: the emergency exit. */
@Command(
    name = "flatten",
    mixinStandardHelpOptions = true,
    description = "Closes every position and cancels every order of an account. It locks nothing.",
    footer = {"", "Example:", "  risk-admin flatten 13298777 --reason \"power cut ahead\" --yes"})
public final class FlattenCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Parameters(paramLabel = "ACCOUNT", description = "The venue's account id.")
  private long account;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
  private @Nullable String reason;

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    return asked().run(options, new Printers(line.getOut(), line.getErr()));
  }

  Flatten asked() {
    return new Flatten(account, reason, yes);
  }
}
