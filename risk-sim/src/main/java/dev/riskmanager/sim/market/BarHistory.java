package dev.riskmanager.sim.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The prices of the past: two recorded hours, moved so that they end when the venue starts and
 * scaled to each product, and after them what was traded here. Thread-safe.
 */
public final class BarHistory {
  private static final int KEPT = 20_000;

  private final ContractCatalog catalog;
  private final InstantSource clock;
  private final List<Bar> recorded = Bar.recorded();
  private final Instant started;
  private final Map<String, NavigableMap<Instant, Bar>> bars = new HashMap<>();

  public BarHistory(ContractCatalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
    this.started = BarUnit.MINUTE.begin(clock.instant(), 1);
  }

  /** Adds a trade to the second it happened in. */
  public synchronized void traded(Quote quote) {
    NavigableMap<Instant, Bar> own = of(quote.contract());
    BigDecimal price = quote.last();
    Instant second = BarUnit.SECOND.begin(quote.time(), 1);
    own.merge(second, new Bar(second, price, price, price, price, 1), Bar::join);
    if (own.size() > KEPT) {
      own.pollFirstEntry();
    }
  }

  /**
   * Bars of a window, newest first.
   *
   * @param limit keeps the most recent
   * @param partial whether the bar under way is included
   */
  public synchronized List<Bar> bars(
      Contract contract,
      Instant from,
      Instant to,
      BarUnit unit,
      int number,
      int limit,
      boolean partial) {
    TreeMap<Instant, Bar> spans = new TreeMap<>();
    for (Bar bar : of(contract).values()) {
      Instant begin = unit.begin(bar.time(), number);
      spans.merge(begin, bar.from(begin), Bar::join);
    }
    Instant underWay = unit.begin(clock.instant(), number);
    List<Bar> result = new ArrayList<>();
    for (Bar bar : spans.descendingMap().values()) {
      boolean wanted = !bar.time().isBefore(from) && bar.time().isBefore(to);
      if (wanted && (partial || bar.time().isBefore(underWay)) && result.size() < limit) {
        result.add(bar);
      }
    }
    return result;
  }

  private NavigableMap<Instant, Bar> of(Contract contract) {
    return bars.computeIfAbsent(contract.id(), id -> past(contract));
  }

  private NavigableMap<Instant, Bar> past(Contract contract) {
    NavigableMap<Instant, Bar> past = new TreeMap<>();
    Bar newest = recorded.getLast();
    Duration shift = Duration.between(newest.time().plus(Duration.ofMinutes(1)), started);
    BigDecimal ratio =
        catalog.product(contract).startPrice().divide(newest.close(), MathContext.DECIMAL64);
    for (Bar bar : recorded) {
      Instant time = bar.time().plus(shift);
      past.put(
          time,
          new Bar(
              time,
              contract.onTick(bar.open().multiply(ratio)),
              contract.onTick(bar.high().multiply(ratio)),
              contract.onTick(bar.low().multiply(ratio)),
              contract.onTick(bar.close().multiply(ratio)),
              bar.volume()));
    }
    return past;
  }
}
