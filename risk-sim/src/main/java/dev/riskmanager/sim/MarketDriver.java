package dev.riskmanager.sim;

import dev.riskmanager.sim.exchange.Exchange;
import dev.riskmanager.sim.hub.MarketHub;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Bar;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.PricePath;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Moves the prices of the contracts anybody watches, holds or has orders in, along the path set.
 */
final class MarketDriver {
  private final Knobs knobs;
  private final ContractCatalog catalog;
  private final Exchange exchange;
  private final MarketHub hub;
  private final Timers timers;
  private @Nullable PricePath path;

  MarketDriver(
      Knobs knobs, ContractCatalog catalog, Exchange exchange, MarketHub hub, Timers timers) {
    this.knobs = knobs;
    this.catalog = catalog;
    this.exchange = exchange;
    this.hub = hub;
    this.timers = timers;
    choose();
    knobs.onChange(TradingKnobs.PRICE_PATH, chosen -> choose());
    knobs.onChange(TradingKnobs.SEED, seed -> choose());
  }

  void start() {
    timers.after(knobs.get(TradingKnobs.TICK_MS), this::step);
  }

  private synchronized void choose() {
    path =
        switch (knobs.get(TradingKnobs.PRICE_PATH)) {
          case MANUAL -> null;
          case RECORDED -> new PricePath.Recorded(Bar.recorded());
          case WALK -> new PricePath.Walk(knobs.get(TradingKnobs.SEED));
        };
  }

  private synchronized void step() {
    try {
      PricePath now = path;
      if (now != null) {
        for (String id : moving()) {
          catalog.byId(id).ifPresent(c -> move(now, c));
        }
      }
    } finally {
      start();
    }
  }

  private void move(PricePath now, Contract contract) {
    exchange.price(contract, now.next(contract, exchange.quote(contract).last()));
  }

  /** In a fixed order, so that one seed gives one market. */
  private Set<String> moving() {
    Set<String> ids = new TreeSet<>(hub.watched());
    ids.addAll(exchange.reader().contractsInPlay());
    return ids;
  }
}
