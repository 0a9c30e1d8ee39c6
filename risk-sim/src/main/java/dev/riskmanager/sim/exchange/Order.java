package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order in the books; touched only under the exchange's lock. */
final class Order {
  final long id;
  final long accountId;
  final Contract contract;
  final Instant created;
  final OrderType type;
  final OrderSide side;
  final @Nullable String tag;

  Instant updated;
  OrderStatus status = OrderStatus.PENDING;
  int size;
  int filled;
  BigDecimal filledValue = BigDecimal.ZERO;
  @Nullable BigDecimal limitPrice;
  @Nullable BigDecimal stopPrice;
  @Nullable Integer trailTicks;
  @Nullable Long parentId;
  @Nullable Long linkedId;

  /** A close: it never fills more than the position it closes. */
  boolean reduceOnly;

  /** The price a market order fills at, at once; how a test trades at a price of its choice. */
  @Nullable BigDecimal forcedPrice;

  /** A stop-limit whose stop was hit. */
  boolean triggered;

  /** A market, join or close order's legs, waiting for its fill. */
  @Nullable Order stopLeg;

  @Nullable Order targetLeg;

  /** The other leg of the bracket, cancelled when this one fills. */
  @Nullable Order sibling;

  Order(
      long id,
      long accountId,
      Contract contract,
      Instant created,
      OrderType type,
      OrderSide side,
      int size,
      @Nullable String tag) {
    this.id = id;
    this.accountId = accountId;
    this.contract = contract;
    this.created = created;
    this.updated = created;
    this.type = type;
    this.side = side;
    this.size = size;
    this.tag = tag;
  }

  int remaining() {
    return size - filled;
  }

  @Nullable BigDecimal averageFill() {
    return filled == 0
        ? null
        : filledValue.divide(BigDecimal.valueOf(filled), MathContext.DECIMAL64);
  }

  OrderView view() {
    return new OrderView(
        id,
        accountId,
        contract,
        created,
        updated,
        status,
        type,
        side,
        size,
        limitPrice,
        stopPrice,
        filled,
        averageFill(),
        tag,
        trailTicks,
        trailTicks == null ? null : contract.ticks(trailTicks),
        parentId,
        linkedId);
  }
}
