package dev.riskmanager.admin.render;

import dev.riskmanager.wire.RuleChange;
import dev.riskmanager.wire.RuleConfigView;
import dev.riskmanager.wire.RuleMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rules as configured, for a person. */
public final class RulesText {
  /** Keys that every rule has; they are not what a rule is about. */
  private static final List<String> COMMON = List.of("enabled", "mode");

  private RulesText() {}

  /** A row for each rule. */
  public static List<String> list(List<RuleConfigView> rules) {
    TextTable table = new TextTable("RULE", "KEY", "STATE", "SETTINGS");
    for (RuleConfigView rule : rules) {
      table.row(
          rule.ruleId(),
          rule.rule(),
          state(rule),
          rule.settings().stream()
              .filter(setting -> !COMMON.contains(setting.key()))
              .map(setting -> setting.key() + "=" + setting.value())
              .collect(Collectors.joining(" ")));
    }
    List<String> lines = new ArrayList<>(table.lines());
    rules.forEach(rule -> rule.pending().forEach(change -> lines.add(waits(change))));
    return lines;
  }

  /** One rule, a line a key. */
  public static List<String> one(RuleConfigView rule) {
    List<String> lines = new ArrayList<>();
    lines.add(rule.ruleId() + " " + rule.rule() + ": " + state(rule));
    rule.settings().forEach(setting -> lines.add("  " + setting.key() + ": " + setting.value()));
    rule.pending().forEach(change -> lines.add(waits(change)));
    return lines;
  }

  private static String state(RuleConfigView rule) {
    if (!rule.enabled()) {
      return rule.configured() ? "disabled" : "disabled (no section)";
    }
    return rule.mode() == RuleMode.SHADOW ? "shadow" : "enforced";
  }

  private static String waits(RuleChange change) {
    return "Waits until "
        + Times.text(change.effectiveAt())
        + ": "
        + change.rule()
        + (change.key().isEmpty() ? "" : "." + change.key())
        + ": "
        + (change.oldValue() == null ? "(not set)" : change.oldValue())
        + " → "
        + (change.newValue() == null ? "(not set)" : change.newValue());
  }
}
