package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A venue with prices, netted positions, P&amp;L and fees, which tells of each change like the user
 * hub: order, trade, position. It always does what it is asked; what goes wrong goes wrong on the
 * way.
 */
final class SimVenue implements Venue {
  /** Told of what a request of the engine did to a position. */
  interface Watcher {
    void changed(AccountId account, ContractId contract, long before, long after);
  }

  private static final Money FEE = Money.of("0.37");
  private static final BigDecimal TICK = new BigDecimal("0.25");

  private record Key(AccountId account, ContractId contract) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : contract.compareTo(other.contract);
    }
  }

  private final InstantSource clock;
  private final TreeMap<ContractId, Contract> contracts = new TreeMap<>();
  private final TreeMap<ContractId, Long> ticks = new TreeMap<>();
  private final List<AccountId> accounts;
  private final TreeMap<Key, Position> positions = new TreeMap<>();
  private final TreeMap<Long, Order> orders = new TreeMap<>();
  private final List<Trade> trades = new ArrayList<>();
  private final Set<Long> engineFills = new TreeSet<>();
  private long nextPosition = 825_000_001L;
  private long nextOrder = 3_425_000_100L;
  private long nextTrade = 3_005_000_001L;

  Consumer<RiskEvent> hub = event -> {};

  /** A close may rest as a market order for a while before it fills. */
  Optional<Consumer<Runnable>> fillsLater = Optional.empty();

  /** A close sells twice what it should: broken on purpose. */
  boolean closesTwice;

  Watcher engineTouched = (account, contract, before, after) -> {};

  SimVenue(InstantSource clock, List<Contract> contracts, List<AccountId> accounts) {
    this.clock = clock;
    this.accounts = accounts;
    for (Contract contract : contracts) {
      this.contracts.put(contract.id(), contract);
      ticks.put(contract.id(), 80_000L);
    }
  }

  // --- the market and the traders ---

  Price price(ContractId contract) {
    return Price.of(TICK.multiply(BigDecimal.valueOf(ticks.getOrDefault(contract, 0L))));
  }

  void move(ContractId contract, long byTicks) {
    ticks.merge(contract, byTicks, Long::sum);
    hub.accept(
        new RiskEvent.QuoteReported(
            contract, Optional.of(price(contract)), Optional.empty(), Optional.empty()));
  }

  void trade(AccountId account, ContractId contract, long signed) {
    OrderSide side = signed > 0 ? OrderSide.BUY : OrderSide.SELL;
    Order order = order(account, contract, OrderType.MARKET, side, Math.abs(signed), "");
    tell(order);
    fill(order);
  }

  void rest(AccountId account, ContractId contract, OrderType type, OrderSide side, long size) {
    Order order = order(account, contract, type, side, size, "");
    orders.put(order.id(), order);
    tell(order);
  }

  void fillOrder(long id) {
    Order order = orders.remove(id);
    if (order != null) {
      fill(order);
    }
  }

  long held(AccountId account, ContractId contract) {
    Position held = positions.get(new Key(account, contract));
    return held == null ? 0 : held.signedSize();
  }

  List<Position> positionsOf(AccountId account) {
    return positions.values().stream().filter(p -> p.account().equals(account)).toList();
  }

  List<Order> ordersOf(AccountId account) {
    return orders.values().stream().filter(o -> o.account().equals(account)).toList();
  }

  List<Trade> tradesOf(AccountId account) {
    return trades.stream().filter(t -> t.account().equals(account)).toList();
  }

  private Order order(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      String tag) {
    Instant now = clock.instant();
    return new Order(
        nextOrder++,
        account,
        contract,
        OrderStatus.OPEN,
        type,
        side,
        size,
        0,
        type == OrderType.LIMIT ? Optional.of(price(contract)) : Optional.empty(),
        type.isStop() ? Optional.of(price(contract)) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        now,
        tag);
  }

  private Order with(Order o, OrderStatus status, long size, long filled) {
    return new Order(
        o.id(),
        o.account(),
        o.contract(),
        status,
        o.type(),
        o.side(),
        size,
        filled,
        o.limitPrice(),
        o.stopPrice(),
        o.trailDistance(),
        o.parentOrderId(),
        o.linkedOrderId(),
        o.createdAt(),
        clock.instant(),
        o.customTag());
  }

  private Contract economics(ContractId contract) {
    return Objects.requireNonNull(contracts.get(contract), contract.value());
  }

  private void tell(Order order) {
    hub.accept(new RiskEvent.OrderReported(order));
  }

  private void fill(Order order) {
    long signed = order.side().sign() * order.remaining();
    Key key = new Key(order.account(), order.contract());
    Position old = positions.get(key);
    long before = old == null ? 0 : old.signedSize();
    long after = before + signed;
    Price price = price(order.contract());
    boolean closes = old != null && Long.signum(signed) != Long.signum(before);
    Optional<Money> profit = Optional.empty();
    if (old != null && closes) {
      long closed = Math.min(Math.abs(signed), Math.abs(before)) * Long.signum(before);
      profit = Optional.of(economics(order.contract()).profit(old.averagePrice(), price, closed));
    }
    if (after == 0) {
      positions.remove(key);
    } else if (old != null && Long.signum(before) == Long.signum(after)) {
      Price average = closes ? old.averagePrice() : average(old, signed, price);
      positions.put(key, row(old.id(), order, after, average, old.openedAt()));
    } else {
      positions.put(key, row(nextPosition++, order, after, price, clock.instant()));
    }
    tell(with(order, OrderStatus.FILLED, order.size(), order.size()));
    Trade trade =
        new Trade(
            nextTrade++,
            order.account(),
            order.contract(),
            order.side(),
            Math.abs(signed),
            price,
            profit,
            FEE,
            order.id(),
            clock.instant(),
            false);
    trades.add(trade);
    hub.accept(new RiskEvent.TradeReported(trade));
    hub.accept(
        new RiskEvent.PositionReported(
            order.account(), order.contract(), Optional.ofNullable(positions.get(key))));
  }

  private static Position row(long id, Order order, long signed, Price average, Instant openedAt) {
    return new Position(
        id,
        order.account(),
        order.contract(),
        Side.ofSigned(signed),
        Math.abs(signed),
        average,
        openedAt);
  }

  /**
   * Whole ticks: what is lost by it is in no P&L but the next one's, and the same for everybody.
   */
  private static Price average(Position old, long signed, Price price) {
    long sizes = old.size() + Math.abs(signed);
    long oldTicks = old.averagePrice().toBigDecimal().divide(TICK).longValueExact();
    long newTicks = price.toBigDecimal().divide(TICK).longValueExact();
    long sum = oldTicks * old.size() + newTicks * Math.abs(signed);
    return Price.of(TICK.multiply(BigDecimal.valueOf(sum / sizes)));
  }

  // --- the operations ---

  @Override
  public VenueReply<List<Account>> accounts() {
    return done(
        accounts.stream()
            .map(id -> new Account(id, "PRAC-" + id, Money.of("50000"), true, true, true))
            .toList());
  }

  @Override
  public VenueReply<List<Position>> openPositions(AccountId account) {
    return done(positionsOf(account));
  }

  @Override
  public VenueReply<List<Order>> workingOrders(AccountId account) {
    return done(ordersOf(account));
  }

  @Override
  public VenueReply<List<Trade>> trades(AccountId account, Instant since) {
    return done(tradesOf(account).stream().filter(t -> !t.executedAt().isBefore(since)).toList());
  }

  @Override
  public VenueReply<List<Contract>> contracts() {
    return done(List.copyOf(contracts.values()));
  }

  @Override
  public VenueReply<Contract> contract(ContractId contract) {
    return done(economics(contract));
  }

  @Override
  public VenueReply<Void> closePosition(AccountId account, ContractId contract) {
    return close(account, contract, Math.abs(held(account, contract)));
  }

  @Override
  public VenueReply<Void> partialClose(AccountId account, ContractId contract, long size) {
    if (held(account, contract) != 0 && size > Math.abs(held(account, contract))) {
      return refused(5, "InvalidCloseSize", false);
    }
    return close(account, contract, size);
  }

  private VenueReply<Void> close(AccountId account, ContractId contract, long size) {
    long before = held(account, contract);
    if (before == 0) {
      return refused(2, "PositionNotFound", true);
    }
    OrderSide side = before > 0 ? OrderSide.SELL : OrderSide.BUY;
    long sold = closesTwice ? 2 * size : size;
    Order order = order(account, contract, OrderType.MARKET, side, sold, "");
    orders.put(order.id(), order);
    tell(order);
    engineFills.add(order.id());
    long fillsBefore = fillsOf(account, contract);
    Runnable fill = () -> fillClose(order, fillsBefore);
    fillsLater.ifPresentOrElse(later -> later.accept(fill), fill);
    return ok();
  }

  /** What somebody else did to the position meanwhile is nobody's fault. */
  private void fillClose(Order order, long fillsBefore) {
    if (orders.remove(order.id()) != null) {
      boolean undisturbed = fillsOf(order.account(), order.contract()) == fillsBefore;
      long before = held(order.account(), order.contract());
      fill(order);
      if (undisturbed) {
        engineTouched.changed(
            order.account(), order.contract(), before, held(order.account(), order.contract()));
      }
    }
  }

  private long fillsOf(AccountId account, ContractId contract) {
    return tradesOf(account).stream()
        .filter(t -> t.contract().equals(contract) && !engineFills.contains(t.orderId()))
        .count();
  }

  @Override
  public VenueReply<Void> cancelOrder(AccountId account, long orderId) {
    Order order = orders.remove(orderId);
    if (order == null) {
      return refused(2, "OrderNotFound", true);
    }
    tell(with(order, OrderStatus.CANCELLED, order.size(), order.filled()));
    return ok();
  }

  @Override
  public VenueReply<Void> modifyOrder(
      AccountId account,
      long orderId,
      Optional<Long> size,
      Optional<Price> limit,
      Optional<Price> stop) {
    Order order = orders.get(orderId);
    if (order == null) {
      return refused(2, "OrderNotFound", true);
    }
    Order changed = with(order, order.status(), size.orElse(order.size()), order.filled());
    orders.put(orderId, changed);
    tell(changed);
    return ok();
  }

  @Override
  public VenueReply<Long> placeOrder(
      AccountId account,
      ContractId contract,
      OrderType type,
      OrderSide side,
      long size,
      Optional<Price> limit,
      Optional<Price> stop,
      String customTag) {
    throw new UnsupportedOperationException("no rule of the simulation places orders");
  }

  private static <T> VenueReply<T> done(T value) {
    return new VenueReply.Done<>(value, Duration.ZERO);
  }

  @SuppressWarnings("NullAway") // a reply that carries nothing
  private static VenueReply<Void> ok() {
    return new VenueReply.Done<>(null, Duration.ZERO);
  }

  private static <T> VenueReply<T> refused(int code, String name, boolean gone) {
    return new VenueReply.Refused<>(code, name, "", gone, false, Duration.ZERO);
  }

  /** The same fill, told as another one. */
  static Trade underAnotherId(Trade trade) {
    return new Trade(
        trade.id() + 1_000_000,
        trade.account(),
        trade.contract(),
        trade.side(),
        trade.size(),
        trade.price(),
        trade.profitAndLoss(),
        trade.fees(),
        trade.orderId(),
        trade.executedAt(),
        trade.voided());
  }
}
