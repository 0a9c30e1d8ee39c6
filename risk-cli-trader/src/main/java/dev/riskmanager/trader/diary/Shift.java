package dev.riskmanager.trader.diary;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From a clock-in to its clock-out.
 *
 * @param from the clock-in
 * @param until the clock-out, null while still at work
 * @param trades trades in between, null when not known
 * @param realized realized P&amp;L in between, null when not known
 * @param note what the trader wrote, empty for nothing
 */
public record Shift(
    Instant from,
    @Nullable Instant until,
    @Nullable Integer trades,
    @Nullable BigDecimal realized,
    String note) {

  /**
   * How long it lasted, or lasts already.
   *
   * @param now the time
   * @return the duration
   */
  public Duration length(Instant now) {
    return Duration.between(from, until == null ? now : until);
  }
}
