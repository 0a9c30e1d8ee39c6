package dev.riskmanager.wire;

import java.util.List;

/**
 * A rule as configured: an element of the answer of {@code rules.list}.
 *
 * @param ruleId its number
 * @param rule its key
 * @param enabled whether it is switched on
 * @param configured whether it has a section at all
 * @param mode whether it acts
 * @param settings its keys and effective values as in the file, in the order of the documentation
 * @param pending changes that take effect later
 */
public record RuleConfigView(
    String ruleId,
    String rule,
    boolean enabled,
    boolean configured,
    RuleMode mode,
    List<Setting> settings,
    List<RuleChange> pending) {

  public RuleConfigView {
    settings = Lists.copy(settings);
    pending = Lists.copy(pending);
  }

  /**
   * One key of a rule.
   *
   * @param key its path inside the rule, such as {@code limits.per_minute}
   * @param value its value, as YAML on one line
   */
  public record Setting(String key, String value) {}
}
