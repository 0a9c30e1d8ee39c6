package dev.riskmanager.domain.event;

import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Times;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened outside the core. The time of its arrival is not in it: it is an argument
 * of the step that takes it in.
 */
public sealed interface RiskEvent {

  /** What the venue says of one account; the only kinds that can be gated by a lockout. */
  sealed interface AccountScoped extends RiskEvent {
    AccountId account();
  }

  record AccountReported(Account row) implements AccountScoped {
    @Override
    public AccountId account() {
      return row.id();
    }
  }

  record OrderReported(Order order) implements AccountScoped {
    @Override
    public AccountId account() {
      return order.account();
    }
  }

  /**
   * A position as the venue now has it.
   *
   * @param position empty when it is flat
   */
  record PositionReported(AccountId account, ContractId contract, Optional<Position> position)
      implements AccountScoped {}

  record TradeReported(Trade trade) implements AccountScoped {
    @Override
    public AccountId account() {
      return trade.account();
    }
  }

  /** A sparse quote: members that are empty have not changed. */
  record QuoteReported(
      ContractId contract, Optional<Price> last, Optional<Price> bid, Optional<Price> ask)
      implements RiskEvent {}

  /** A trade of the market, anybody's. */
  record MarketTraded(ContractId contract, Price price) implements RiskEvent {}

  /** Contract rows of the venue. */
  record ContractsListed(List<Contract> contracts) implements RiskEvent {}

  /**
   * The venue's state as its REST calls returned it: an empty Optional was not read, an empty list
   * means there are none. Positions and orders of the accounts named are replaced, trades are
   * merged by id.
   *
   * @param reconciliation read after a gap, not at the start
   * @param only the one account that was read; empty when all were
   */
  record SnapshotTaken(
      boolean reconciliation,
      Optional<AccountId> only,
      Optional<List<Account>> accounts,
      Optional<List<Position>> positions,
      Optional<List<Order>> orders,
      Optional<List<Trade>> trades)
      implements RiskEvent {

    /** Of all accounts. */
    public SnapshotTaken(
        boolean reconciliation,
        Optional<List<Account>> accounts,
        Optional<List<Position>> positions,
        Optional<List<Order>> orders,
        Optional<List<Trade>> trades) {
      this(reconciliation, Optional.empty(), accounts, positions, orders, trades);
    }
  }

  /** Time passes. */
  record ClockTicked() implements RiskEvent {}

  /**
   * The user hub is gone: what happens now is not seen.
   *
   * @param since its last sign of life; empty when that was just now
   */
  record Disconnected(String reason, Optional<Instant> since) implements RiskEvent {
    public Disconnected(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** The user hub tells again; what was missed has still to be read. */
  record Reconnected() implements RiskEvent {}

  /**
   * The books of an account are not trusted: nothing may be added to it until an admin unlocks it.
   */
  record Held(AccountId account, String reason) implements RiskEvent {}

  /** What an admin asked for, already authenticated. */
  sealed interface AdminRequested extends AccountScoped {
    /** Operating-system user of the peer. */
    String by();

    String reason();
  }

  /**
   * End lockouts.
   *
   * @param rule only this rule's; empty means all
   * @param symbol only this symbol's; empty means all
   */
  record UnlockRequested(
      AccountId account, Optional<RuleId> rule, Optional<String> symbol, String by, String reason)
      implements AdminRequested {}

  record LockRequested(AccountId account, Instant until, String by, String reason)
      implements AdminRequested {
    public LockRequested {
      until = Times.bounded(until);
    }
  }

  record FlattenRequested(AccountId account, String by, String reason) implements AdminRequested {}
}
