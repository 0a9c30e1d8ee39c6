package dev.riskmanager.daemon.enforce;

import org.jspecify.annotations.Nullable;

/**
 * A request that should leave now, if the budget lets it.
 *
 * @param bypass a close beyond the baseline: sent whatever the budget says
 * @param verification of a read to verify with, which is limited for each account besides its lane
 * @param step hears that it was sent, and the answer
 */
record Wanted(
    VenueRequest request,
    Lane lane,
    boolean bypass,
    @Nullable Verification verification,
    Step step) {
  /**
   * @param reads how many must find room for the first of them to leave: positions without their
   *     orders prove nothing
   */
  record Verification(Look look, int reads) {}

  Wanted(VenueRequest request, Lane lane, Step step) {
    this(request, lane, false, null, step);
  }

  Wanted(VenueRequest request, Lane lane, boolean bypass, Step step) {
    this(request, lane, bypass, null, step);
  }

  static Wanted read(VenueRequest request, Look look, int reads, Step step) {
    return new Wanted(request, Lane.READ, false, new Verification(look, reads), step);
  }
}
