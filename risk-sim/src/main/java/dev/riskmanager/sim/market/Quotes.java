package dev.riskmanager.sim.market;

import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.TradingKnobs;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest quote of every contract anyone has asked about. Safe for all threads. */
public final class Quotes {
  private final ContractCatalog catalog;
  private final Knobs knobs;
  private final InstantSource clock;
  private final Map<String, Quote> quotes = new ConcurrentHashMap<>();

  public Quotes(ContractCatalog catalog, Knobs knobs, InstantSource clock) {
    this.catalog = catalog;
    this.knobs = knobs;
    this.clock = clock;
  }

  /** The contract's market now; it starts at its product's price when nobody has moved it yet. */
  public Quote of(Contract contract) {
    return quotes.computeIfAbsent(
        contract.id(),
        id ->
            Quote.first(
                contract, catalog.product(contract).startPrice(), spread(), clock.instant()));
  }

  /** A trade at this price; the quote that follows from it. */
  public Quote trade(Contract contract, BigDecimal price) {
    of(contract);
    Quote next =
        quotes.computeIfPresent(
            contract.id(), (id, was) -> was.next(price, spread(), clock.instant()));
    return next == null ? of(contract) : next;
  }

  public List<Quote> all() {
    return List.copyOf(quotes.values());
  }

  private long spread() {
    return knobs.get(TradingKnobs.SPREAD_TICKS);
  }
}
