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
    Draft draft = new Draft(this);
    draft.row = Optional.of(newRow);
    draft.missing = false;
    return draft.done();
  }

  AccountState withMissing() {
    Draft draft = new Draft(this);
    draft.missing = true;
    return draft.done();
  }

  AccountState withHolding(Holding holding) {
    Draft draft = new Draft(this);
    draft.holdings =
        holding.isEmpty()
            ? holdings.without(holding.contract())
            : holdings.with(holding.contract(), holding);
    return draft.done();
  }

  AccountState withOrders(LongMap<Order> working, LongMap<EndedOrder> ended) {
    LongMap<EndedOrder> kept = ended;
    while (kept.size() > ENDED_KEPT) {
      kept = kept.without(kept.iterator().next().key());
    }
    Draft draft = new Draft(this);
    draft.orders = working;
    draft.endedOrders = kept;
    return draft.done();
  }

  public AccountState withTrades(TradeBook book) {
    Draft draft = new Draft(this);
    draft.trades = book;
    return draft.due();
  }

  public AccountState withLocks(Locks newLocks) {
    if (newLocks == locks) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.locks = newLocks;
    return draft.due();
  }

  public AccountState withEpisodes(Table<Episode.Key, Episode> open) {
    if (open == episodes) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.episodes = open;
    return draft.done();
  }

  public AccountState withAcknowledged(Table<Episode.Key, Long> known) {
    if (known == acknowledged) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.acknowledged = known;
    return draft.done();
  }

  public AccountState withMemory(Table<String, Long> numbers) {
    if (numbers == memory) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.memory = numbers;
    return draft.done();
  }

  public AccountState withTimers(Table<String, Timer> set) {
    if (set == timers) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.timers = set;
    return draft.due();
  }

  public AccountState withPhase(Phase newPhase) {
    if (newPhase == phase) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.phase = newPhase;
    return draft.done();
  }

  /** The next instant at which something falls due; {@link Instant#MAX} when nothing will. */
  public Instant nextDeadline() {
    return deadline == Long.MAX_VALUE ? Instant.MAX : Nanos.toInstant(deadline);
  }

  /** A copy that is changed before anybody sees it. */
  private static final class Draft {
    private final AccountId id;
    private Optional<Account> row;
    private boolean missing;
    private Table<ContractId, Holding> holdings;
    private LongMap<Order> orders;
    private LongMap<EndedOrder> endedOrders;
    private TradeBook trades;
    private Locks locks;
    private Table<Episode.Key, Episode> episodes;
    private Table<Episode.Key, Long> acknowledged;
    private Table<String, Long> memory;
    private Table<String, Timer> timers;
    private Phase phase;
    private long deadline;

    Draft(AccountState state) {
      id = state.id;
      row = state.row;
      missing = state.missing;
      holdings = state.holdings;
      orders = state.orders;
      endedOrders = state.endedOrders;
      trades = state.trades;
      locks = state.locks;
      episodes = state.episodes;
      acknowledged = state.acknowledged;
      memory = state.memory;
      timers = state.timers;
      phase = state.phase;
      deadline = state.deadline;
    }

    AccountState done() {
      return new AccountState(
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
          phase,
          deadline);
    }

    /** The same with the deadline computed anew. */
    AccountState due() {
      long next = Nanos.of(locks.nextEnd());
      for (DayLedger day : trades.days()) {
        next = Math.min(next, Nanos.of(day.end()));
      }
      for (Timer timer : timers) {
        next = Math.min(next, Nanos.of(timer.deadline()));
      }
      deadline = next;
      return done();
    }
  }
}
