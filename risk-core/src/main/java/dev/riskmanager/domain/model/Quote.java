package dev.riskmanager.domain.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The market of one contract as far as it has been told: the venue's quotes are sparse, so each is
 * merged into what was known before.
 *
 * @param last the last price, from quotes or market trades, whichever arrived later
 * @param at when the newest of its messages arrived
 */
public record Quote(
    ContractId contract,
    Optional<Price> last,
    Optional<Price> bid,
    Optional<Price> ask,
    Instant at) {

  /** Nothing known yet. */
  public static Quote unknown(ContractId contract) {
    return new Quote(contract, Optional.empty(), Optional.empty(), Optional.empty(), Instant.MIN);
  }

  /** This quote with the members that a newer message carries; a price of zero is no price. */
  public Quote merge(
      Optional<Price> newLast, Optional<Price> newBid, Optional<Price> newAsk, Instant arrivedAt) {
    return new Quote(
        contract, newer(newLast, last), newer(newBid, bid), newer(newAsk, ask), arrivedAt);
  }

  private static Optional<Price> newer(Optional<Price> told, Optional<Price> known) {
    return told.isPresent() && told.get().signum() != 0 ? told : known;
  }

  /**
   * The mark: the last price clamped into [bid, ask] when both are known and bid ≤ ask; without a
   * last price the middle of bid and ask; empty when neither is known.
   */
  public Optional<Mark> mark() {
    if (bid.isEmpty() || ask.isEmpty()) {
      return last.map(price -> new Mark(price, at));
    }
    Price low = bid.get();
    Price high = ask.get();
    Price price =
        last.isEmpty()
            ? Price.middle(low, high)
            : low.isAtMost(high) ? last.get().clamp(low, high) : last.get();
    return price.signum() == 0 ? Optional.empty() : Optional.of(new Mark(price, at));
  }
}
