package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of every monitored account as they were written: what a rule file, its overrides and
 * the holidays come to.
 *
 * @param accounts a tree of the form of {@code risk_config.yaml} for each account, its overrides
 *     laid over it
 * @param holidays of all accounts
 */
public record RulesInForce(Table<AccountId, ConfigNode> accounts, Holidays holidays) {

  /**
   * What an account's tree comes to.
   *
   * @throws IllegalArgumentException when it cannot be read as rules, or the account has none
   */
  public RuleSet rules(AccountId account) {
    ConfigNode tree =
        accounts
            .get(account)
            .orElseThrow(() -> new IllegalArgumentException("no rules for account " + account));
    Problems problems = new Problems();
    RuleSet rules = RuleCatalog.read(tree, holidays, problems);
    if (problems.hasErrors()) {
      throw new IllegalArgumentException(String.valueOf(problems.errors().get(0)));
    }
    return rules;
  }

  /** The keys in which others differ from these, each once, as {@code section.key}. */
  public List<String> differences(RulesInForce others) {
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 0; i < accounts.size(); i++) {
      AccountId id = accounts.keyAt(i);
      ConfigNode tree = accounts.valueAt(i);
      Optional<ConfigNode> other = others.accounts.get(id);
      if (other.isEmpty()) {
        keys.add("account " + id);
      } else {
        Leaf.between(tree, other.get())
            .forEach(leaf -> keys.add(String.join(".", leaf.path()).replace(".[", "[")));
      }
    }
    for (int i = 0; i < others.accounts.size(); i++) {
      AccountId id = others.accounts.keyAt(i);
      if (!accounts.containsKey(id)) {
        keys.add("account " + id);
      }
    }
    if (!holidays.equals(others.holidays)) {
      keys.add("holidays");
    }
    return List.copyOf(keys);
  }

  RulesInForce with(AccountId account, ConfigNode tree) {
    return new RulesInForce(accounts.with(account, tree), holidays);
  }

  RulesInForce without(AccountId account) {
    return new RulesInForce(accounts.without(account), holidays);
  }

  RulesInForce with(Holidays others) {
    return new RulesInForce(accounts, others);
  }

  static Optional<RuleSet> read(ConfigNode tree, Holidays holidays) {
    Problems problems = new Problems();
    RuleSet rules = RuleCatalog.read(tree, holidays, problems);
    return problems.hasErrors() ? Optional.empty() : Optional.of(rules);
  }
}
