package dev.riskmanager.domain.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An order as the venue last reported it.
 *
 * @param id the venue's number
 * @param size contracts ordered, &gt; 0
 * @param filled contracts filled so far, 0 to size
 * @param limitPrice absolute, of limit and stop-limit orders
 * @param stopPrice absolute, of stop and stop-limit orders; a trailing stop's current level when
 *     told
 * @param trailDistance ticks (signed on bracket children), of trailing stops and suspended children
 * @param parentOrderId the entry order, of bracket children
 * @param linkedOrderId the sibling, on take-profit children
 * @param createdAt when the venue took it
 * @param updatedAt when the venue last changed it; not moved by a fill
 * @param customTag the tag of whoever placed it; empty when there is none
 */
public record Order(
    long id,
    AccountId account,
    ContractId contract,
    OrderStatus status,
    OrderType type,
    OrderSide side,
    long size,
    long filled,
    Optional<Price> limitPrice,
    Optional<Price> stopPrice,
    Optional<Long> trailDistance,
    Optional<Long> parentOrderId,
    Optional<Long> linkedOrderId,
    Instant createdAt,
    Instant updatedAt,
    String customTag) {

  public Order {
    createdAt = Times.bounded(createdAt);
    updatedAt = Times.bounded(updatedAt);
  }

  /** How the tag of every order begins that this engine places. */
  public static final String ENGINE_TAG = "RM-";

  /** Whether this engine placed it, in this run or an earlier one. */
  public boolean isPlacedByEngine() {
    return customTag.startsWith(ENGINE_TAG);
  }

  /** Contracts that may still fill. */
  public long remaining() {
    return Math.max(0, size - filled);
  }

  /** The price that matters on a screen: the stop's level, else the limit. */
  public Optional<Price> price() {
    return stopPrice.isPresent() ? stopPrice : limitPrice;
  }

  public Order withStatus(OrderStatus newStatus) {
    return withStatus(newStatus, filled);
  }

  /** The same order later: in that status, and with so many contracts filled. */
  public Order withStatus(OrderStatus newStatus, long newFilled) {
    return new Order(
        id,
        account,
        contract,
        newStatus,
        type,
        side,
        size,
        newFilled,
        limitPrice,
        stopPrice,
        trailDistance,
        parentOrderId,
        linkedOrderId,
        createdAt,
        updatedAt,
        customTag);
  }
}
