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
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an account that is locked or holds something whenever the user hub has told nothing of it
 * for a while: events can be lost without a trace, and a position opened then would stay unseen. A
 * difference to the books becomes an ordinary event. A reading during which the hub told something
 * is thrown away: the event is newer.
 */
final class QuietWatch {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** The hub has told nothing of the account, and nobody has read it, for so long. */
  static final Duration QUIET = Duration.ofSeconds(20);

  /** After a reading that was thrown away. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final int LOOK_SECONDS = 2;

  private final Venue venue;
  private final Supplier<EngineState> state;
  private final BiFunction<EngineState, AccountId, Instant> tradesSince;
  private final EventSink sink;
  private final InstantSource clock;
  private final RequestAllowance allowance;
  private final Map<AccountId, Instant> quietSince = new TreeMap<>();
  private final Set<AccountId> doubted = new TreeSet<>();
  private final AtomicBoolean looking = new AtomicBoolean();
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
      quietSince.replaceAll((account, before) -> at);
    }
    sink.accept(at, event);
  }

  /** Something else says that events of the account were lost: the next look reads all of it. */
  synchronized void doubt(AccountId account) {
    doubted.add(account);
  }

  private synchronized boolean isDoubted(AccountId account) {
    return doubted.contains(account);
  }

  private synchronized void believe(AccountId account) {
    doubted.remove(account);
  }

  /** Reads what is due; called every few seconds, on a thread that may wait. */
  void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      EngineState known = state.get();
      for (LongMap.Entry<AccountState> entry : known.accounts()) {
        if (isDue(entry.value())) {
          read(known, entry.value().id());
        }
      }
    } finally {
      looking.set(false);
    }
  }

  private synchronized boolean isDue(AccountState account) {
    boolean inDoubt = doubted.contains(account.id());
    boolean matters =
        account.phase() == AccountState.Phase.RUNNING
            && (inDoubt || !account.locks().active().isEmpty() || !account.holdings().isEmpty());
    Instant now = clock.instant();
    Instant since = quietSince.computeIfAbsent(account.id(), id -> now);
    if (!matters || (!inDoubt && since.plus(QUIET).isAfter(now))) {
      return false;
    }
    quietSince.put(account.id(), now);
    return true;
  }

  private void read(EngineState known, AccountId account) {
    long before = heardSoFar();
    List<Position> positions = rows(allowed() ? venue.openPositions(account) : null);
    List<Order> orders =
        positions == null ? null : rows(allowed() ? venue.workingOrders(account) : null);
    if (positions == null || orders == null) {
      return;
    }
    AccountState books = known.account(account).orElse(AccountState.empty(account));
    boolean inDoubt = isDoubted(account);
    if (!inDoubt && differences(books, positions, orders, List.of()).isEmpty()) {
      return;
    }
    Instant since = tradesSince.apply(known, account);
    List<Trade> trades = rows(allowed() ? venue.trades(account, since) : null);
    if (inDoubt && trades == null) {
      return;
    }
    List<RiskEvent> found =
        differences(books, positions, orders, trades == null ? List.of() : trades);
    if (found.isEmpty()) {
      believe(account);
    } else {
      tell(account, before, found);
    }
  }

  private synchronized long heardSoFar() {
    return heard;
  }

  private synchronized void tell(AccountId account, long before, List<RiskEvent> found) {
    if (heard != before) {
      // Not believed; but read again soon, for it may have been true.
      quietSince.put(account, clock.instant().minus(QUIET).plus(AGAIN));
      return;
    }
    LOG.warn(
        "Account {}: the venue shows {} change(s) that the connection has not told of",
        account,
        found.size());
    believe(account);
    Instant now = clock.instant();
    found.forEach(event -> sink.accept(now, event));
  }

  private boolean allowed() {
    return allowance.tryTake();
  }

  private <T> @Nullable List<T> rows(@Nullable VenueReply<List<T>> reply) {
    if (reply instanceof VenueReply.Throttled<List<T>>) {
      allowance.throttled();
    }
    return reply instanceof VenueReply.Done<List<T>> done ? done.value() : null;
  }

  /** What the books do not know: trades first, as the venue tells them. */
  private static List<RiskEvent> differences(
      AccountState books, List<Position> positions, List<Order> orders, List<Trade> trades) {
    List<RiskEvent> found = new ArrayList<>();
    for (Trade trade : trades) {
      if (!books.trades().knows(trade)) {
        found.add(new RiskEvent.TradeReported(trade));
      }
    }
    Map<ContractId, Position> read = new TreeMap<>();
    positions.forEach(p -> read.put(p.contract(), p));
    for (Holding holding : books.holdings()) {
      if (holding.position().isPresent() && !read.containsKey(holding.contract())) {
        found.add(new RiskEvent.PositionReported(books.id(), holding.contract(), Optional.empty()));
      }
    }
    read.forEach(
        (contract, position) -> {
          Optional<Position> known = books.holding(contract).position();
          if (known.map(Position::signedSize).orElse(0L) != position.signedSize()) {
            found.add(new RiskEvent.PositionReported(books.id(), contract, Optional.of(position)));
          }
        });
    orders(books, orders, trades, found);
    return found;
  }

  private static void orders(
      AccountState books, List<Order> orders, List<Trade> trades, List<RiskEvent> found) {
    Map<Long, Order> read = new TreeMap<>();
    orders.forEach(order -> read.put(order.id(), order));
    for (LongMap.Entry<Order> entry : books.orders()) {
      Order known = entry.value();
      if (!read.containsKey(known.id())) {
        boolean filled = trades.stream().anyMatch(t -> t.orderId() == known.id());
        found.add(
            new RiskEvent.OrderReported(
                filled
                    ? known.withStatus(OrderStatus.FILLED, known.size())
                    : known.withStatus(OrderStatus.CANCELLED)));
      }
    }
    read.forEach(
        (id, order) -> {
          Order known = books.orders().find(id);
          if (known == null
              || known.status() != order.status()
              || known.size() != order.size()
              || known.filled() != order.filled()
              || !known.limitPrice().equals(order.limitPrice())
              || !known.stopPrice().equals(order.stopPrice())) {
            found.add(new RiskEvent.OrderReported(order));
          }
        });
  }
}
