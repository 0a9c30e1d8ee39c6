package dev.riskmanager.domain.model;

import java.time.Instant;

/**
 * An open position; a flat one does not exist.
 *
 * @param id the venue's number; the same while the position lives
 * @param size contracts, &gt; 0; the direction is in {@code side} alone
 * @param averagePrice weighted by size over the fills that opened it
 * @param openedAt the venue's time of the fill that opened it
 */
public record Position(
    long id,
    AccountId account,
    ContractId contract,
    Side side,
    long size,
    Price averagePrice,
    Instant openedAt) {

  public Position {
    openedAt = Times.bounded(openedAt);
  }

  /** Contracts, positive long and negative short. */
  public long signedSize() {
    return side.sign() * size;
  }
}
