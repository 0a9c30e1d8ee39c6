package dev.riskmanager.domain.state;

import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything known of one account. Immutable; what rules must remember is in here, so it is stored,
 * shown and replayed.
 *
 * @param row the account as the venue last reported it; empty when it never did
 * @param missing the venue's account list was read and this account was not in it
 * @param orders working orders by id
 * @param endedOrders orders that are not working any more, the newest ids: a late event does not
 *     bring them back
 * @param memory numbers that rules remember, each under a key that begins with its rule
 * @param acknowledged how bad a breach was when an admin unlocked it
 * @param phase how much of it can be relied on
 * @param deadline the next instant, in {@link Nanos}, at which something falls due
 */
public record AccountState(
    AccountId id,
    Optional<Account> row,
    boolean missing,
    Table<ContractId, Holding> holdings,
    LongMap<Order> orders,
    LongMap<EndedOrder> endedOrders,
    TradeBook trades,
    Locks locks,
    Table<Episode.Key, Episode> episodes,
    Table<Episode.Key, Long> acknowledged,
    Table<String, Long> memory,
    Table<String, Timer> timers,
    Phase phase,
    long deadline)
    implements LongMap.Measured {

  /** The number among those remembered that says since when nobody sees the account. */
  public static final String BLIND_SINCE = RuleId.BLIND + "/since";

  private static final int ENDED_KEPT = 1_000;

  /** How much of an account is known. */
  public enum Phase {
    /** Nothing has happened: it is taken as flat, and no rule has been asked yet. */
    NEW,
    /**
     * Restored from the disk: lockouts, timers and sums are right, but positions and orders have
     * not been read from the venue.
     */
    RESTORED,
    /** The books follow the venue. */
    RUNNING
  }

  public static AccountState empty(AccountId id) {
    return new AccountState(
        id,
        Optional.empty(),
        false,
        Table.empty(),
        LongMap.empty(),
        LongMap.empty(),
        TradeBook.EMPTY,
        Locks.NONE,
        Table.empty(),
        Table.empty(),
        Table.empty(),
        Table.empty(),
        Phase.NEW,
        Long.MAX_VALUE);
  }

  @Override
  public long measure() {
    return deadline;
  }

  /** Since when nobody sees what happens on the account; empty while it is seen. */
  public Optional<Instant> blindSince() {
    return memory.get(BLIND_SINCE).map(Nanos::toInstant);
  }

  /** False only when the venue said so. */
  public boolean canTrade() {
    return !missing && row.map(Account::canTrade).orElse(true);
  }

  public Holding holding(ContractId contract) {
    Holding held = holdings.find(contract);
    return held == null ? Holding.none(contract) : held;
  }

  /**
   * Whether an order would increase exposure if it filled: it is on the position's side, there is
   * no position, or it is so large that it would turn the position into a larger one.
   */
  public boolean isEntry(Order order) {
    if (!order.status().isWorking()
        || order.status() == OrderStatus.PENDING_CANCELLATION
        || order.remaining() == 0) {
      return false;
    }
    Holding holding = holdings.find(order.contract());
    long held = holding == null ? 0 : holding.signedSize();
    return held == 0
        || order.side().increases(Side.ofSigned(held))
        || order.remaining() > 2 * Math.abs(held);
  }

  public boolean isFlat() {
    for (Holding holding : holdings) {
      if (!holding.isFlat()) {
        return false;
      }
    }
    return true;
  }

  AccountState withRow(Account newRow) {
    return new AccountState(
        id,
        Optional.of(newRow),
        false,
        holdings,
        orders,
        endedOrders,
        trades,
        locks,
        episodes,
        acknowledged,
        memory,
        timers,
        phase,
        deadline);
  }

  AccountState withMissing() {
    return new AccountState(
        id,
        row,
        true,
        holdings,
        orders,
        endedOrders,
        trades,
        locks,
        episodes,
        acknowledged,
        memory,
        timers,
        phase,
        deadline);
  }

  AccountState withHolding(Holding holding) {
    Table<ContractId, Holding> changed =
        holding.isEmpty()
            ? holdings.without(holding.contract())
            : holdings.with(holding.contract(), holding);
    return new AccountState(
        id,
        row,
        missing,
        changed,
        orders,
        endedOrders,
        trades,
        locks,
        episodes,
        acknowledged,
        memory,
        timers,
        phase,
        deadline);
  }

  AccountState withOrders(LongMap<Order> working, LongMap<EndedOrder> ended) {
    LongMap<EndedOrder> kept = ended;
    while (kept.size() > ENDED_KEPT) {
      kept = kept.without(kept.iterator().next().key());
    }
    return new AccountState(
        id,
        row,
        missing,
        holdings,
        working,
        kept,
        trades,
        locks,
        episodes,
        acknowledged,
        memory,
        timers,
        phase,
        deadline);
  }

  public AccountState withTrades(TradeBook book) {
    return due(
        new AccountState(
            id,
            row,
            missing,
            holdings,
            orders,
            endedOrders,
            book,
            locks,
            episodes,
            acknowledged,
            memory,
            timers,
            phase,
            deadline));
  }

  public AccountState withLocks(Locks newLocks) {
    return newLocks == locks
        ? this
        : due(
            new AccountState(
                id,
                row,
                missing,
                holdings,
                orders,
                endedOrders,
                trades,
                newLocks,
                episodes,
                acknowledged,
                memory,
                timers,
                phase,
                deadline));
  }

  public AccountState withEpisodes(Table<Episode.Key, Episode> open) {
    return open == episodes
        ? this
        : new AccountState(
            id,
            row,
            missing,
            holdings,
            orders,
            endedOrders,
            trades,
            locks,
            open,
            acknowledged,
            memory,
            timers,
            phase,
            deadline);
  }

  public AccountState withAcknowledged(Table<Episode.Key, Long> known) {
    return known == acknowledged
        ? this
        : new AccountState(
            id,
            row,
            missing,
            holdings,
            orders,
            endedOrders,
            trades,
            locks,
            episodes,
            known,
            memory,
            timers,
            phase,
            deadline);
  }

  public AccountState withMemory(Table<String, Long> numbers) {
    return numbers == memory
        ? this
        : new AccountState(
            id,
            row,
            missing,
            holdings,
            orders,
            endedOrders,
            trades,
            locks,
            episodes,
            acknowledged,
            numbers,
            timers,
            phase,
            deadline);
  }

  public AccountState withTimers(Table<String, Timer> set) {
    return set == timers
        ? this
        : due(
            new AccountState(
                id,
                row,
                missing,
                holdings,
                orders,
                endedOrders,
                trades,
                locks,
                episodes,
                acknowledged,
                memory,
                set,
                phase,
                deadline));
  }

  public AccountState withPhase(Phase newPhase) {
    return newPhase == phase
        ? this
        : new AccountState(
            id,
            row,
            missing,
            holdings,
            orders,
            endedOrders,
            trades,
            locks,
            episodes,
            acknowledged,
            memory,
            timers,
            newPhase,
            deadline);
  }

  /** The same with {@code deadline} computed anew. */
  private static AccountState due(AccountState s) {
    long next = Nanos.of(s.locks.nextEnd());
    for (DayLedger day : s.trades.days()) {
      next = Math.min(next, Nanos.of(day.end()));
    }
    for (Timer timer : s.timers) {
      next = Math.min(next, Nanos.of(timer.deadline()));
    }
    return next == s.deadline
        ? s
        : new AccountState(
            s.id,
            s.row,
            s.missing,
            s.holdings,
            s.orders,
            s.endedOrders,
            s.trades,
            s.locks,
            s.episodes,
            s.acknowledged,
            s.memory,
            s.timers,
            s.phase,
            next);
  }

  /** The next instant at which something falls due; {@link Instant#MAX} when nothing will. */
  public Instant nextDeadline() {
    return deadline == Long.MAX_VALUE ? Instant.MAX : Nanos.toInstant(deadline);
  }
}
