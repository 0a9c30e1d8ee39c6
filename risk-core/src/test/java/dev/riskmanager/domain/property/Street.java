package dev.riskmanager.domain.property;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The venue, the market and two traders, small: turns {@link Move}s into the events a real venue
 * would report. When the venue obeys, what the engine decides is carried out and reported too.
 */
final class Street {
  /** An event and when it arrived. */
  record Timed(Instant t, RiskEvent event) {
    @Override
    public String toString() {
      return t + " " + event;
    }
  }

  private static final Duration STEP = Duration.ofMillis(7);
  private static final long TICK = 250_000_000L;
  private static final long FIRST_PRICE = 20_000_000_000_000L;
  private static final int ROUNDS = 4;

  private final List<Timed> tape = new ArrayList<>();
  private final List<RiskEvent> truths = new ArrayList<>();
  private final List<Decision> asked = new ArrayList<>();
  private final Map<Long, Books> books = new TreeMap<>();
  private final Map<ContractId, Long> prices = new TreeMap<>();
  private final boolean obeys;
  private EngineState engine;
  private Instant now;
  private long nextId = 100;

  /** What the venue knows of one account. */
  private static final class Books {
    final Map<ContractId, Position> positions = new TreeMap<>();
    final Map<Long, Order> orders = new TreeMap<>();
    final List<Trade> trades = new ArrayList<>();
    boolean canTrade = true;
  }

  private Street(EngineState engine, boolean obeys) {
    this.engine = engine;
    this.now = engine.now();
    this.obeys = obeys;
    for (long account : Scenario.ACCOUNTS) {
      books.put(account, new Books());
    }
  }

  static List<Timed> play(EngineState start, boolean obeys, List<Move> moves) {
    Street street = new Street(start, obeys);
    street.send(new RiskEvent.ClockTicked());
    street.make(moves);
    return List.copyOf(street.tape);
  }

  /**
   * A tape, and what a reading of the venue would have found as each of its events was sent.
   *
   * @param truths as many as events
   */
  record Told(List<Timed> tape, List<RiskEvent> truths) {}

  static Told told(EngineState start, boolean obeys, List<Move> moves) {
    Street street = new Street(start, obeys);
    street.send(new RiskEvent.ClockTicked());
    street.make(moves);
    return new Told(List.copyOf(street.tape), List.copyOf(street.truths));
  }

  /**
   * A tape in the middle of which everything is read, as it is after a restart.
   *
   * @param read number of the read
   */
  record Cut(List<Timed> tape, int read) {}

  /** The same with a restart between two lists of moves. */
  static Cut play(EngineState start, boolean obeys, List<Move> moves, List<Move> later) {
    Street street = new Street(start, obeys);
    street.send(new RiskEvent.ClockTicked());
    street.make(moves);
    int read = street.tape.size();
    street.send(street.snapshot(-1));
    street.obey();
    street.make(later);
    return new Cut(List.copyOf(street.tape), read);
  }

  private void make(List<Move> moves) {
    for (Move move : moves) {
      make(move);
      obey();
    }
  }

  private void send(RiskEvent event) {
    now = now.plus(STEP);
    tape.add(new Timed(now, event));
    truths.add(snapshot(-1));
    Step step = RiskEngine.step(engine, now, event);
    engine = step.state();
    asked.addAll(step.decisions());
  }

