package dev.riskmanager.sim.exchange;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An order as a client asks for it.
 *
 * @param type the venue's number, which may be none it knows
 * @param side 0 buy, 1 sell
 * @param trailPrice an absolute price level, from which the trailing distance is computed
 */
public record OrderRequest(
    long accountId,
    String contractId,
    int type,
    int side,
    int size,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice,
    @Nullable String customTag,
    @Nullable Bracket stopLoss,
    @Nullable Bracket takeProfit) {

  /**
   * One leg of a bracket.
   *
   * @param ticks signed offset from the entry's fill price
   * @param type the leg's order type, the venue's number
   */
  public record Bracket(int ticks, int type) {}

  /** A market order without brackets or tag. */
  public static OrderRequest market(long accountId, String contractId, OrderSide side, int size) {
    return new OrderRequest(
        accountId,
        contractId,
        OrderType.MARKET.code(),
        side.code(),
        size,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A limit order. */
  public static OrderRequest limit(
      long accountId, String contractId, OrderSide side, int size, BigDecimal price) {
    return new OrderRequest(
        accountId,
        contractId,
        OrderType.LIMIT.code(),
        side.code(),
        size,
        price,
        null,
        null,
        null,
        null,
        null);
  }

  /** A stop order. */
  public static OrderRequest stop(
      long accountId, String contractId, OrderSide side, int size, BigDecimal price) {
    return new OrderRequest(
        accountId,
        contractId,
        OrderType.STOP.code(),
        side.code(),
        size,
        null,
        price,
        null,
        null,
        null,
        null);
  }

  /** The same order with bracket legs; offsets in ticks, signed. */
  public OrderRequest withBrackets(@Nullable Bracket stop, @Nullable Bracket target) {
    return new OrderRequest(
        accountId,
        contractId,
        type,
        side,
        size,
        limitPrice,
        stopPrice,
        trailPrice,
        customTag,
        stop,
        target);
  }

  /** The same order with a tag. */
  public OrderRequest withTag(String tag) {
    return new OrderRequest(
        accountId,
        contractId,
        type,
        side,
        size,
        limitPrice,
        stopPrice,
        trailPrice,
        tag,
        stopLoss,
        takeProfit);
  }
}
