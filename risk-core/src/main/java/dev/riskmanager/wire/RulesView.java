package dev.riskmanager.wire;

import java.util.List;

/**
 * The answer of {@code rules.list}.
 *
 * @param accountId whose rules these are
 * @param accounts the accounts that are watched; each may have rules of its own
 * @param rules the thirteen rules, by number
 */
public record RulesView(long accountId, List<Long> accounts, List<RuleConfigView> rules) {

  public RulesView {
    accounts = Lists.copy(accounts);
    rules = Lists.copy(rules);
  }
}
