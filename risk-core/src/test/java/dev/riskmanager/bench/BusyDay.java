package dev.riskmanager.bench;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Traders at work under all thirteen rules, none of which is broken: round and round, one account
 * after the other, buys, protects, adds, sells and closes, with quotes in between. Each event
 * changes something; none is a duplicate.
 */
final class BusyDay {
  /** Kinds of events, each measured for itself. */
  enum Kind {
    ORDER,
    TRADE,
    POSITION,
    QUOTE
  }

  /** All thirteen, with limits that this day does not reach. */
  static final String RULES =
      """
      max_contracts: {limit: 5}
      max_contracts_per_instrument: {limits: {MNQ: 3, ES: 2}}
      daily_realized_loss: {limit: -100000, include_open: true}
      daily_unrealized_loss: {limit: -5000}
      max_unrealized_profit: {target: 5000}
      trade_frequency_limit: {limits: {per_minute: 100000, per_hour: 100000, per_session: 1000000}}
      cooldown_after_loss: {loss_thresholds: [{loss_amount: -5000, cooldown_duration: 300}]}
      no_stop_loss_grace: {grace_period_seconds: 30}
      session_block_outside:
        global_session: {start: "18:00", end: "17:00", timezone: America/Chicago}
      auth_loss_guard: {check_interval_seconds: 30}
      symbol_blocks: {blocked_symbols: [RTY, "BTC*"]}
      trade_management:
        auto_breakeven: {profit_trigger_ticks: 400, offset_ticks: 1}
        trailing_stop: {activation_ticks: 400, trail_distance_ticks: 100}
      daily_realized_profit: {target: 100000}
      """;

  private static final String CONTRACT = World.id("MNQ").value();
  private static final long TICK = 250_000_000L;
  private static final long BASE = 20_000_000_000_000L;
  private static final Money FEE = Money.of("0.37");

  private final int accounts;
  private final int quotes;
  private final long stepNanos;
  private int place;
  private long cycle;
  private long nextId = 1_000_000;
  private long stop;
  private long entry;
  private long price = BASE;
  private Instant openedAt;
  private Instant now;
  private Kind kind = Kind.QUOTE;

  /**
   * @param quotes between two deals
   * @param stepNanos between two events
   */
  BusyDay(int accounts, int quotes, long stepNanos, Instant start) {
    this.accounts = accounts;
    this.quotes = quotes;
    this.stepNanos = stepNanos;
    this.now = start;
    this.openedAt = start;
  }

  /** Before the first event, every account monitored. */
  static EngineState start(int accounts, Instant t) {
    RuleSet rules = RuleFile.rules(RULES);
    Table<AccountId, RuleSet> all = Table.empty();
    for (int i = 1; i <= accounts; i++) {
      all = all.with(new AccountId(i), rules);
    }
    return EngineState.initial(t, new RuleBook(all, Optional.empty()), World.products());
  }

  static RiskEvent reported(long account) {
    return new RiskEvent.AccountReported(
        new Account(new AccountId(account), "A" + account, Money.of("50000"), true, true, true));
  }

  /** When the event that {@link #next} made arrives. */
  Instant now() {
    return now;
  }

  Kind kind() {
    return kind;
  }

  /** What the venue lists: the economics of these are known by their ids. */
  static RiskEvent listed() {
    List<Contract> rows = new ArrayList<>(World.products());
    for (int i = 0; i < 60; i++) {
      String name = "X" + i;
      rows.add(new Contract(World.id(name), name, name + "Z5", new Price(TICK), Money.of("0.5")));
    }
    return new RiskEvent.ContractsListed(rows);
  }

  /** A new object each time, as one that was read from a message. */
  private static ContractId contract() {
    return new ContractId(new String(CONTRACT));
  }

  private AccountId account() {
    return new AccountId(1 + cycle % accounts);
  }

  /** The next event. The objects are made here, outside of what is measured. */
  RiskEvent next() {
    now = now.plusNanos(stepNanos);
    int deal = place / (4 + quotes);
    int step = place % (4 + quotes);
    RiskEvent event = step < 4 ? deal(deal, step) : quote();
    place++;
    if (place == 5 * (4 + quotes)) {
      place = 0;
      cycle++;
    }
    return event;
  }

  /** Buy one; protect it; buy another; sell one; sell the last and the stop is gone. */
  private RiskEvent deal(int deal, int step) {
    return switch (deal) {
      case 0 -> deal(OrderSide.BUY, 1, step);
      case 1 -> protect(step);
      case 2 -> deal(OrderSide.BUY, 2, step);
      case 3 -> deal(OrderSide.SELL, 1, step);
      default -> deal(OrderSide.SELL, 0, step);
    };
  }

  private RiskEvent deal(OrderSide side, long after, int step) {
    kind = step == 1 ? Kind.TRADE : step == 2 ? Kind.POSITION : Kind.ORDER;
    if (after == 0 && step == 3) {
      return protection(OrderStatus.CANCELLED, 2);
    }
    return switch (step) {
      case 0 -> {
        entry = nextId++;
        openedAt = after == 1 && side == OrderSide.BUY ? now : openedAt;
        // The one that closes is seen only when it has filled.
        OrderStatus status = after == 0 ? OrderStatus.FILLED : OrderStatus.OPEN;
        yield new RiskEvent.OrderReported(
            order(entry, status, OrderType.MARKET, side, 1, 0, Optional.empty()));
      }
      case 1 ->
          new RiskEvent.TradeReported(
              new Trade(
                  nextId++,
                  account(),
                  contract(),
                  side,
                  1,
                  new Price(price),
                  side == OrderSide.SELL
                      ? Optional.of(Money.of(cycle % 2 == 0 ? "1.5" : "-1.5"))
                      : Optional.empty(),
                  FEE,
                  entry,
                  now,
                  false));
      case 2 ->
          new RiskEvent.PositionReported(
              account(),
              contract(),
              after == 0
                  ? Optional.empty()
                  : Optional.of(
                      new Position(
                          cycle,
                          account(),
                          contract(),
                          Side.LONG,
                          after,
                          new Price(BASE),
                          openedAt)));
      default ->
          new RiskEvent.OrderReported(
              order(entry, OrderStatus.FILLED, OrderType.MARKET, side, 1, 1, Optional.empty()));
    };
  }

  /** The stop is placed and moved twice; it is cancelled when the position is flat. */
  private RiskEvent protect(int step) {
    kind = Kind.ORDER;
    if (step == 0) {
      stop = nextId++;
    }
    return step < 3 ? protection(OrderStatus.OPEN, step) : quote();
  }

  private RiskEvent protection(OrderStatus status, int moved) {
    Optional<Price> level = Optional.of(new Price(BASE - (200 - moved) * TICK));
    return new RiskEvent.OrderReported(
        order(stop, status, OrderType.STOP, OrderSide.SELL, 2, 0, level));
  }

  private Order order(
      long id,
      OrderStatus status,
      OrderType type,
      OrderSide side,
      long size,
      long filled,
      Optional<Price> level) {
    return new Order(
        id,
        account(),
        contract(),
        status,
        type,
        side,
        size,
        filled,
        Optional.empty(),
        level,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        now,
        "");
  }

  private RiskEvent quote() {
    kind = Kind.QUOTE;
    price = BASE + ((cycle * 7 + place * 13L) % 40 - 20) * TICK;
    return new RiskEvent.QuoteReported(
        contract(),
        Optional.of(new Price(price)),
        Optional.of(new Price(price - TICK)),
        Optional.of(new Price(price + TICK)));
  }
}
