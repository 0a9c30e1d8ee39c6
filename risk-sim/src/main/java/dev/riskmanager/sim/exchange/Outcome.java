package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.api.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the books answered.
 *
 * @param message the venue's text for a refusal; null for most
 * @param orderId the order concerned; a rejected order has one too
 */
public record Outcome(Reason reason, @Nullable String message, @Nullable Long orderId) {
  static Outcome ok(long orderId) {
    return new Outcome(Reason.OK, null, orderId);
  }

  static Outcome refused(Reason reason) {
    return new Outcome(reason, null, null);
  }

  static Outcome refused(Reason reason, @Nullable String message) {
    return new Outcome(reason, message, null);
  }

  /** Whether it was done. */
  public boolean ok() {
    return reason == Reason.OK;
  }
}
