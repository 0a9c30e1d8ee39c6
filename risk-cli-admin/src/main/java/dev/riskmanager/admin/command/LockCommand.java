package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lock}: a manual lockout. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    description = {
      "Locks an account by hand. Positions stay (use flatten to close them); nothing may be added."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin lock 13298777 --for 30m --reason \"cool down\"",
      "  risk-admin lock 13298777 --until 2026-08-19T22:00:00Z --reason \"news\""
    })
public final class LockCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Parameters(paramLabel = "ACCOUNT", description = "The venue's account id.")
  private long account;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private End end;

  /** When it ends: one of the two. */
  static final class End {
    @Option(names = "--for", paramLabel = "TIME", description = "How long: 90s, 30m, 1h30m.")
    private @Nullable String duration;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "When it ends, ISO-8601 with zone.")
    private @Nullable String until;
  }

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the trader sees it.")
  private @Nullable String reason;

  @Option(
      names = "--yes",
      description = "Accepted for scripts; locking only protects, and never asks.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    return asked().run(options, new Printers(line.getOut(), line.getErr()));
  }

  Lock asked() {
    return new Lock(account, until(), reason);
  }

  private Lock.End until() {
    String duration = end.duration;
    if (duration != null) {
      return Lock.End.after(duration)
          .orElseThrow(() -> wrong("--for must be like 90s, 30m or 1h30m, not " + duration));
    }
    String until = String.valueOf(end.until);
    return Lock.End.at(until)
        .orElseThrow(() -> wrong("--until must be like 2026-08-19T22:00:00Z, not " + until));
  }

  private CommandLine.ParameterException wrong(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }
}
