package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.Durations;
import dev.riskmanager.admin.render.LockoutsText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
    PrintWriter out = spec.commandLine().getOut();
    Instant until = until(InstantSource.system());
    String why =
        reason == null || reason.isBlank() ? Questions.ask("Reason: ", "--reason") : reason;
    LockoutRecord lockout =
        options.reducing(
            (client, password) -> client.lock(new LockRequest(account, until, why), password));
    if (options.json()) {
      out.println(WireJson.write(lockout));
    } else {
      Options.folded(LockoutsText.lines(List.of(lockout))).forEach(out::println);
    }
    return 0;
  }

  private Instant until(InstantSource clock) throws CommandException {
    if (end.duration != null) {
      String written = end.duration;
      Duration duration =
          Durations.parse(written)
              .orElseThrow(
                  () ->
                      new CommandLine.ParameterException(
                          spec.commandLine(),
                          "--for must be like 90s, 30m or 1h30m, not " + written));
      // To the full second, later rather than sooner: nobody reads further.
      return clock
          .instant()
          .plus(duration)
          .plusSeconds(1)
          .minusNanos(1)
          .truncatedTo(ChronoUnit.SECONDS);
    }
    String written = String.valueOf(end.until);
    try {
      return Instant.parse(written);
    } catch (DateTimeParseException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--until must be like 2026-08-19T22:00:00Z, not " + written, e);
    }
  }
}
