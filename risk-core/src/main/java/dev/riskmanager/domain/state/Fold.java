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
import java.time.Instant;
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
    EndedOrder ended = state.endedOrders().find(order.id());
    if (order.equals(known)
        || (known != null && goesBack(known, order))
        || (ended != null && ended.outdates(order))) {
      return state;
    }
    LongMap<EndedOrder> rest = state.endedOrders().without(order.id());
    if (order.status().isWorking()) {
      return state.withOrders(state.orders().with(order.id(), order), rest);
    }
    return state
        .withOrders(
            state.orders().without(order.id()),
            order.status().isTerminal()
                ? rest.with(order.id(), EndedOrder.told(order, known))
                : state.endedOrders())
        .withLocks(withoutOrder(state.locks(), order));
  }

  /** What was decided about it is history, and without a fill nothing comes of it any more. */
  private static Locks withoutOrder(Locks locks, Order order) {
    boolean unfilled =
        order.status().isTerminal() && order.status() != OrderStatus.FILLED && order.filled() == 0;
    Attempts tried = locks.attempts();
    Attempts.Way way = new Attempts.Way(order.contract(), order.side());
    return locks
        .withoutOrder(order.id())
        .withAttempts(unfilled ? tried.ended(way, order.id()) : tried);
  }

  /**
   * Whether an event is an older one that arrived late: changed earlier, fewer filled, or of the
   * same moment and back on the way from Suspended over Pending to Open. An end is never undone and
   * never too late.
   */
  private static boolean goesBack(Order known, Order order) {
    return !order.status().isTerminal()
        && (order.filled() < known.filled()
            || order.updatedAt().isBefore(known.updatedAt())
            || (progress(order.status()) < progress(known.status())
                && !order.updatedAt().isAfter(known.updatedAt())));
  }

  /** A state nobody knows, and a cancelling that may yet be refused, are as far as Open. */
  private static int progress(OrderStatus status) {
    return switch (status) {
      case NONE, FILLED, CANCELLED, EXPIRED, REJECTED, SUSPENDED -> 0;
      case PENDING -> 1;
      case OPEN, PENDING_CANCELLATION, UNKNOWN -> 2;
    };
  }

  /**
   * A position event.
   *
   * @param at when it arrived
   */
  public static AccountState position(
      AccountState state, ContractId contract, Optional<Position> position, Instant at) {
    Holding before = state.holding(contract);
    if (before.knows(position, at)) {
      return state;
    }
    Holding after = before.reported(position, at);
    AccountState now = ratchet(state.withHolding(after), after);
    return before.isSucceededBy(position)
        ? now.withLocks(now.locks().withoutClosing(contract))
        : progress(now, after);
  }

  /**
   * A fill, taken in once by its broker id. A voided one leaves the sums again, and one told again
   * with another amount changes them; neither touches the position, which the venue reports by
   * itself.
   *
   * @param arrivedAt when it arrived; {@link Instant#MAX} when it was read, not sent
   */
  public static AccountState trade(AccountState state, Trade trade, Instant arrivedAt) {
    if (state.trades().knows(trade)) {
      return state;
    }
    boolean firstTime = state.trades().isNew(trade);
    AccountState booked = state.withTrades(state.trades().with(trade));
    if (!firstTime || trade.voided()) {
      return booked;
    }
    AccountState filled = filled(booked, trade, arrivedAt);
    // Before the positions have been read, a fill alone does not say what is held.
    return state.phase() == AccountState.Phase.RESTORED
        ? filled
        : ratchet(filled, filled.holding(trade.contract()));
  }

  /** The same for a fill that the position is known to show already: only the sums. */
  public static AccountState sums(AccountState state, Trade trade) {
    return state.trades().knows(trade) ? state : state.withTrades(state.trades().with(trade));
  }

  /**
   * What a REST read found.
   *
   * @param newTrades never seen before, by time of execution, not booked yet
   * @param shown whether the positions were read too, and so show the new trades
   */
  public record Merged(AccountState state, List<Trade> newTrades, boolean shown) {

    /** The account after one of the new trades. */
    public AccountState booked(AccountState account, Trade trade) {
      return shown ? sums(account, trade) : trade(account, trade, Instant.MAX);
    }
  }

  /**
   * Replaces positions and orders where they were read, and finds the trades that are new; those
   * known before are brought up to date.
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
    LongMap<Boolean> seen = LongMap.empty();
    for (Trade trade : sorted) {
      if (now.trades().isRestoredBy(trade)) {
        // The venue's books are the authority; the hub only tells what happened to them.
        now = now.withTrades(now.trades().restored(trade));
      } else if (!now.trades().isNew(trade) || trade.voided()) {
        now = sums(now, trade);
      } else if (!seen.containsKey(trade.id())) {
        seen = seen.with(trade.id(), true);
        fresh.add(trade);
      }
    }
    if (positions.isPresent()) {
      now =
          Replacement.positions(now, positions.get(), fresh).withPhase(AccountState.Phase.RUNNING);
    }
    if (orders.isPresent()) {
      now = Replacement.orders(now, orders.get());
    }
    return new Merged(now, List.copyOf(fresh), positions.isPresent());
  }

  /**
   * The position after a fill; one that was executed before a lockout began adjusts its baseline,
   * unless the position had shown it by then.
   */
  static AccountState filled(AccountState state, Trade trade, Instant arrivedAt) {
    Holding before = state.holding(trade.contract());
    Instant shownAt = before.shownAt(trade, arrivedAt).orElse(Instant.MAX);
    Table<Locks.Key, Lockout> active = state.locks().active();
    for (Lockout lockout : state.locks().active()) {
      boolean late = !trade.executedAt().isAfter(lockout.lockedAt());
      if (late && shownAt.isAfter(lockout.lockedAt())) {
        Baseline baseline = lockout.baseline().adjustedBy(trade.contract(), trade.signedSize());
        active = active.with(Locks.Key.of(lockout), lockout.withBaseline(baseline));
      }
    }
    return state
        .withHolding(before.filled(trade, arrivedAt))
        .withLocks(state.locks().withActive(active));
  }

  /** Lowers every baseline to what is held now. */
  static AccountState ratchet(AccountState state, Holding holding) {
    return ratchet(state, holding.contract(), holding.implied());
  }

  static AccountState ratchet(AccountState state, ContractId contract, long held) {
    if (state.locks().active().isEmpty()) {
      return state;
    }
    Table<Locks.Key, Lockout> active = state.locks().active();
    for (Lockout lockout : state.locks().active()) {
      Baseline lower = lockout.baseline().ratchet(contract, held);
      if (lower != lockout.baseline()) {
        active = active.with(Locks.Key.of(lockout), lockout.withBaseline(lower));
      }
    }
    return state.withLocks(state.locks().withActive(active));
  }

  /** A position that shrinks under a close that was decided: what grows from there is growth. */
  static AccountState progress(AccountState state, Holding holding) {
    Long closing = state.locks().closing().find(holding.contract());
    long held = holding.signedSize();
    boolean shrunk =
        closing != null
            && Long.signum(held) == Long.signum(closing)
            && Math.abs(held) < Math.abs(closing);
    return shrunk ? state.withLocks(state.locks().withClosing(holding.contract(), held)) : state;
  }
}
