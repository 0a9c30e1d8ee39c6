package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.Options;
import dev.riskmanager.replay.ScenarioCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: tests of one's own limits. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Plays scenario files (YAML: rules, what happens, what must be decided) through the engine's",
      "core and says green or red for each, with the differences. No engine, venue or password is",
      "needed. A directory stands for the .yaml and .yml files in and below it."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin check limits.yaml",
      "  risk-admin check --config ~/.risk-manager/config scenarios/",
      "  risk-admin check --decisions --json limits.yaml",
      "",
      "The form of a scenario is in docs/replay.md.",
      "Exit codes: 0 all green, 1 a red one or an unreadable file, 2 wrong options."
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Scenario files or directories.")
  private List<Path> files = List.of();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description =
          "The directory of a risk_config.yaml (and holidays.yaml); a scenario's own rules are laid"
              + " over it.")
  private @Nullable Path config;

  @Option(
      names = "--decisions",
      description = "Also show what was decided where all came as expected.")
  private boolean decisions;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--no-color", description = "No colours; they appear only on a terminal.")
  private boolean noColor;

  @Override
  public Integer call() {
    boolean color = !noColor && System.getenv("NO_COLOR") == null && Options.onTerminal();
    return ScenarioCheck.run(
        new ScenarioCheck.Options(
            files, Optional.ofNullable(config), System.getenv(), json, decisions, color),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
