package dev.riskmanager.sim.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A contract's market at one moment.
 *
 * @param last the last traded price
 * @param bid best bid; the venue of this simulation keeps it at the last price
 * @param open the day's first price here, against which {@code change} is measured
 * @param volume contracts traded since {@code open}
 */
public record Quote(
    Contract contract,
    BigDecimal last,
    BigDecimal bid,
    BigDecimal ask,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    long volume,
    Instant time) {

  static Quote first(Contract contract, BigDecimal last, long spreadTicks, Instant time) {
    return new Quote(
        contract, last, last, last.add(contract.ticks(spreadTicks)), last, last, last, 0, time);
  }

  Quote next(BigDecimal price, long spreadTicks, Instant now) {
    return new Quote(
        contract,
        price,
        price,
        price.add(contract.ticks(spreadTicks)),
        open,
        high.max(price),
        low.min(price),
        volume + 1,
        now);
  }

  public BigDecimal change() {
    return last.subtract(open);
  }
}
