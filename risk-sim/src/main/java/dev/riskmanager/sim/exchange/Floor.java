package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.Quote;
import dev.riskmanager.sim.market.Quotes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the exchange share: the books, the one lock over them, the numbering, and the
 * events of the step under way. Events leave, in order and together, when the lock is given back.
 */
final class Floor {
  /** Above the range of 32 bits, as at the real venue. */
  private static final long FIRST_ORDER = 3_425_000_000L;

  private static final long FIRST_TRADE = 3_005_000_000L;
  private static final int FIRST_POSITION = 825_000_000;

  final ContractCatalog catalog;
  final Quotes quotes;
  final Knobs knobs;
  final InstantSource clock;
  final Map<Long, Account> accounts = new LinkedHashMap<>();

  /** Orders that are not finished, oldest first. */
  final Map<Long, Order> live = new LinkedHashMap<>();

  private final Later later;
  private final Consumer<List<UserEvent>> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<UserEvent> events = new ArrayList<>();
  private long lastOrder = FIRST_ORDER - 1;
  private long lastTrade = FIRST_TRADE - 1;
  private int lastPosition = FIRST_POSITION - 1;

  Floor(
      ContractCatalog catalog,
      Quotes quotes,
      Knobs knobs,
      InstantSource clock,
      Later later,
      Consumer<List<UserEvent>> listener) {
    this.catalog = catalog;
    this.quotes = quotes;
    this.knobs = knobs;
    this.clock = clock;
    this.later = later;
    this.listener = listener;
  }

  <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      if (lock.getHoldCount() == 1 && !events.isEmpty()) {
        List<UserEvent> batch = List.copyOf(events);
        events.clear();
        listener.accept(batch);
      }
      lock.unlock();
    }
  }

  /** Runs under the lock after the knob's delay; at once, within this step, when it is zero. */
  void after(Knob<Long> delay, Runnable task) {
    after(knobs.get(delay), task);
  }

  void after(long millis, Runnable task) {
    if (millis == 0) {
      task.run();
      return;
    }
    later.after(
        millis,
        () ->
            locked(
                () -> {
                  task.run();
                  return true;
                }));
  }

  Instant now() {
    return clock.instant();
  }

  Quote quote(Contract contract) {
    return quotes.of(contract);
  }

  long nextOrderId(long gap) {
    lastOrder += 1 + gap;
    return lastOrder;
  }

  long nextTradeId() {
    return ++lastTrade;
  }

  /** Numbers of an earlier process are not given again. */
  void usedOrderId(long id) {
    lastOrder = Math.max(lastOrder, id);
  }

  void usedTradeId(long id) {
    lastTrade = Math.max(lastTrade, id);
  }

  void usedPositionId(int id) {
    lastPosition = Math.max(lastPosition, id);
  }

  int nextPositionId() {
    return ++lastPosition;
  }

  Account account(long id) {
    Account account = accounts.get(id);
    if (account == null) {
      throw new IllegalArgumentException("no account " + id + " at this venue");
    }
    return account;
  }

  boolean canTrade(Account account) {
    return knobs.get(TradingKnobs.CAN_TRADE).of(account.id);
  }

  boolean halted(Contract contract) {
    var halt = knobs.get(TradingKnobs.HALT);
    return Knob.covers(halt, contract.symbol()) || halt.contains(contract.id());
  }

  /** Whether orders are taken now: neither halted nor outside the session. */
  boolean tradable(Contract contract) {
    return !halted(contract) && inSession();
  }

  boolean inSession() {
    return !knobs.get(TradingKnobs.SESSIONS)
        || Sessions.isOpen(now(), knobs.get(TradingKnobs.HOLIDAYS));
  }

  void changed(Order order) {
    events.add(new UserEvent.OrderChanged(order.view()));
  }

  void changed(Position position) {
    events.add(new UserEvent.PositionChanged(position.view()));
  }

  void changed(Account account) {
    events.add(new UserEvent.AccountChanged(view(account)));
  }

  void traded(TradeView trade) {
    events.add(new UserEvent.Traded(trade));
  }

  AccountView view(Account account) {
    return new AccountView(account.id, account.name, account.balance, canTrade(account));
  }

  /** Ends an order in a state it stays in, and says so. */
  void finish(Order order, OrderStatus status) {
    order.status = status;
    order.updated = now();
    live.remove(order.id);
    changed(order);
  }

  @Nullable Position position(Order order) {
    return account(order.accountId).positions.get(order.contract.id());
  }

  /** What a market order gets: the opposite best, made worse by the slip. */
  BigDecimal marketPrice(Contract contract, OrderSide side) {
    Quote quote = quote(contract);
    BigDecimal best = side == OrderSide.BUY ? quote.ask() : quote.bid();
    return best.add(contract.ticks(side.sign() * knobs.get(TradingKnobs.SLIP_TICKS)));
  }
}
