package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which keys each rule has, and which words each key takes: told by the readers of the rules
 * themselves while they read the shipped file, so that there is no second list of them.
 *
 * @param words by section, then by the path of the key inside it; empty where any value may stand
 */
public record RuleKeys(Map<String, Map<String, List<String>>> words) {

  /** Those of this version. */
  public static RuleKeys shipped() {
    Map<String, Map<String, List<String>>> found = new TreeMap<>();
    Problems problems =
        new Problems(
            (path, words) -> {
              int dot = path.indexOf('.');
              if (dot > 0) {
                String key = path.substring(dot + 1).replace("[", ".").replace("]", "");
                found
                    .computeIfAbsent(path.substring(0, dot), section -> new TreeMap<>())
                    .merge(key, words, (a, b) -> a.isEmpty() ? b : a);
              }
            });
    Optional<ConfigNode> tree =
        YamlFile.parse(
            ShippedConfig.RISK_CONFIG, ShippedConfig.text(ShippedConfig.RISK_CONFIG), problems);
    tree.ifPresent(node -> RuleCatalog.read(node, Holidays.NONE, problems));
    return new RuleKeys(found);
  }

  /** The keys of a section that hold values; those that hold other keys are left out. */
  public List<String> keys(String section) {
    Map<String, List<String>> all = words.getOrDefault(section, Map.of());
    return all.keySet().stream()
        .filter(key -> all.keySet().stream().noneMatch(other -> other.startsWith(key + ".")))
        .toList();
  }

  /** The words that a key takes; empty when it takes other values. */
  public List<String> values(String section, String key) {
    return words.getOrDefault(section, Map.of()).getOrDefault(key, List.of());
  }
}
