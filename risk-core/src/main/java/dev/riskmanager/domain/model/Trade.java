package dev.riskmanager.domain.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A half-turn: one fill of one order.
 *
 * @param id the venue's number, never used twice
 * @param size contracts, &gt; 0
 * @param profitAndLoss gross of fees; empty on the half that opens or adds
 * @param fees fees and commissions of this fill together, ≥ 0
 * @param executedAt the venue's {@code creationTimestamp}: it decides the trading day
 * @param voided the venue took it back: it leaves every sum and count
 */
public record Trade(
    long id,
    AccountId account,
    ContractId contract,
    OrderSide side,
    long size,
    Price price,
    Optional<Money> profitAndLoss,
    Money fees,
    long orderId,
    Instant executedAt,
    boolean voided) {

  public Trade {
    executedAt = Times.bounded(executedAt);
  }

  /** Contracts, positive bought and negative sold. */
  public long signedSize() {
    return side.sign() * size;
  }

  /**
   * This trade after it was told again: another P&amp;L takes the place of the known one, fees that
   * were missing are added, and it may have been voided. A void is an end: a late duplicate of what
   * was told before it does not undo it. A member that is missing now replaces nothing, and the
   * rest stays as first told: the hub and the REST answers differ in digits.
   */
  public Trade corrected(Trade told) {
    return new Trade(
        id,
        account,
        contract,
        side,
        size,
        price,
        told.profitAndLoss.or(() -> profitAndLoss),
        fees.signum() == 0 ? told.fees : fees,
        orderId,
        executedAt,
        voided || told.voided);
  }

  /** The same trade, not voided any more. */
  public Trade restored() {
    return new Trade(
        id, account, contract, side, size, price, profitAndLoss, fees, orderId, executedAt, false);
  }

  public Money gross() {
    return profitAndLoss.orElse(Money.ZERO);
  }
}