  private void make(Move move) {
    switch (move) {
      case Move.Deal deal -> deal(deal);
      case Move.Leave leave -> reduce(leave.account(), World.id(leave.contract()), 0);
      case Move.Protect protect -> protect(protect);
      case Move.Wait wait ->
          place(
              wait.account(),
              World.id(wait.contract()),
              OrderType.LIMIT,
              wait.size(),
              price(World.id(wait.contract())) - Long.signum(wait.size()) * 40 * TICK,
              "");
      case Move.Fill fill ->
          nth(fill.account(), fill.nth()).ifPresent(order -> fill(order, fill.part()));
      case Move.Cancel cancel ->
          nth(cancel.account(), cancel.nth())
              .ifPresent(order -> report(order.withStatus(OrderStatus.CANCELLED)));
      case Move.Resize resize ->
          nth(resize.account(), resize.nth())
              .ifPresent(order -> report(sized(order, order.filled() + resize.size())));
      case Move.Tick tick -> tick(tick);
      case Move.Pass pass -> pass(pass.time());
      case Move.Permission permission -> {
        of(permission.account()).canTrade = permission.canTrade();
        send(new RiskEvent.AccountReported(row(permission.account())));
      }
      case Move.Reconcile read -> send(snapshot(read.hidden()));
      case Move.Unlock unlock ->
          send(
              new RiskEvent.UnlockRequested(
                  new AccountId(unlock.account()),
                  rule(unlock.rule()),
                  Optional.empty(),
                  "root",
                  "test"));
      case Move.Lock lock ->
          send(
              new RiskEvent.LockRequested(
                  new AccountId(lock.account()), now.plus(lock.time()), "root", "test"));
      case Move.Flatten flatten ->
          send(new RiskEvent.FlattenRequested(new AccountId(flatten.account()), "root", "test"));
      case Move.Again again -> {
        if (!tape.isEmpty()) {
          send(tape.get(Math.floorMod(tape.size() - 1 - again.nth(), tape.size())).event());
        }
      }
      case Move.TakeBack back -> takeBack(back);
      case Move.Outage outage -> {
        send(new RiskEvent.Disconnected("test"));
        pass(outage.time());
        send(new RiskEvent.Reconnected());
        send(snapshot(-1));
      }
      case Move.Nonsense nonsense -> send(nonsense.event());
    }
  }

  private static Optional<RuleId> rule(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : text.equals("MANUAL") ? Optional.of(RuleId.MANUAL) : RuleCatalog.find(text);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    send(new RiskEvent.ClockTicked());
  }

  private Books of(long account) {
    return books.computeIfAbsent(account, id -> new Books());
  }

  private long price(ContractId contract) {
    return prices.computeIfAbsent(contract, c -> FIRST_PRICE);
  }

  private void tick(Move.Tick tick) {
    ContractId contract = World.id(tick.contract());
    long price = Math.max(TICK, price(contract) + tick.ticks() * TICK);
    prices.put(contract, price);
    send(
        new RiskEvent.QuoteReported(
            contract,
            Optional.of(new Price(price)),
            Optional.of(new Price(price - TICK)),
            Optional.of(new Price(price + TICK))));
  }

  private Optional<Order> nth(long account, int nth) {
    List<Order> working = List.copyOf(of(account).orders.values());
    return working.isEmpty()
        ? Optional.empty()
        : Optional.of(working.get(Math.floorMod(nth, working.size())));
  }

  // ---- orders

  private Order place(
      long account, ContractId contract, OrderType type, long signed, long price, String tag) {
    Optional<Price> level = Optional.of(new Price(price));
    Order order =
        new Order(
            nextId++,
            new AccountId(account),
            contract,
            OrderStatus.OPEN,
            type,
            signed > 0 ? OrderSide.BUY : OrderSide.SELL,
            Math.abs(signed),
            0,
            type == OrderType.LIMIT ? level : Optional.empty(),
            type == OrderType.STOP ? level : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            now,
            tag);
    report(order);
    return order;
  }

  private void protect(Move.Protect protect) {
    ContractId contract = World.id(protect.contract());
    Position held = of(protect.account()).positions.get(contract);
    if (held != null) {
      long size = Math.max(1, held.size() + protect.more());
      long side = held.side().sign();
      long level = price(contract) - side * protect.ticksAway() * TICK;
      place(protect.account(), contract, OrderType.STOP, -side * size, level, "");
    }
  }

  private void report(Order order) {
    Map<Long, Order> working = of(order.account().value()).orders;
    if (order.status().isTerminal()) {
      working.remove(order.id());
    } else {
      working.put(order.id(), order);
    }
    send(new RiskEvent.OrderReported(order));
  }

  private Order sized(Order order, long size) {
    return changed(order, size, order.filled(), order.stopPrice());
  }

