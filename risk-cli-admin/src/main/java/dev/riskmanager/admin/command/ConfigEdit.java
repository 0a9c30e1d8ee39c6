package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ConfigText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.EditorProcess;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.Sha256;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Edits a file of the configuration on a copy; what comes of it is shown before it is written. */
final class ConfigEdit {
  private final CommandLine line;
  private final Choices choices;

  ConfigEdit(CommandLine line, Choices choices) {
    this.line = line;
    this.choices = choices;
  }

  /** The options of {@code config edit} and {@code rules edit}. */
  static final class Choices {
    @Mixin private Options options;

    @Option(
        names = "--now",
        description = "Loosening does not wait for the reset; needs a reason, kept on the audit.")
    private boolean now;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Do not ask before it is written.")
    private boolean yes;
  }

  /**
   * Opens the editor until the file is valid or given up.
   *
   * @param rule where to begin, or null
   * @return the exit code
   */
  int edit(String file, @Nullable String rule) throws Exception {
    if (!ShippedConfig.FILES.contains(file)) {
      throw new CommandException(
          "there is no file " + file + "; there are: " + String.join(", ", ShippedConfig.FILES),
          CommandLine.ExitCode.USAGE);
    }
    String why = choices.now ? Questions.reason(choices.reason) : choices.reason;
    Path path = choices.options.homeDir().config().resolve(file);
    String before = read(path);
    try (AdminClient client = choices.options.admin();
        EditorProcess editor = EditorProcess.on(file, before)) {
      while (true) {
        String after = editor.edit(lineOf(before, rule));
        if (after.equals(before)) {
          line.getOut().println("Nothing was changed.");
          return 0;
        }
        ConfigReport report = client.configValidate(file, after);
        show(report);
        if (report.valid()) {
          return write(
              client,
              new ConfigWriteRequest(
                  file,
                  Sha256.hex(before.getBytes(StandardCharsets.UTF_8)),
                  after,
                  choices.now,
                  why));
        }
        if (!Questions.possible() || !Questions.confirm("Edit it again?", false)) {
          throw new CommandException("the file has errors; nothing was written");
        }
      }
    }
  }

  private int write(AdminClient client, ConfigWriteRequest request) throws Exception {
    if (!Questions.confirm("Write " + request.file() + " and put it in force?", choices.yes)) {
      throw new CommandException("not confirmed; nothing was written");
    }
    ConfigReport done = client.configWrite(request);
    if (choices.options.json()) {
      line.getOut().println(WireJson.write(done));
    } else if (!done.valid()) {
      show(done);
    } else {
      line.getOut().println(request.file() + " is written.");
    }
    return done.valid() ? 0 : CommandException.FAILED;
  }

  private void show(ConfigReport report) {
    PrintWriter out = choices.options.json() ? line.getErr() : line.getOut();
    ConfigText.problems(report).forEach(line.getErr()::println);
    if (report.valid()) {
      List<String> changes =
          report.changes().isEmpty()
              ? List.of(
                  "The rules stay as they are: only comments, spelling or other files change.")
              : ConfigText.changes(report, choices.now);
      changes.forEach(out::println);
      ConfigText.history(report, true).forEach(out::println);
    }
  }

  private static String read(Path path) throws CommandException {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandException("cannot read " + path + " (" + e.getMessage() + ")");
    }
  }

  /** The line of a rule's section, from 1. */
  private static int lineOf(String text, @Nullable String rule) throws CommandException {
    if (rule == null) {
      return 1;
    }
    RuleId id =
        RuleCatalog.find(rule)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no rule is called " + rule + "; `risk-admin rules list` shows them"));
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(id.key() + ":")) {
        return i + 1;
      }
    }
    return 1;
  }
}
