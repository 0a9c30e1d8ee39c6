package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.MarketState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the core knows. Immutable, with equality by value.
 *
 * @param now time of the newest event; it never goes back
 * @param holders the accounts that hold a contract: those a quote of it concerns
 * @param nextLockoutId the id the next lockout gets
 * @param begun whether an event has been taken in, and so each account's rules asked once
 */
public record EngineState(
    Instant now,
    RuleBook rules,
    MarketState market,
    LongMap<AccountState> accounts,
    Table<ContractId, LongMap<Boolean>> holders,
    long nextLockoutId,
    boolean begun) {

  /**
   * The state before the first event: every account is flat, and has no lockout.
   *
   * @param products economics by product, for contracts the venue does not list
   */
  public static EngineState initial(Instant now, RuleBook rules, List<Contract> products) {
    EngineState state =
        new EngineState(
            now, rules, MarketState.of(products), LongMap.empty(), Table.empty(), 1, false);
    for (int i = 0; i < rules.accounts().size(); i++) {
      state = state.withAccount(fresh(rules.accounts().keyAt(i), rules.accounts().valueAt(i), now));
    }
    return state;
  }

  /** An account of which nothing is known but its rules. */
  static AccountState fresh(AccountId id, RuleSet rules, Instant now) {
    AccountState empty = AccountState.empty(id);
    return empty.withTrades(empty.trades().withResets(rules.resets(), now));
  }

  public Optional<AccountState> account(AccountId id) {
    return accounts.get(id.value());
  }

  /** With that account's new state; the index of holders follows its positions. */
  public EngineState withAccount(AccountState account) {
    Draft draft = new Draft(this);
    draft.put(account);
    return draft.state();
  }

  /** The next instant at which something falls due; {@link Instant#MAX} when nothing will. */
  public Instant nextDeadline() {
    return accounts.withSmallestMeasure().map(AccountState::nextDeadline).orElse(Instant.MAX);
  }

  /** A working copy of a state; lives for one step. */
  static final class Draft {
    private final EngineState origin;
    Instant now;
    RuleBook rules;
    MarketState market;
    LongMap<AccountState> accounts;
    Table<ContractId, LongMap<Boolean>> holders;
    long nextLockoutId;
    boolean begun;

    Draft(EngineState state) {
      origin = state;
      now = state.now;
      rules = state.rules;
      market = state.market;
      accounts = state.accounts;
      holders = state.holders;
      nextLockoutId = state.nextLockoutId;
      begun = state.begun;
    }

    void put(AccountState account) {
      AccountState before = accounts.find(account.id().value());
      if (before == account) {
        return;
      }
      accounts = accounts.with(account.id().value(), account);
      if (before == null || before.holdings() != account.holdings()) {
        reindex(before, account);
      }
    }

    void remove(AccountState account) {
      accounts = accounts.without(account.id().value());
      reindex(account, AccountState.empty(account.id()));
    }

    private void reindex(@Nullable AccountState before, AccountState after) {
      long id = after.id().value();
      if (before != null) {
        for (Holding holding : before.holdings()) {
          ContractId contract = holding.contract();
          if (!holding.isFlat() && after.holding(contract).isFlat()) {
            LongMap<Boolean> rest = holders.getOrDefault(contract, LongMap.empty()).without(id);
            holders = rest.isEmpty() ? holders.without(contract) : holders.with(contract, rest);
          }
        }
      }
      for (Holding holding : after.holdings()) {
        LongMap<Boolean> there = holders.getOrDefault(holding.contract(), LongMap.empty());
        if (!holding.isFlat() && !there.containsKey(id)) {
          holders = holders.with(holding.contract(), there.with(id, true));
        }
      }
    }

    EngineState state() {
      boolean same =
          now == origin.now
              && rules == origin.rules
              && market == origin.market
              && accounts == origin.accounts
              && holders == origin.holders
              && nextLockoutId == origin.nextLockoutId
              && begun == origin.begun;
      return same
          ? origin
          : new EngineState(now, rules, market, accounts, holders, nextLockoutId, begun);
    }
  }
}