  private Order changed(Order order, long size, long filled, Optional<Price> stop) {
    return new Order(
        order.id(),
        order.account(),
        order.contract(),
        filled >= size ? OrderStatus.FILLED : order.status(),
        order.type(),
        order.side(),
        size,
        filled,
        order.limitPrice(),
        stop,
        order.trailDistance(),
        order.parentOrderId(),
        order.linkedOrderId(),
        order.createdAt(),
        now,
        order.customTag());
  }

  private void fill(Order order, boolean part) {
    long size = part ? Math.max(1, order.remaining() / 2) : order.remaining();
    if (size > 0) {
      deal(order.account().value(), order.contract(), order.side().sign() * size, order.id(), true);
      report(changed(order, order.size(), order.filled() + size, order.stopPrice()));
    }
  }

  // ---- deals

  private void deal(Move.Deal deal) {
    ContractId contract = World.id(deal.contract());
    long account = deal.account();
    if (deal.report() == Move.Report.IN_PARTS) {
      long order = nextId++;
      long first = deal.size() / 2;
      if (first != 0) {
        deal(account, contract, first, order, true);
      }
      deal(account, contract, deal.size() - first, order, true);
      return;
    }
    Order order = place(account, contract, OrderType.MARKET, deal.size(), price(contract), "");
    deal(account, contract, deal.size(), order.id(), deal.report() == Move.Report.TRADE_FIRST);
    report(changed(order, order.size(), order.size(), Optional.empty()));
  }

  /** A deal of signed contracts: what closes has a profit, and what turns the position is two. */
  private void deal(
      long account, ContractId contract, long signed, long order, boolean tradeFirst) {
    Position held = of(account).positions.get(contract);
    long before = held == null ? 0 : held.signedSize();
    boolean turns =
        Long.signum(before) == -Long.signum(signed) && Math.abs(signed) > Math.abs(before);
    long first = turns ? -before : signed;
    List<RiskEvent> trades = new ArrayList<>();
    trades.add(trade(account, contract, first, before, order));
    trades.addAll(turns ? List.of(trade(account, contract, signed + before, 0, order)) : List.of());
    RiskEvent position =
        new RiskEvent.PositionReported(
            new AccountId(account),
            contract,
            Optional.ofNullable(of(account).positions.get(contract)));
    if (tradeFirst) {
      trades.forEach(this::send);
    }
    send(position);
    if (!tradeFirst) {
      trades.forEach(this::send);
    }
  }

  private RiskEvent trade(long account, ContractId contract, long signed, long before, long order) {
    Books mine = of(account);
    Position held = mine.positions.get(contract);
    long price = price(contract);
    boolean closes = Long.signum(before) == -Long.signum(signed);
    Optional<Money> profit = Optional.empty();
    if (closes && held != null) {
      // Half a dollar a tick, whatever the contract: the venue's arithmetic is not what is tested.
      long ticks = (price - held.averagePrice().units()) / TICK;
      profit = Optional.of(new Money(ticks * 500_000_000L * -signed));
    }
    book(account, contract, signed, before, price);
    Trade trade =
        new Trade(
            nextId++,
            new AccountId(account),
            contract,
            signed > 0 ? OrderSide.BUY : OrderSide.SELL,
            Math.abs(signed),
            new Price(price),
            profit,
            new Money(370_000_000L * Math.abs(signed)),
            order,
            now,
            false);
    mine.trades.add(trade);
    return new RiskEvent.TradeReported(trade);
  }

  private void book(long account, ContractId contract, long signed, long before, long price) {
    Map<ContractId, Position> positions = of(account).positions;
    Position held = positions.get(contract);
    long after = before + signed;
    if (after == 0) {
      positions.remove(contract);
      return;
    }
    boolean grows = Math.abs(after) > Math.abs(before);
    long old = held == null ? 0 : held.averagePrice().units() / TICK * Math.abs(before);
    long average =
        held == null || grows
            ? (old + price / TICK * Math.abs(signed)) / Math.abs(after) * TICK
            : held.averagePrice().units();
    positions.put(
        contract,
        new Position(
            held == null ? nextId++ : held.id(),
            new AccountId(account),
            contract,
            Side.ofSigned(after),
            Math.abs(after),
            new Price(average),
            held == null ? now : held.openedAt()));
  }

