package dev.riskmanager.daemon.enforce;

/**
 * A request that should leave now, if the budget lets it.
 *
 * @param bypass a close beyond the baseline: sent whatever the budget says
 * @param step hears that it was sent, and the answer
 */
record Wanted(VenueRequest request, Lane lane, boolean bypass, Step step) {
  Wanted(VenueRequest request, Lane lane, Step step) {
    this(request, lane, false, step);
  }

  /** A read to verify with: limited for each account besides its lane. */
  boolean isVerification() {
    return request instanceof VenueRequest.ReadPositions
        || request instanceof VenueRequest.ReadOrders;
  }
}
