package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads scenario files. */
final class ScenarioFiles {
  private ScenarioFiles() {}

  /**
   * The files themselves, and those with the endings .yaml and .yml in and below the directories,
   * by name.
   *
   * @throws IOException when a directory cannot be listed
   */
  static List<Path> find(List<Path> named) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> below = Files.walk(path)) {
        below.filter(ScenarioFiles::isScenario).sorted().forEach(files::add);
      } catch (UncheckedIOException e) {
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
    }
    return List.copyOf(files);
  }

  private static boolean isScenario(Path file) {
    String name = file.toString();
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
  }

  /** The scenarios of a file: a list of them, or one alone. */
  static List<Scenario> read(
      Path file, Optional<ConfigNode> base, Holidays holidays, Problems problems) {
    if (Files.notExists(file)) {
      problems.error(
          new ConfigNode.Place(String.valueOf(file.getFileName()), 0, 0),
          "",
          "there is no such file");
      return List.of();
    }
    Optional<ConfigNode> tree = YamlFile.read(file, problems);
    if (tree.isEmpty()) {
      return List.of();
    }
    List<ConfigNode> nodes =
        tree.get() instanceof ConfigNode.Sequence list ? list.items() : List.of(tree.get());
    List<Scenario> scenarios = new ArrayList<>();
    for (ConfigNode node : nodes) {
      scenarios.add(ScenarioReader.read(Settings.of("", node, problems), base, holidays));
    }
    if (scenarios.isEmpty()) {
      problems.error(tree.get().place(), "", "there is no scenario in it");
    }
    return List.copyOf(scenarios);
  }
}
