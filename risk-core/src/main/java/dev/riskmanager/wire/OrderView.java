package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * An order that can still fill.
 *
 * @param orderId the venue's number of it
 * @param contractId the venue's contract
 * @param symbol what a trader calls it
 * @param type its type
 * @param side its direction
 * @param size contracts ordered
 * @param filled contracts already filled
 * @param price limit price, or stop price where there is none; null for a market order
 * @param status its state
 */
public record OrderView(
    long orderId,
    String contractId,
    String symbol,
    OrderType type,
    OrderSide side,
    int size,
    int filled,
    @Nullable String price,
    OrderStatus status) {}
