package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import java.util.List;
import java.util.Optional;

/** The rules of each account, from the tree of {@code risk_config.yaml}: live and in a replay. */
public final class RuleBooks {
  private RuleBooks() {}

  /**
   * The rules of the accounts named, each with its overrides; no other account is watched.
   *
   * @param rules the tree of {@code risk_config.yaml}; what is wrong with it goes to {@code
   *     problems}
   */
  public static RuleBook of(
      ConfigNode rules, List<MonitoredAccount> accounts, Holidays holidays, Problems problems) {
    RuleSet common = RuleCatalog.read(rules, holidays, problems);
    Table<AccountId, RuleSet> sets = Table.empty();
    for (MonitoredAccount account : accounts) {
      RuleSet own =
          account.rules().isPresent()
              ? RuleCatalog.read(Overlay.of(rules, account.rules().get()), holidays, problems)
              : common;
      sets = sets.with(account.id(), own);
    }
    return new RuleBook(sets, Optional.empty());
  }

  /** The same rules for every account there is. */
  public static RuleBook forEvery(ConfigNode rules, Holidays holidays, Problems problems) {
    return new RuleBook(Table.empty(), Optional.of(RuleCatalog.read(rules, holidays, problems)));
  }
}
