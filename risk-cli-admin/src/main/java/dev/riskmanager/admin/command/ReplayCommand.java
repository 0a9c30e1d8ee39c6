package dev.riskmanager.admin.command;

import dev.riskmanager.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: what these rules would have done, or did. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a recording through the engine's core with the recording's own clock and no venue.",
      "Decisions go to standard output, one JSON line each; everything else to standard error.",
      "No engine and no password is needed."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin replay --config ~/.risk-manager/config --events recording.jsonl",
      "  risk-admin replay --events ~/.risk-manager/data/recordings",
      "  zcat old.gz | risk-admin replay --config DIR --events - | jq -r .decision",
      "  risk-admin replay --config DIR --events day.jsonl \\",
      "      --sweep daily_realized_loss.limit=-300,-500,-800",
      "  risk-admin replay --config DIR --events trades_export.csv",
      "",
      "The formats are in docs/replay.md.",
      "Exit codes: 0 done, 1 a malformed line or an unreadable file, 2 wrong options."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description =
          "The directory of risk_config.yaml, and of accounts.yaml and holidays.yaml if they are"
              + " there. Without it, the rules that the recording begins with.")
  private @Nullable Path config;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      required = true,
      description =
          "A recording (may be gzipped), a directory of recordings, a CSV of trades exported by"
              + " TopstepX, or - for standard input; may be given several times.")
  private List<String> events = List.of();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Decisions before then are made but not printed: 2025-10-31T14:30:00Z.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Lines from then on are not read: 2025-10-31T21:00:00Z.")
  private @Nullable String to;

  @Option(
      names = "--sweep",
      paramLabel = "KEY=V1,V2,…",
      description = "A table of what each value of a rule's key would have led to.")
  private @Nullable String sweep;

  @Option(
      names = "--keep-rules",
      description = "Changes of the configuration in the recording do not count.")
  private boolean keepRules;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Whose trades an exported CSV holds; it does not say.")
  private @Nullable Long account;

  @Option(
      names = "--json",
      description = "The table of --sweep as JSON; decisions are always JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return Replay.run(
        new Replay.Options(
            Optional.ofNullable(config),
            events,
            System.getenv(),
            account == null ? OptionalLong.empty() : OptionalLong.of(account),
            time("--from", from),
            time("--to", to),
            keepRules,
            Optional.ofNullable(sweep),
            json,
            isErrTerminal()),
        System.in,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private Optional<Instant> time(String option, @Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Invalid value for option '"
              + option
              + "': '"
              + text
              + "' is not a time such as 2025-10-31T14:30:00Z");
    }
  }

  /** Whether somebody watches standard error while standard output may go elsewhere. */
  private static boolean isErrTerminal() {
    try {
      String where = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return where.startsWith("/dev/pts/") || where.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
