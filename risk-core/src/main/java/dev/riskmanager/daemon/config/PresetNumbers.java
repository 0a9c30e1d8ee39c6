package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.ConfigWriter.Edit;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Mapping;
import dev.riskmanager.domain.settings.ConfigNode.Scalar;
import dev.riskmanager.domain.settings.ConfigNode.Sequence;
import dev.riskmanager.domain.settings.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each rule says under a preset, in the few words for which a person chooses it. */
final class PresetNumbers {
  private static final String OFF = "off";

  private static final String ON = "on";

  private PresetNumbers() {}

  /** The numbers that count, "on" where there is none, or "off"; by the rule's key. */
  static Map<String, List<String>> of(Preset preset) {
    String text = ShippedConfig.text(ShippedConfig.RISK_CONFIG);
    for (Edit edit : preset.edits()) {
      text = YamlEdit.set(text, edit.path(), edit.value());
    }
    return of(text);
  }

  /** The same of the text of a {@code risk_config.yaml} that is known to load. */
  static Map<String, List<String>> of(String text) {
    ConfigNode tree = YamlFile.parse(ShippedConfig.RISK_CONFIG, text, new Problems()).orElseThrow();
    Map<String, List<String>> numbers = new LinkedHashMap<>();
    for (RuleId id : RuleCatalog.ids()) {
      numbers.put(id.key(), child(tree, id.key()).map(PresetNumbers::section).orElse(List.of(OFF)));
    }
    return numbers;
  }

  private static List<String> section(ConfigNode section) {
    if (!word(section, "enabled").equals("true")) {
      return List.of(OFF);
    }
    List<String> numbers = new ArrayList<>();
    for (String key : List.of("limit", "target")) {
      child(section, key).ifPresent(value -> numbers.add(text(value)));
    }
    child(section, "grace_period_seconds").ifPresent(value -> numbers.add(text(value) + " s"));
    if (child(section, "limits").orElse(null) instanceof Mapping limits) {
      limits.entries().forEach(entry -> numbers.add(entry.key() + ": " + text(entry.value())));
      child(section, "unknown_symbol_action")
          .ifPresent(others -> numbers.add("others: " + others(text(others))));
    }
    if (child(section, "loss_thresholds").orElse(null) instanceof Sequence tiers) {
      for (ConfigNode tier : tiers.items()) {
        numbers.add(word(tier, "loss_amount") + ": " + word(tier, "cooldown_duration") + " s");
      }
    }
    return numbers.isEmpty() ? List.of(ON) : List.copyOf(numbers);
  }

  /** {@code allow_with_limit:1} is one contract. */
  private static String others(String action) {
    int limit = action.indexOf(':');
    return limit < 0 ? action : action.substring(limit + 1).strip();
  }

  private static String word(ConfigNode node, String key) {
    return child(node, key).map(PresetNumbers::text).orElse("");
  }

  private static String text(ConfigNode value) {
    return value instanceof Scalar scalar ? scalar.text().strip() : "";
  }

  private static Optional<ConfigNode> child(ConfigNode node, String key) {
    return node instanceof Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().equals(key))
            .map(ConfigNode.Entry::value)
            .findFirst()
        : Optional.empty();
  }
}
