package dev.riskmanager.daemon.app;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which contracts' prices are needed: of what is held, and of what a working order may open at any
 * moment, so that a new position has a price from its first instant.
 */
final class MarketDataWish {
  private final Consumer<Set<ContractId>> subscriptions;
  private Set<ContractId> wanted = Set.of();

  MarketDataWish(Consumer<Set<ContractId>> subscriptions) {
    this.subscriptions = subscriptions;
  }

  /** Asks for what is needed now, where that has changed. */
  synchronized void follow(EngineState state) {
    Set<ContractId> needed = new TreeSet<>();
    for (int i = 0; i < state.holders().size(); i++) {
      needed.add(state.holders().keyAt(i));
    }
    for (LongMap.Entry<AccountState> account : state.accounts()) {
      for (LongMap.Entry<Order> order : account.value().orders()) {
        needed.add(order.value().contract());
      }
    }
    if (!needed.equals(wanted)) {
      wanted = needed;
      subscriptions.accept(needed);
    }
  }
}
