package dev.riskmanager.wire;

import java.util.List;

/**
 * The answer of {@code rules.list}.
 *
 * @param accountId whose rules these are
 * @param accounts the accounts that are watched; each may have rules of its own
 * @param rules the thirteen rules, by number
 * @param symbols whose contracts the engine can value: those of the venue and of the shipped table,
 *     by the alphabet
 */
public record RulesView(
    long accountId, List<Long> accounts, List<RuleConfigView> rules, List<String> symbols) {

  public RulesView {
    accounts = Lists.copy(accounts);
    rules = Lists.copy(rules);
    symbols = Lists.copy(symbols);
  }
}
