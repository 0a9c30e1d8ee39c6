package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.exchange.OrderRequest.Bracket;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.knob.TradingKnobs.BracketMode;
import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the venue rejects an order, in its own words where they were recorded. A null text means
 * nothing is wrong.
 */
final class OrderChecks {
  static final String NOT_TRADING =
      "Trading is currently unavailable. The instrument is not in an active trading status.";
  private static final String OUT_OF_RANGE = "Invalid price. Price is outside allowed range.";
  private static final int MIN_BRACKET_TICKS = 4;
  private static final int MAX_TRAIL_TICKS = 1000;

  private final Floor floor;

  OrderChecks(Floor floor) {
    this.floor = floor;
  }

  /** Everything a new order can be rejected for, hours and halts aside. */
  @Nullable String place(OrderRequest r, Contract contract, OrderType type, Account account) {
    Optional<String> told = floor.knobs.get(TradingKnobs.REJECT_ORDERS).take();
    if (told.isPresent()) {
      return told.get();
    }
    if (r.size() <= 0) {
      return "Invalid order size.";
    }
    if (r.customTag() != null && account.tags.contains(r.customTag())) {
      return "Specified custom tag is already in use";
    }
    OrderSide side = r.side() == OrderSide.BUY.code() ? OrderSide.BUY : OrderSide.SELL;
    String wrong = prices(contract, type, side, r.limitPrice(), r.stopPrice());
    if (wrong == null && type == OrderType.TRAILING_STOP) {
      wrong = trail(contract, r.trailPrice(), true);
    }
    if (wrong == null) {
      wrong = brackets(r, side);
    }
    return wrong == null ? margin(account, contract, side, r.size()) : wrong;
  }

  /** The prices of a new or modified order; those its type does not use are ignored. */
  @Nullable String prices(
      Contract contract,
      OrderType type,
      OrderSide side,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal stop) {
    boolean needsLimit = type == OrderType.LIMIT || type == OrderType.STOP_LIMIT;
    boolean needsStop = type == OrderType.STOP || type == OrderType.STOP_LIMIT;
    if (type == OrderType.STOP_LIMIT && !floor.knobs.get(TradingKnobs.STOP_LIMIT)) {
      return "Invalid order type (StopLimit)";
    }
    if (needsLimit) {
      String wrong = price(contract, limit, "limit");
      if (wrong != null) {
        return wrong;
      }
    }
    if (needsStop) {
      String wrong = price(contract, stop, "stop");
      if (wrong != null) {
        return wrong;
      }
      // A stop must be on the far side of the market: above it to buy, below it to sell.
      BigDecimal beyond = stop == null ? BigDecimal.ZERO : stop.subtract(last(contract));
      if (beyond.signum() * side.sign() <= 0) {
        return OUT_OF_RANGE;
      }
    }
    return null;
  }

  private @Nullable String price(Contract contract, @Nullable BigDecimal price, String which) {
    if (price == null) {
      return "Invalid " + which + " price. Price is required.";
    }
    if (!contract.isOnTick(price)) {
      return "Invalid " + which + " price. Price is not aligned to tick size.";
    }
    long band = floor.knobs.get(TradingKnobs.PRICE_BAND_PERCENT);
    BigDecimal last = last(contract);
    BigDecimal most = last.multiply(BigDecimal.valueOf(band)).movePointLeft(2);
    boolean far = band > 0 && price.subtract(last).abs().compareTo(most) > 0;
    return far || price.signum() <= 0 ? OUT_OF_RANGE : null;
  }

  /** A trailing stop's price level; only a new order has a maximum distance. */
  @Nullable String trail(Contract contract, @Nullable BigDecimal level, boolean placing) {
    if (level == null) {
      return "Trail Distance not set.";
    }
    if (!contract.isOnTick(level)) {
      return "Invalid trail price. Price is not aligned to tick size.";
    }
    int ticks = contract.ticksIn(last(contract).subtract(level));
    if (ticks == 0) {
      return "Trail Distance not set.";
    }
    return placing && ticks > MAX_TRAIL_TICKS
        ? "Trail Distance exceeds maximum (" + MAX_TRAIL_TICKS + ")"
        : null;
  }

  private @Nullable String brackets(OrderRequest r, OrderSide side) {
    if (r.stopLoss() == null && r.takeProfit() == null) {
      return null;
    }
    if (floor.knobs.get(TradingKnobs.BRACKET_MODE).of(r.accountId()) == BracketMode.POSITION) {
      return "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.";
    }
    String wrong = r.stopLoss() == null ? null : stopLeg(r.stopLoss(), side);
    return wrong == null && r.takeProfit() != null ? targetLeg(r.takeProfit(), side) : wrong;
  }

  private static @Nullable String stopLeg(Bracket leg, OrderSide side) {
    Optional<OrderType> type = OrderType.of(leg.type());
    if (type.filter(t -> t == OrderType.STOP || t == OrderType.TRAILING_STOP).isEmpty()) {
      return "Invalid stop loss type (" + type.map(OrderType::label).orElse("Unknown") + ")";
    }
    if (leg.ticks() * side.sign() >= 0) {
      return "Invalid stop loss ticks ("
          + leg.ticks()
          + "). Ticks should be "
          + (side == OrderSide.BUY
              ? "less than zero when longing."
              : "greater than zero when shorting.");
    }
    return near(leg, "stop loss");
  }

  private static @Nullable String targetLeg(Bracket leg, OrderSide side) {
    Optional<OrderType> type = OrderType.of(leg.type());
    if (type.filter(t -> t == OrderType.LIMIT).isEmpty()) {
      return "Invalid take profit type (" + type.map(OrderType::label).orElse("Unknown") + ")";
    }
    if (leg.ticks() * side.sign() <= 0) {
      return "Invalid take profit ticks ("
          + leg.ticks()
          + "). Ticks should be "
          + (side == OrderSide.BUY
              ? "greater than zero when going long."
              : "less than zero when going short.");
    }
    return near(leg, "take profit");
  }

  private static @Nullable String near(Bracket leg, String which) {
    return Math.abs(leg.ticks()) < MIN_BRACKET_TICKS
        ? "Invalid "
            + which
            + " ticks ("
            + leg.ticks()
            + "). Price should be at least "
            + MIN_BRACKET_TICKS
            + " ticks away."
        : null;
  }

  private @Nullable String margin(Account account, Contract contract, OrderSide side, int size) {
    long most = floor.knobs.get(TradingKnobs.MAX_POSITION);
    if (most == 0) {
      return null;
    }
    Position held = account.positions.get(contract.id());
    int now = held == null ? 0 : held.size * held.side.sign();
    int then = Math.abs(now + size * side.sign());
    return account.contractsHeld() - Math.abs(now) + then > Math.max(most, account.contractsHeld())
        ? "Not enough margin."
        : null;
  }

  private BigDecimal last(Contract contract) {
    return floor.quote(contract).last();
  }
}
