package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an account that is locked or holds something whenever the user hub has told nothing of it
 * for a while: events can be lost without a trace, and a position opened then would stay unseen. A
 * difference to the books becomes a reconciliation of that account. While the hub is gone every
 * account is read, so that what holds it, and the rules, act on what is found. A reading during
 * which the hub told something is thrown away: the event is newer.
 */
final class QuietWatch {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** The hub has told nothing of the account, and nobody has read it, for so long. */
  static final Duration QUIET = Duration.ofSeconds(20);

  /** The connection is gone and tells nothing of any account: what is read is all there is. */
  static final Duration BLIND = Duration.ofSeconds(10);

  /**
   * The hub has just been found to have kept something from us: it may be dead, and keep on for as
   * long as it takes to be given up.
   */
  static final Duration SUSPECT = Duration.ofSeconds(4);

  private static final Duration SUSPECT_FOR = Duration.ofMinutes(1);

  /** After a reading that was thrown away. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final int LOOK_SECONDS = 2;

  /** What of an account can be read while nothing tells of it. */
  enum Reach {
    ALL,
    /** Positions and orders, but not the trades. */
    NO_TRADES,
    NOTHING;

    static Reach of(boolean positionsAndOrders, boolean trades) {
      return !positionsAndOrders ? NOTHING : trades ? ALL : NO_TRADES;
    }
  }

  private final Venue venue;
  private final Supplier<EngineState> state;
  private final BiFunction<EngineState, AccountId, Instant> tradesSince;
  private final EventSink sink;
  private final InstantSource clock;
  private final RequestAllowance allowance;
  private final Map<AccountId, Instant> quietSince = new TreeMap<>();
  private final Set<AccountId> doubted = new TreeSet<>();
  private Instant suspectUntil = Instant.MIN;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile BiConsumer<AccountId, Reach> reached = (account, reach) -> {};

  /** Some request of the reading under way was not made, because others need it more. */
  private boolean refused;

  private long heard;

  QuietWatch(
      Venue venue,
      Supplier<EngineState> state,
      BiFunction<EngineState, AccountId, Instant> tradesSince,
      EventSink sink,
      InstantSource clock,
      RequestAllowance allowance) {
    this.venue = venue;
    this.state = state;
    this.tradesSince = tradesSince;
    this.sink = sink;
    this.clock = clock;
    this.allowance = allowance;
  }

  /**
   * Who wants to know, while an account is blind, what of it could be read.
   *
   * @param listener called on the thread that read
   */
  void whileBlind(BiConsumer<AccountId, Reach> listener) {
    reached = listener;
  }

  /** Looks every few seconds, as soon as the books are the venue's. */
  void start(ScheduledExecutorService scheduler, BooleanSupplier ready) {
    Executor threads = Thread.ofVirtual().name("quiet-watch")::start;
    scheduler.scheduleWithFixedDelay(
        () -> {
          if (ready.getAsBoolean()) {
            threads.execute(this::look);
          }
        },
        LOOK_SECONDS,
        LOOK_SECONDS,
        TimeUnit.SECONDS);
  }

  /** Passes an event of the venue on, and notes of whom it told. */
  void pass(Instant at, RiskEvent event) {
    // Who is read by others all the time is never due here: what they could read is told for them.
    if (event instanceof RiskEvent.SnapshotTaken read && read.only().isPresent()) {
      reached.accept(
          read.only().get(),
          Reach.of(
              read.positions().isPresent() && read.orders().isPresent(),
              read.trades().isPresent()));
    }
    if (event instanceof RiskEvent.AccountScoped
        || event instanceof RiskEvent.SnapshotTaken
        || event instanceof RiskEvent.Disconnected) {
      note(at, event);
    } else {
      sink.accept(at, event);
    }
  }

  private synchronized void note(Instant at, RiskEvent event) {
    heard++;
    if (event instanceof RiskEvent.AccountScoped scoped) {
      quietSince.put(scoped.account(), at);
    } else if (event instanceof RiskEvent.SnapshotTaken snapshot
        && snapshot.positions().isPresent()) {
      quietSince.replaceAll(
          (account, before) ->
              snapshot.only().filter(o -> !o.equals(account)).isEmpty() ? at : before);
    }
    sink.accept(at, event);
  }

  /** Something else says that events of the account were lost: the next look reads all of it. */
  synchronized void doubt(AccountId account) {
    doubted.add(account);
  }

  /** The executor's own reads show the account flat: if the books do not, the hub has not told. */
  void provenFlat(AccountId account) {
    AccountState books = state.get().accounts().find(account.value());
    if (books != null && !(held(books).isEmpty() && books.orders().isEmpty())) {
      doubt(account);
    }
  }

  private synchronized boolean isDoubted(AccountId account) {
    return doubted.contains(account);
  }

  private synchronized void believe(AccountId account) {
    doubted.remove(account);
  }

