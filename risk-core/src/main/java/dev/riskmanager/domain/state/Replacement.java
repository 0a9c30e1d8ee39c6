package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Positions and orders of an account replaced by what was read of the venue. */
final class Replacement {
  private Replacement() {}

  static AccountState positions(AccountState state, List<Position> positions, List<Trade> fresh) {
    AccountState now = state;
    boolean known = state.phase() == AccountState.Phase.RUNNING;
    Table<ContractId, Long> held = known ? Table.empty() : heldBefore(positions, fresh);
    for (Trade trade : fresh) {
      ContractId contract = trade.contract();
      now = Fold.filled(now, trade, Instant.MAX);
      held = held.with(contract, held.getOrDefault(contract, 0L) + trade.signedSize());
      // What was let stay and was closed in between may not come back, though it is there again.
      long after = known ? now.holding(contract).implied() : held.getOrDefault(contract, 0L);
      now = Fold.ratchet(now, contract, after);
    }
    AccountState withFills = now;
    for (Holding holding : now.holdings()) {
      now = now.withHolding(holding.snapshot(Optional.empty()));
    }
    for (Position position : positions) {
      Instant grown = lastOpeningFill(state, fresh, position);
      Holding before = withFills.holding(position.contract());
      now = now.withHolding(before.snapshot(Optional.of(position)).increasedAt(grown));
    }
    Table<ContractId, Boolean> touched = Table.empty();
    for (Holding holding : state.holdings()) {
      touched = touched.with(holding.contract(), true);
    }
    for (Holding holding : now.holdings()) {
      touched = touched.with(holding.contract(), true);
    }
    // What was let stay and is gone, perhaps while nobody looked, may not come back.
    for (Lockout lockout : now.locks().active()) {
      for (int i = 0; i < lockout.baseline().allowed().size(); i++) {
        touched = touched.with(lockout.baseline().allowed().keyAt(i), true);
      }
    }
    for (int i = 0; i < touched.size(); i++) {
      Holding after = now.holding(touched.keyAt(i));
      now = Fold.progress(Fold.ratchet(now, after), after);
    }
    return now;
  }

  /** Positions are not stored: they are what is read now without the trades that are new. */
  private static Table<ContractId, Long> heldBefore(List<Position> read, List<Trade> fresh) {
    Table<ContractId, Long> held = Table.empty();
    for (Position position : read) {
      held = held.with(position.contract(), position.signedSize());
    }
    for (Trade trade : fresh) {
      ContractId contract = trade.contract();
      held = held.with(contract, held.getOrDefault(contract, 0L) - trade.signedSize());
    }
    return held;
  }

  /** When a fill that is known, or new, last made that position larger. */
  private static Instant lastOpeningFill(AccountState state, List<Trade> fresh, Position position) {
    Instant last = position.openedAt();
    for (LongMap.Entry<Trade> known : state.trades().trades()) {
      last = laterIfOpening(last, known.value(), position);
    }
    for (Trade trade : fresh) {
      last = laterIfOpening(last, trade, position);
    }
    return last;
  }

  private static Instant laterIfOpening(Instant last, Trade trade, Position position) {
    boolean opens =
        trade.profitAndLoss().isEmpty()
            && trade.contract().equals(position.contract())
            && trade.side().increases(position.side());
    return opens && trade.executedAt().isAfter(last) ? trade.executedAt() : last;
  }

  static AccountState orders(AccountState state, List<Order> orders) {
    LongMap<Order> working = LongMap.empty();
    LongMap<EndedOrder> ended = state.endedOrders();
    Locks locks = state.locks();
    for (LongMap.Entry<Order> entry : state.orders()) {
      ended = ended.with(entry.key(), EndedOrder.missed(entry.value()));
    }
    for (Order order : orders) {
      if (order.status().isWorking()) {
        working = working.with(order.id(), order);
      } else if (order.status().isTerminal()) {
        Order known = state.orders().find(order.id());
        ended = ended.with(order.id(), EndedOrder.told(order, known));
      }
    }
    for (LongMap.Entry<Order> entry : state.orders()) {
      if (!working.containsKey(entry.key())) {
        locks = locks.withoutOrder(entry.key());
      }
    }
    for (LongMap.Entry<Order> entry : working) {
      ended = ended.without(entry.key());
    }
    return state.withOrders(working, ended).withLocks(locks);
  }
}
