package dev.riskmanager.wire;

import java.util.List;

/**
 * The answer of {@code rules.list}.
 *
 * @param rules the thirteen rules, by number
 */
public record RulesView(List<RuleConfigView> rules) {

  public RulesView {
    rules = Lists.copy(rules);
  }
}
