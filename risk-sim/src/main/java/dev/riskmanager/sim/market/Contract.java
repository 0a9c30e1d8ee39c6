package dev.riskmanager.sim.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A contract as the venue lists it.
 *
 * @param symbol what a trader writes: {@code MNQ}
 * @param name exchange ticker with month and one digit of the year: {@code MNQU6}
 * @param tickValue dollars a tick of one contract is worth
 * @param active whether it is the month the venue lists now
 */
public record Contract(
    String id,
    String symbol,
    String name,
    String description,
    BigDecimal tickSize,
    BigDecimal tickValue,
    boolean active,
    String symbolId) {

  /** With two digits of the year, as the user hub shows it: {@code MNQU26}. */
  public String displayName() {
    return symbol + id.substring(id.lastIndexOf('.') + 1);
  }

  public boolean isOnTick(BigDecimal price) {
    return price.remainder(tickSize).signum() == 0;
  }

  /** The distance of so many ticks, signed. */
  public BigDecimal ticks(long count) {
    return tickSize.multiply(BigDecimal.valueOf(count));
  }

  /** The nearest price on a tick. */
  public BigDecimal onTick(BigDecimal price) {
    return price.divide(tickSize, 0, RoundingMode.HALF_EVEN).multiply(tickSize);
  }

  /** Whole ticks in a distance, rounded towards zero. */
  public int ticksIn(BigDecimal distance) {
    return distance.abs().divideToIntegralValue(tickSize).intValueExact();
  }

  /**
   * What a move of the price is worth on so many contracts, in dollars, to the hundredth of a cent
   * (prices may be averages that lie between ticks).
   */
  public BigDecimal money(BigDecimal move, BigDecimal contracts) {
    return move.multiply(contracts).multiply(tickValue).divide(tickSize, 4, RoundingMode.HALF_EVEN);
  }
}