  /**
   * Reads the account that is due for longest; called every few seconds, on a thread that may wait.
   * One at a time: were all read that are, the venue's rate would be used up by looking, and none
   * of it be left for acting.
   */
  void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      EngineState known = state.get();
      mostPressing(known).ifPresent(account -> read(known, account));
    } finally {
      looking.set(false);
    }
  }

  private synchronized Optional<AccountState> mostPressing(EngineState known) {
    Instant now = clock.instant();
    AccountState first = null;
    Instant firstDue = now;
    for (LongMap.Entry<AccountState> entry : known.accounts()) {
      AccountState account = entry.value();
      if (account.missing()) {
        continue; // Not listed: there is nothing to read, and the list is read anyway.
      }
      Instant due = due(account, now);
      if (first == null ? !due.isAfter(now) : due.isBefore(firstDue)) {
        first = account;
        firstDue = due;
      }
    }
    if (first != null) {
      quietSince.put(first.id(), now);
    }
    return Optional.ofNullable(first);
  }

  private Instant due(AccountState account, Instant now) {
    boolean atOnce = doubted.contains(account.id());
    boolean blind = account.blindSince().isPresent();
    // One that others did not wait for at the start is blind, and not read yet.
    boolean matters =
        blind
            || (account.phase() == AccountState.Phase.RUNNING
                && (atOnce
                    || !account.locks().active().isEmpty()
                    || !account.holdings().isEmpty()));
    Instant since = quietSince.computeIfAbsent(account.id(), id -> now);
    if (!matters) {
      return Instant.MAX;
    }
    Duration quiet = blind ? BLIND : suspectUntil.isAfter(now) ? SUSPECT : QUIET;
    return atOnce ? Instant.MIN : since.plus(quiet);
  }

  private void read(EngineState known, AccountState books) {
    AccountId account = books.id();
    boolean blind = books.blindSince().isPresent();
    boolean inDoubt = isDoubted(account);
    long before = heardSoFar();
    refused = false;
    // Trades before positions: one that is made meanwhile shows in the position at least.
    List<Trade> trades = blind ? trades(known, account) : null;
    List<Position> positions = rows(allowed() ? venue.openPositions(account) : null);
    List<Order> orders =
        positions == null ? null : rows(allowed() ? venue.workingOrders(account) : null);
    if (blind && !refused) {
      reached.accept(account, Reach.of(positions != null && orders != null, trades != null));
    }
    if (positions == null || orders == null) {
      return;
    }
    if (!blind) {
      if (!inDoubt && !differs(books, positions, orders, List.of())) {
        return;
      }
      trades = trades(known, account);
      if (trades == null && inDoubt) {
        return;
      }
    }
    List<Trade> read = trades == null ? List.of() : trades;
    if (differs(books, positions, orders, read)) {
      tell(account, before, positions, orders, Optional.ofNullable(trades));
    } else {
      believe(account);
    }
  }

  private @Nullable List<Trade> trades(EngineState known, AccountId account) {
    return rows(allowed() ? venue.trades(account, tradesSince.apply(known, account)) : null);
  }

  private synchronized long heardSoFar() {
    return heard;
  }

  private synchronized void tell(
      AccountId account,
      long before,
      List<Position> positions,
      List<Order> orders,
      Optional<List<Trade>> trades) {
    if (heard != before) {
      // Not believed; but read again soon, for it may have been true.
      quietSince.put(account, clock.instant().minus(QUIET).plus(AGAIN));
      return;
    }
    LOG.warn("Account {}: the venue shows what the connection has not told of", account);
    believe(account);
    suspectUntil = clock.instant().plus(SUSPECT_FOR);
    sink.accept(
        clock.instant(),
        new RiskEvent.SnapshotTaken(
            true,
            Optional.of(account),
            Optional.empty(),
            Optional.of(positions),
            Optional.of(orders),
            trades));
  }

  private boolean allowed() {
    boolean free = allowance.tryTake();
    refused |= !free;
    return free;
  }

  private <T> @Nullable List<T> rows(@Nullable VenueReply<List<T>> reply) {
    if (reply instanceof VenueReply.Throttled<List<T>>) {
      allowance.throttled();
    }
    return reply instanceof VenueReply.Done<List<T>> done ? done.value() : null;
  }

  /** Whether the venue shows anything that the books do not know. */
  private static boolean differs(
      AccountState books, List<Position> positions, List<Order> orders, List<Trade> trades) {
    return trades.stream().anyMatch(trade -> !books.trades().knows(trade))
        || !sizes(positions).equals(held(books))
        || orders.size() != books.orders().size()
        || orders.stream().anyMatch(order -> differs(books.orders().find(order.id()), order));
  }

  private static Map<ContractId, Long> sizes(List<Position> positions) {
    Map<ContractId, Long> sizes = new TreeMap<>();
    positions.forEach(position -> sizes.put(position.contract(), position.signedSize()));
    return sizes;
  }

  private static Map<ContractId, Long> held(AccountState books) {
    Map<ContractId, Long> sizes = new TreeMap<>();
    for (Holding holding : books.holdings()) {
      if (holding.position().isPresent()) {
        sizes.put(holding.contract(), holding.signedSize());
      }
    }
    return sizes;
  }

  private static boolean differs(@Nullable Order known, Order read) {
    return known == null
        || known.status() != read.status()
        || known.size() != read.size()
        || known.filled() != read.filled()
        || !known.limitPrice().equals(read.limitPrice())
        || !known.stopPrice().equals(read.stopPrice());
  }
}