  private void takeBack(Move.TakeBack back) {
    List<Trade> trades = of(back.account()).trades;
    if (!trades.isEmpty()) {
      int nth = Math.floorMod(trades.size() - 1 - back.nth(), trades.size());
      Trade t = trades.get(nth);
      Trade voided =
          new Trade(
              t.id(),
              t.account(),
              t.contract(),
              t.side(),
              t.size(),
              t.price(),
              t.profitAndLoss(),
              t.fees(),
              t.orderId(),
              t.executedAt(),
              true);
      trades.set(nth, voided);
      send(new RiskEvent.TradeReported(voided));
    }
  }

  // ---- what is read

  private Account row(long account) {
    return new Account(
        new AccountId(account),
        "PRAC-" + account,
        Money.of("50000"),
        of(account).canTrade,
        true,
        true);
  }

  private RiskEvent snapshot(long hidden) {
    List<Account> accounts = new ArrayList<>();
    List<Position> positions = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    List<Trade> trades = new ArrayList<>();
    books.forEach(
        (account, mine) -> {
          if (account != hidden) {
            accounts.add(row(account));
            positions.addAll(mine.positions.values());
            orders.addAll(mine.orders.values());
            trades.addAll(mine.trades);
          }
        });
    return new RiskEvent.SnapshotTaken(
        true,
        Optional.of(accounts),
        Optional.of(positions),
        Optional.of(orders),
        Optional.of(trades));
  }

  // ---- what is obeyed

  private void obey() {
    for (int round = 0; obeys && round < ROUNDS && !asked.isEmpty(); round++) {
      List<Decision> todo = List.copyOf(asked);
      asked.clear();
      todo.forEach(this::obey);
    }
    asked.clear();
  }

  private void obey(Decision decision) {
    long account = decision.account().value();
    if (!books.containsKey(account)) {
      return;
    }
    switch (decision) {
      case Decision.CloseAllPositions all ->
          List.copyOf(of(account).positions.keySet()).forEach(c -> reduce(account, c, 0));
      case Decision.ClosePosition close -> reduce(account, close.contract(), 0);
      case Decision.ReducePosition reduce -> reduce(account, reduce.contract(), reduce.toSize());
      case Decision.CancelAllOrders all ->
          List.copyOf(of(account).orders.values())
              .forEach(order -> report(order.withStatus(OrderStatus.CANCELLED)));
      case Decision.CancelOrder cancel ->
          working(account, cancel.orderId())
              .ifPresent(order -> report(order.withStatus(OrderStatus.CANCELLED)));
      case Decision.ResizeOrder resize ->
          working(account, resize.orderId())
              .ifPresent(order -> report(sized(order, resize.toSize())));
      case Decision.ModifyStop modify ->
          working(account, modify.orderId())
              .ifPresent(
                  o -> report(changed(o, o.size(), o.filled(), Optional.of(modify.price()))));
      case Decision.PlaceStop stop ->
          place(
              account,
              stop.contract(),
              OrderType.STOP,
              stop.side().sign() * stop.size(),
              stop.price().units(),
              Order.ENGINE_TAG + "s");
      case Decision.PlaceTarget target ->
          place(
              account,
              target.contract(),
              OrderType.LIMIT,
              target.side().sign() * target.size(),
              target.price().units(),
              Order.ENGINE_TAG + "t");
      case Decision.ViolationFound v -> {}
      case Decision.PrecheckBlocked b -> {}
      case Decision.LockoutSet set -> {}
      case Decision.LockoutCleared cleared -> {}
      case Decision.Alert alert -> {}
      case Decision.Reset reset -> {}
    }
  }

  private Optional<Order> working(long account, long id) {
    return Optional.ofNullable(of(account).orders.get(id));
  }

  private void reduce(long account, ContractId contract, long toSize) {
    Position held = of(account).positions.get(contract);
    if (held != null && held.size() > toSize) {
      long signed = -held.side().sign() * (held.size() - toSize);
      Order order = place(account, contract, OrderType.MARKET, signed, price(contract), "RM-c");
      deal(account, contract, signed, order.id(), true);
      report(changed(order, order.size(), order.size(), Optional.empty()));
    }
  }
}
