package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.ConfigFiles;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.payload.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code risk-admin check}: plays scenario files and says of each whether it came as expected. */
public final class ScenarioCheck {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private ScenarioCheck() {}

  /**
   * What to check, and how to tell.
   *
   * @param files scenario files, or directories of them
   * @param config a directory with a {@code risk_config.yaml} that each scenario's own rules are
   *     laid over
   * @param environment what {@code ${NAME}} in that file is replaced from
   * @param json one JSON object instead of lines
   * @param decisions shows what was decided, also where all is well
   */
  public record Options(
      List<Path> files,
      Optional<Path> config,
      Map<String, String> environment,
      boolean json,
      boolean decisions,
      boolean color) {}

  /**
   * Checks them all.
   *
   * @param out the results
   * @param err what cannot be read
   * @return 0 when every file could be read and every scenario is green, else 1
   */
  public static int run(Options options, PrintWriter out, PrintWriter err) {
    Problems problems = new Problems();
    Optional<ConfigNode> base =
        options.config().map(dir -> ConfigFiles.riskConfig(dir, options.environment(), problems));
    Holidays holidays =
        options
            .config()
            .map(dir -> ConfigFiles.holidays(dir, options.environment(), problems))
            .orElseGet(ShippedConfig::holidays);
    if (problems.hasErrors()) {
      problems.errors().forEach(error -> err.println(error));
      return FAILED;
    }
    List<Path> files;
    try {
      files = ScenarioFiles.find(options.files());
    } catch (IOException e) {
      err.println("risk-admin: cannot list the scenario files: " + e.getMessage());
      return FAILED;
    }
    if (files.isEmpty()) {
      err.println("risk-admin: no scenario files (*.yaml, *.yml) in " + options.files());
      return FAILED;
    }
    Tally tally = new Tally(options, out);
    for (Path file : files) {
      Problems own = new Problems();
      List<Scenario> scenarios = ScenarioFiles.read(file, base, holidays, own);
      if (own.hasErrors()) {
        tally.unreadable(file, own);
        own.errors().forEach(error -> err.println(named(file, error)));
        continue;
      }
      scenarios.forEach(scenario -> tally.add(file, ScenarioRun.of(scenario)));
    }
    tally.finish();
    return tally.allGreen() ? DONE : FAILED;
  }

  /** With the path as it was given: several directories may have a file of the same name. */
  private static String named(Path file, Problems.Problem error) {
    Path parent = file.getParent();
    return parent == null ? error.toString() : parent.resolve(".").normalize() + "/" + error;
  }

  /** Counts, and prints as it goes. */
  private static final class Tally {
    private final Options options;
    private final PrintWriter out;
    private final CheckText text;
    private final ArrayNode results = WireJson.mapper().createArrayNode();
    private final List<String> unreadable = new ArrayList<>();
    private int green;
    private int red;

    Tally(Options options, PrintWriter out) {
      this.options = options;
      this.out = out;
      this.text = new CheckText(options.color(), options.decisions());
    }

    void add(Path file, ScenarioRun run) {
      if (run.green()) {
        green++;
      } else {
        red++;
      }
      if (options.json()) {
        results.add(CheckJson.of(file, run));
      } else {
        text.lines(run).forEach(out::println);
      }
    }

    void unreadable(Path file, Problems problems) {
      unreadable.add(file.toString());
      if (options.json()) {
        problems
            .errors()
            .forEach(error -> results.add(CheckJson.unreadable(file, error.toString())));
      } else {
        out.println("error  " + file + ": " + count(problems.errors().size(), "mistake"));
      }
    }

    void finish() {
      if (options.json()) {
        ObjectNode all = WireJson.mapper().createObjectNode();
        all.put("green", green).put("red", red).put("unreadableFiles", unreadable.size());
        all.set("scenarios", results);
        out.println(all);
      } else {
        out.println(
            count(green + red, "scenario")
                + ": "
                + green
                + " green, "
                + red
                + " red"
                + (unreadable.isEmpty()
                    ? ""
                    : "; " + count(unreadable.size(), "file") + " not run, see the errors"));
      }
      out.flush();
    }

    boolean allGreen() {
      return red == 0 && unreadable.isEmpty();
    }

    private static String count(int number, String what) {
      return number + " " + what + (number == 1 ? "" : "s");
    }
  }
}
