package dev.riskmanager.sim.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How prices move by themselves: each contract's next price from its present one. */
public sealed interface PricePath {

  /** The next traded price, on a tick. */
  BigDecimal next(Contract contract, BigDecimal last);

  /**
   * The recorded one-minute bars, each walked through open, its two extremes and close. Other
   * products move by the same fraction as MNQ did, so the whole market moves together; the
   * recording starts over at its end.
   */
  final class Recorded implements PricePath {
    private final List<BigDecimal> prices = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, BigDecimal> exact = new HashMap<>();

    public Recorded(List<Bar> bars) {
      for (Bar bar : bars) {
        boolean up = bar.close().compareTo(bar.open()) >= 0;
        prices.add(bar.open());
        prices.add(up ? bar.low() : bar.high());
        prices.add(up ? bar.high() : bar.low());
        prices.add(bar.close());
      }
      if (prices.size() < 2) {
        throw new IllegalArgumentException("a recorded path needs bars");
      }
    }

    @Override
    public BigDecimal next(Contract contract, BigDecimal last) {
      int at = positions.merge(contract.id(), 1, Integer::sum) % prices.size();
      if (at == 0) {
        positions.put(contract.id(), 1);
        at = 1;
      }
      BigDecimal ratio = prices.get(at).divide(prices.get(at - 1), MathContext.DECIMAL64);
      BigDecimal carried = exact.getOrDefault(contract.id(), last);
      // Someone else moved the market: the path goes on from there.
      BigDecimal from = contract.onTick(carried).compareTo(last) == 0 ? carried : last;
      BigDecimal to = from.multiply(ratio, MathContext.DECIMAL64);
      exact.put(contract.id(), to);
      return contract.onTick(to);
    }
  }

  /** A random walk: each contract its own, the same for the same seed. */
  final class Walk implements PricePath {
    private final long seed;
    private final Map<String, SplittableRandom> generators = new HashMap<>();

    public Walk(long seed) {
      this.seed = seed;
    }

    @Override
    public BigDecimal next(Contract contract, BigDecimal last) {
      SplittableRandom random =
          generators.computeIfAbsent(
              contract.id(), id -> new SplittableRandom(seed * 31 + id.hashCode()));
      // The sum of three small steps is roughly bell-shaped: mostly a tick or two, rarely nine.
      int ticks = 0;
      for (int i = 0; i < 3; i++) {
        ticks += random.nextInt(-3, 4);
      }
      BigDecimal moved = last.add(contract.ticks(ticks));
      return moved.signum() > 0 ? moved : last;
    }
  }
}
