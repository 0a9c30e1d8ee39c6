package dev.riskmanager.domain.state;

import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is still known of an order that is not working any more.
 *
 * @param filled whether any of it filled
 * @param lastChange when the venue had last changed it, of one that a snapshot did not show: a
 *     later change proves that it was not gone. {@link Instant#MAX} when the venue told its end,
 *     which is final.
 */
public record EndedOrder(boolean filled, Instant lastChange) {

  /** The venue told its end. */
  static EndedOrder told(boolean filled) {
    return new EndedOrder(filled, Instant.MAX);
  }

  /**
   * The venue told its end.
   *
   * @param known as it was before; null when nothing was
   */
  static EndedOrder told(Order end, @Nullable Order known) {
    boolean before = known != null && known.filled() > 0;
    return told(before || end.filled() > 0 || end.status() == OrderStatus.FILLED);
  }

  /** A snapshot did not show it. */
  static EndedOrder missed(Order known) {
    return new EndedOrder(known.filled() > 0, known.updatedAt());
  }

  /** Whether an event of this order is no news. */
  boolean outdates(Order event) {
    return event.status().isTerminal()
        ? lastChange.equals(Instant.MAX)
        : !event.updatedAt().isAfter(lastChange);
  }
}
