package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.MarketState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything the core knows. Immutable, with equality by value.
 *
 * @param now time of the newest event; it never goes back
 * @param holders the accounts that hold a contract: those a quote of it concerns
 * @param nextLockoutId the id the next lockout gets
 */
public record EngineState(
    Instant now,
    RuleBook rules,
    MarketState market,
    LongMap<AccountState> accounts,
    Table<ContractId, LongMap<Boolean>> holders,
    long nextLockoutId) {

  /**
   * The state before the first event.
   *
   * @param products economics by product, for contracts the venue does not list
   */
  public static EngineState initial(Instant now, RuleBook rules, List<Contract> products) {
    EngineState state =
        new EngineState(now, rules, MarketState.of(products), LongMap.empty(), Table.empty(), 1);
    for (int i = 0; i < rules.accounts().size(); i++) {
      state = state.withAccount(fresh(rules.accounts().keyAt(i), rules.accounts().valueAt(i), now));
    }
    return state;
  }

  /** An account of which nothing is known but its rules. */
  public static AccountState fresh(AccountId id, RuleSet rules, Instant now) {
    AccountState empty = AccountState.empty(id);
    return empty.withTrades(empty.trades().withResets(rules.resets(), now));
  }

  public Optional<AccountState> account(AccountId id) {
    return accounts.get(id.value());
  }

  /** With that account's new state; the index of holders follows its positions. */
  public EngineState withAccount(AccountState account) {
    AccountState before = accounts.get(account.id().value()).orElse(null);
    if (before == account) {
      return this;
    }
    Table<ContractId, LongMap<Boolean>> index = holders;
    if (before == null || before.holdings() != account.holdings()) {
      index = reindexed(before, account);
    }
    return new EngineState(
        now, rules, market, accounts.with(account.id().value(), account), index, nextLockoutId);
  }

  private Table<ContractId, LongMap<Boolean>> reindexed(
      @org.jspecify.annotations.Nullable AccountState before, AccountState after) {
    Table<ContractId, LongMap<Boolean>> index = holders;
    long id = after.id().value();
    if (before != null) {
      for (int i = 0; i < before.holdings().size(); i++) {
        ContractId contract = before.holdings().keyAt(i);
        if (!after.holdings().containsKey(contract)) {
          LongMap<Boolean> rest = index.getOrDefault(contract, LongMap.empty()).without(id);
          index = rest.isEmpty() ? index.without(contract) : index.with(contract, rest);
        }
      }
    }
    for (int i = 0; i < after.holdings().size(); i++) {
      ContractId contract = after.holdings().keyAt(i);
      LongMap<Boolean> there = index.getOrDefault(contract, LongMap.empty());
      if (!there.containsKey(id)) {
        index = index.with(contract, there.with(id, true));
      }
    }
    return index;
  }

  EngineState withMarket(MarketState newMarket) {
    return newMarket == market
        ? this
        : new EngineState(now, rules, newMarket, accounts, holders, nextLockoutId);
  }

  EngineState at(Instant t) {
    return t.isAfter(now)
        ? new EngineState(t, rules, market, accounts, holders, nextLockoutId)
        : this;
  }

  EngineState withRules(RuleBook book) {
    return new EngineState(now, book, market, accounts, holders, nextLockoutId);
  }

  public EngineState withNextLockoutId(long next) {
    return new EngineState(now, rules, market, accounts, holders, next);
  }

  /** The next instant at which something falls due; {@link Instant#MAX} when nothing will. */
  public Instant nextDeadline() {
    return accounts.withSmallestMeasure().map(AccountState::nextDeadline).orElse(Instant.MAX);
  }
}
