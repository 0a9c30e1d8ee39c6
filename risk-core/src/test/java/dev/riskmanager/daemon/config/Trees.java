package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.util.List;

/** Texts of tests, read like files. */
final class Trees {
  private Trees() {}

  static ConfigNode tree(String yaml, Problems problems) {
    return YamlFile.parse("f.yaml", yaml, problems).orElseThrow();
  }

  static Settings settings(String yaml, Problems problems) {
    return Settings.of("", tree(yaml, problems), problems);
  }

  static List<String> lines(Problems problems) {
    return problems.all().stream().map(Object::toString).toList();
  }
}
