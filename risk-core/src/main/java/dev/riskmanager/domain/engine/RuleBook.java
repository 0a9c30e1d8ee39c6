package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import java.util.Optional;

/**
 * Which rules hold for which account.
 *
 * @param accounts the monitored accounts
 * @param others rules of every account not named; empty leaves those unwatched
 */
public record RuleBook(Table<AccountId, RuleSet> accounts, Optional<RuleSet> others) {

  /** The rules of an account; empty when it is not monitored. */
  public Optional<RuleSet> of(AccountId account) {
    Optional<RuleSet> own = accounts.get(account);
    return own.isPresent() ? own : others;
  }
}
