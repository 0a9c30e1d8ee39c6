package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.ConfigWriter.Edit;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each rule says under a preset, in the few words for which a person chooses it. */
final class PresetNumbers {
  private static final Pattern MAIN =
      Pattern.compile("  (?:limit|limits|target|grace_period_seconds): ([^#]*?) *(?:#.*)?");

  private static final Pattern TIER =
      Pattern.compile(".*loss_amount: (-?[\\d.]+), cooldown_duration: (\\d+).*");

  private PresetNumbers() {}

  /** The number that counts, "on" where there is none, or "off"; by the rule's key. */
  static Map<String, String> of(Preset preset) {
    String text = ShippedConfig.text(ShippedConfig.RISK_CONFIG);
    for (Edit edit : preset.edits()) {
      text = YamlEdit.set(text, edit.path(), edit.value());
    }
    Map<String, List<String>> sections = sections(text);
    Map<String, String> numbers = new LinkedHashMap<>();
    for (RuleId id : RuleCatalog.ids()) {
      numbers.put(id.key(), number(sections.getOrDefault(id.key(), List.of())));
    }
    return numbers;
  }

  private static Map<String, List<String>> sections(String text) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.matches("\\w+:.*")) {
        open = new ArrayList<>();
        sections.put(line.substring(0, line.indexOf(':')), open);
      }
      open.add(line);
    }
    return sections;
  }

  private static String number(List<String> lines) {
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.startsWith("  enabled: false"))) {
      return "off";
    }
    List<String> tiers = new ArrayList<>();
    for (String line : lines) {
      Matcher tier = TIER.matcher(line);
      if (tier.matches()) {
        tiers.add(tier.group(1) + ": " + tier.group(2) + " s");
      }
      Matcher main = MAIN.matcher(line);
      if (main.matches()) {
        String unit = line.contains("_seconds") ? " s" : "";
        return main.group(1).replaceAll("[{}]", "") + unit;
      }
    }
    return tiers.isEmpty() ? "on" : String.join(", ", tiers);
  }
}
