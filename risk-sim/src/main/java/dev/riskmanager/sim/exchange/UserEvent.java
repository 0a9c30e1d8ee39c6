package dev.riskmanager.sim.exchange;

/** Something the user hub tells. */
public sealed interface UserEvent {
  long accountId();

  /** An order was added or changed. */
  record OrderChanged(OrderView order) implements UserEvent {
    @Override
    public long accountId() {
      return order.accountId();
    }
  }

  /** A fill. */
  record Traded(TradeView trade) implements UserEvent {
    @Override
    public long accountId() {
      return trade.accountId();
    }
  }

  /** A position was opened, changed or became flat. */
  record PositionChanged(PositionView position) implements UserEvent {
    @Override
    public long accountId() {
      return position.accountId();
    }
  }

  /** A balance or the right to trade changed. */
  record AccountChanged(AccountView account) implements UserEvent {
    @Override
    public long accountId() {
      return account.id();
    }
  }
}
