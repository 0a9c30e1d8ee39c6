package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.BackupText;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Maintenance;
import dev.riskmanager.wire.BackupView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore}: puts a backup in the place of the database. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a backup in the place of the database of an engine that does not run, after showing"
          + " what",
      "is in it and what came later. The replaced database is kept beside it. At the next start"
          + " the",
      "lockouts set since are rebuilt from audit.log, and every account is held until it is"
          + " unlocked",
      "with --rule BOOKS."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin restore --latest",
      "  risk-admin restore data/backups/risk-2026-08-19.db --reason \"disk failure\""
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The backup.")
  private @Nullable Path file;

  @Option(names = "--latest", description = "The newest usable backup.")
  private boolean latest;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; kept on the audit.")
  private String reason = "";

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    if (latest == (file != null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "give the FILE of a backup, or --latest");
    }
    PrintWriter out = spec.commandLine().getOut();
    char[] password = options.passwords().read("Admin password: ");
    try (Maintenance maintenance = Maintenance.begin(options.homeDir(), password)) {
      BackupView chosen = maintenance.choose(Optional.ofNullable(file));
      BackupText.preview(chosen).forEach(out::println);
      out.flush();
      Questions.insist("Restore it?", yes);
      Optional<Path> kept = maintenance.restore(System.getProperty("user.name", "unknown"), reason);
      out.println("Restored: " + chosen.file());
      kept.ifPresent(path -> out.println("The database it replaced is kept as " + path));
      return 0;
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
