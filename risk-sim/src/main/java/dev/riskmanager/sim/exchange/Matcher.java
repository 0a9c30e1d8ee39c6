package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Quote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When orders start to work, trigger and fill. Market orders fill at the opposite best; limits on
 * touch, at their price (or better when they could trade on arrival); stops when the market trades
 * at or through them, at what the market then offers.
 */
final class Matcher {
  private final Floor floor;
  private final Ledger ledger;

  Matcher(Floor floor, Ledger ledger) {
    this.floor = floor;
    this.ledger = ledger;
  }

  /** An order that passed all checks: Pending now, working or filled after the fill delay. */
  void submit(Order order) {
    floor.live.put(order.id, order);
    if (order.stopLeg != null) {
      floor.changed(order.stopLeg);
    }
    floor.changed(order);
    if (order.targetLeg != null) {
      floor.changed(order.targetLeg);
    }
    if (order.forcedPrice != null) {
      execute(order, order.forcedPrice);
    } else {
      floor.after(TradingKnobs.FILL_MS, () -> start(order));
    }
  }

  private void start(Order order) {
    if (order.status != OrderStatus.PENDING) {
      return;
    }
    if (floor.halted(order.contract)) {
      floor.finish(order, OrderStatus.REJECTED);
      dropLegs(order);
    } else if (order.type == OrderType.MARKET) {
      execute(order, floor.marketPrice(order.contract, order.side));
    } else {
      open(order);
    }
  }

  /** Makes an order work, and fills it when the market is already there. */
  void open(Order order) {
    order.status = OrderStatus.OPEN;
    order.updated = floor.now();
    floor.changed(order);
    arrived(order);
  }

  /** An order that began to work, or whose prices changed: it may trade right away. */
  void arrived(Order order) {
    Quote quote = floor.quote(order.contract);
    BigDecimal best = order.side == OrderSide.BUY ? quote.ask() : quote.bid();
    if (isLimit(order)) {
      if (reached(limit(order), best, order.side)) {
        execute(order, best);
      }
    } else {
      trigger(order, quote);
    }
  }

  /** The market traded. */
  void traded(Quote quote) {
    if (!floor.tradable(quote.contract())) {
      return;
    }
    List<Order> working = new ArrayList<>();
    for (Order order : floor.live.values()) {
      if (order.status == OrderStatus.OPEN && order.contract.id().equals(quote.contract().id())) {
        working.add(order);
      }
    }
    for (Order order : working) {
      if (order.status != OrderStatus.OPEN) {
        continue;
      }
      if (order.type == OrderType.TRAILING_STOP) {
        trail(order, quote.last());
      }
      if (isLimit(order)) {
        if (reached(limit(order), quote.last(), order.side)) {
          execute(order, limit(order));
        }
      } else {
        trigger(order, quote);
      }
    }
  }

  private static boolean isLimit(Order order) {
    return switch (order.type) {
      case LIMIT, JOIN_BID, JOIN_ASK -> true;
      case STOP_LIMIT -> order.triggered;
      case MARKET, STOP, TRAILING_STOP -> false;
    };
  }

  private static BigDecimal limit(Order order) {
    return Objects.requireNonNull(order.limitPrice, "a limit order has a limit price");
  }

  /** Whether a market price is as good as the limit or better. */
  private static boolean reached(BigDecimal limit, BigDecimal market, OrderSide side) {
    return market.subtract(limit).signum() * side.sign() <= 0;
  }

  private void trigger(Order order, Quote quote) {
    BigDecimal stop = order.stopPrice;
    if (stop == null || quote.last().subtract(stop).signum() * order.side.sign() < 0) {
      return;
    }
    if (order.type == OrderType.STOP_LIMIT) {
      order.triggered = true;
      arrived(order);
    } else {
      execute(order, floor.marketPrice(order.contract, order.side));
    }
  }

  /** Follows the market at the fixed distance; never away from it. */
  private void trail(Order order, BigDecimal last) {
    BigDecimal stop = order.stopPrice;
    if (order.trailTicks == null || stop == null) {
      return;
    }
    BigDecimal distance = order.contract.ticks(Math.abs(order.trailTicks));
    boolean sell = order.side == OrderSide.SELL;
    BigDecimal follows = sell ? last.subtract(distance) : last.add(distance);
    BigDecimal next = sell ? stop.max(follows) : stop.min(follows);
    if (next.compareTo(stop) != 0) {
      order.stopPrice = next;
      order.updated = floor.now();
      floor.changed(order);
    }
  }

  private void execute(Order order, BigDecimal price) {
    int contracts = order.remaining();
    if (order.reduceOnly) {
      Position held = floor.position(order);
      int closable = held == null || held.side == order.side ? 0 : held.size;
      if (closable == 0) {
        floor.finish(order, OrderStatus.CANCELLED);
        return;
      }
      if (closable < contracts) {
        contracts = closable;
        order.size = order.filled + closable;
      }
    }
    long most = floor.knobs.get(TradingKnobs.PARTIAL_FILLS);
    if (most > 0) {
      contracts = (int) Math.min(contracts, most);
    }
    order.filled += contracts;
    order.filledValue = order.filledValue.add(price.multiply(BigDecimal.valueOf(contracts)));
    boolean done = order.remaining() == 0;
    order.status = done ? OrderStatus.FILLED : OrderStatus.OPEN;
    if (floor.knobs.get(TradingKnobs.UPDATE_ON_FILL)) {
      order.updated = floor.now();
    }
    floor.changed(order);
    ledger.fill(order, price, contracts);
    if (done) {
      floor.live.remove(order.id);
      filled(order);
    } else {
      floor.after(Math.max(1, floor.knobs.get(TradingKnobs.FILL_MS)), () -> fillRest(order));
    }
  }

  private void fillRest(Order order) {
    if (order.status == OrderStatus.OPEN && !floor.halted(order.contract)) {
      execute(order, isLimit(order) ? limit(order) : floor.marketPrice(order.contract, order.side));
    }
  }

  private void filled(Order order) {
    if (order.stopLeg != null || order.targetLeg != null) {
      floor.after(TradingKnobs.BRACKET_MS, () -> Brackets.activate(floor, this, order));
    }
    Order sibling = order.sibling;
    if (sibling != null) {
      floor.after(TradingKnobs.OCO_MS, () -> cancel(sibling));
    }
  }

  /** Cancels an order unless it is finished; with an entry that never filled go its legs. */
  void cancel(@Nullable Order order) {
    if (order != null && !order.status.finished()) {
      floor.finish(order, OrderStatus.CANCELLED);
      dropLegs(order);
    }
  }

  /** The legs of an entry that ended early protect what it did fill, or go with it. */
  private void dropLegs(Order entry) {
    for (@Nullable Order leg : new @Nullable Order[] {entry.stopLeg, entry.targetLeg}) {
      if (leg != null && entry.filled == 0) {
        cancel(leg);
      } else if (leg != null) {
        leg.size = entry.filled;
      }
    }
    if (entry.filled > 0 && entry.parentId == null) {
      filled(entry);
    }
  }
}
