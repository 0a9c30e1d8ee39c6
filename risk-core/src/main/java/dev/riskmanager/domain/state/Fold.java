package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How events change the books of an account. The books are right whether the account is locked or
 * not; an event that tells nothing new returns the very same state.
 */
public final class Fold {
  private Fold() {}

  public static AccountState account(AccountState state, Account row) {
    return !state.missing() && state.row().filter(row::equals).isPresent()
        ? state
        : state.withRow(row);
  }

  /** The account was not in the venue's list. */
  public static AccountState missing(AccountState state) {
    return state.missing() ? state : state.withMissing();
  }

  public static AccountState order(AccountState state, Order order) {
    Order known = state.orders().get(order.id()).orElse(null);
    if (order.equals(known) || (known == null && state.endedOrders().containsKey(order.id()))) {
      return state;
    }
    if (known != null && goesBack(known, order)) {
      return state;
    }
    if (order.status().isWorking()) {
      return state.withOrders(state.orders().with(order.id(), order), state.endedOrders());
    }
    return state
        .withOrders(
            state.orders().without(order.id()),
            order.status().isTerminal()
                ? state.endedOrders().with(order.id(), true)
                : state.endedOrders())
        .withLocks(state.locks().withoutOrder(order.id()));
  }

  /** Whether an event is an older one that arrived late: fewer filled, or Pending after Open. */
  private static boolean goesBack(Order known, Order order) {
    return order.filled() < known.filled()
        || (order.status() == OrderStatus.PENDING
            && known.status() == OrderStatus.OPEN
            && !order.updatedAt().isAfter(known.updatedAt()));
  }

  public static AccountState position(
      AccountState state, ContractId contract, Optional<Position> position) {
    Holding before = state.holding(contract);
    if (before.position().equals(position)) {
      return state;
    }
    Holding after = before.reported(position);
    return progress(ratchet(state.withHolding(after), after), after);
  }

  /**
   * A fill, taken in once by its broker id. A voided one leaves the sums again; it never touches
   * the position, which the venue reports by itself.
   */
  public static AccountState trade(AccountState state, Trade trade) {
    if (state.trades().knows(trade)) {
      return state;
    }
    boolean firstTime = !state.trades().hasId(trade.id());
    AccountState booked = state.withTrades(state.trades().with(trade));
    if (!firstTime || trade.voided()) {
      return booked;
    }
    Holding after = state.holding(trade.contract()).filled(trade.signedSize(), trade.executedAt());
    return lateFill(booked.withHolding(after), trade, after);
  }

  /** What a REST read found; the trades that were not known before are named. */
  public record Merged(AccountState state, List<Trade> newTrades) {}

  /**
   * Replaces positions and orders where they were read, and merges trades by id.
   *
   * @param positions of this account; empty Optional when not read
   * @param orders of this account; empty Optional when not read
   */
  public static Merged snapshot(
      AccountState state,
      Optional<List<Position>> positions,
      Optional<List<Order>> orders,
      List<Trade> trades) {
    AccountState now = state;
    List<Trade> sorted = new ArrayList<>(trades);
    sorted.sort(Comparator.comparing(Trade::executedAt).thenComparingLong(Trade::id));
    List<Trade> fresh = new ArrayList<>();
    for (Trade trade : sorted) {
      if (!now.trades().hasId(trade.id()) && !trade.voided()) {
        fresh.add(trade);
      }
      if (!now.trades().knows(trade)) {
        now = now.withTrades(now.trades().with(trade));
        now = positions.isPresent() ? now : lateSnapshotFill(now, trade);
      }
    }
    if (positions.isPresent()) {
      now = replacePositions(now, positions.get(), fresh);
    }
    if (orders.isPresent()) {
      now = replaceOrders(now, orders.get());
    }
    return new Merged(now, List.copyOf(fresh));
  }

  private static AccountState lateSnapshotFill(AccountState state, Trade trade) {
    return trade.voided()
        ? state
        : state.withHolding(
            state.holding(trade.contract()).filled(trade.signedSize(), trade.executedAt()));
  }

  private static AccountState replacePositions(
      AccountState state, List<Position> positions, List<Trade> fresh) {
    AccountState now = state;
    for (Holding holding : state.holdings()) {
      now = now.withHolding(holding.snapshot(Optional.empty()));
    }
    for (Position position : positions) {
      Holding before = state.holding(position.contract());
      now = now.withHolding(before.snapshot(Optional.of(position)));
    }
    for (Trade trade : fresh) {
      now = now.withLocks(adjusted(now.locks(), trade));
    }
    Table<ContractId, Boolean> touched = Table.empty();
    for (Holding holding : state.holdings()) {
      touched = touched.with(holding.contract(), true);
    }
    for (Holding holding : now.holdings()) {
      touched = touched.with(holding.contract(), true);
    }
    for (int i = 0; i < touched.size(); i++) {
      Holding after = now.holding(touched.keyAt(i));
      now = progress(ratchet(now, after), after);
    }
    return now;
  }

  private static AccountState replaceOrders(AccountState state, List<Order> orders) {
    LongMap<Order> working = LongMap.empty();
    for (Order order : orders) {
      if (order.status().isWorking()) {
        working = working.with(order.id(), order);
      }
    }
    LongMap<Boolean> ended = state.endedOrders();
    Locks locks = state.locks();
    for (LongMap.Entry<Order> entry : state.orders()) {
      if (!working.containsKey(entry.key())) {
        ended = ended.with(entry.key(), true);
        locks = locks.withoutOrder(entry.key());
      }
    }
    for (LongMap.Entry<Order> entry : working) {
      ended = ended.without(entry.key());
    }
    return state.withOrders(working, ended).withLocks(locks);
  }

  /**
   * A fill executed before a lockout began adjusts its baseline; a later one only ratchets it down.
   */
  private static AccountState lateFill(AccountState state, Trade trade, Holding after) {
    Locks locks = adjusted(state.locks(), trade);
    return ratchet(state.withLocks(locks), after);
  }

  private static Locks adjusted(Locks locks, Trade trade) {
    Table<Locks.Key, Lockout> active = locks.active();
    for (Lockout lockout : locks.active()) {
      if (!trade.executedAt().isAfter(lockout.lockedAt())) {
        Baseline baseline = lockout.baseline().adjustedBy(trade.contract(), trade.signedSize());
        active = active.with(Locks.Key.of(lockout), lockout.withBaseline(baseline));
      }
    }
    return locks.withActive(active);
  }

  /** Lowers every baseline to what is held now. */
  private static AccountState ratchet(AccountState state, Holding holding) {
    if (state.locks().active().isEmpty()) {
      return state;
    }
    Table<Locks.Key, Lockout> active = state.locks().active();
    for (Lockout lockout : state.locks().active()) {
      Baseline lower = lockout.baseline().ratchet(holding.contract(), holding.implied());
      if (lower != lockout.baseline()) {
        active = active.with(Locks.Key.of(lockout), lockout.withBaseline(lower));
      }
    }
    return state.withLocks(state.locks().withActive(active));
  }

  /** A close that was decided is done when the position is gone; a smaller one is progress. */
  private static AccountState progress(AccountState state, Holding holding) {
    Locks locks = state.locks();
    Long closing = locks.closing().get(holding.contract()).orElse(null);
    if (closing == null) {
      return state;
    }
    long held = holding.signedSize();
    if (held == 0) {
      return state.withLocks(locks.withoutClosing(holding.contract()));
    }
    return Long.signum(held) == Long.signum(closing) && Math.abs(held) < Math.abs(closing)
        ? state.withLocks(locks.withClosing(holding.contract(), held))
        : state;
  }
}
