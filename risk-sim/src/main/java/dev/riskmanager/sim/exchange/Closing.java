package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Contract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Closing positions at the market; called under the lock. */
final class Closing {
  private final Floor floor;
  private final Matcher matcher;
  private final Map<String, Long> attempts = new HashMap<>();

  Closing(Floor floor, Matcher matcher) {
    this.floor = floor;
    this.matcher = matcher;
  }

  Outcome close(long accountId, String contractId, @Nullable Integer size) {
    Account account = floor.accounts.get(accountId);
    if (account == null) {
      return Outcome.refused(Reason.ACCOUNT_NOT_FOUND);
    }
    Optional<Contract> contract = floor.catalog.byId(contractId);
    if (contract.isEmpty()) {
      return Outcome.refused(Reason.CONTRACT_NOT_FOUND);
    }
    Position held = account.positions.get(contractId);
    if (held == null) {
      return Outcome.refused(Reason.POSITION_NOT_FOUND);
    }
    if (size != null && (size <= 0 || size > held.size)) {
      return Outcome.refused(Reason.INVALID_SIZE);
    }
    if (!floor.canTrade(account) && !floor.knobs.get(TradingKnobs.CLOSES_WHEN_LOCKED)) {
      return Outcome.refused(Reason.ACCOUNT_REJECTED);
    }
    String key = accountId + " " + contractId;
    long attempt = attempts.merge(key, 1L, Long::sum);
    if (!floor.tradable(contract.get()) || attempt < floor.knobs.get(TradingKnobs.CLOSE_ATTEMPTS)) {
      return Outcome.refused(Reason.REJECTED);
    }
    attempts.remove(key);
    int contracts = size == null ? held.size : size;
    if (floor.knobs.get(TradingKnobs.CLOSE_CANCELS_BRACKETS)) {
      workingOn(account, contractId).forEach(matcher::cancel);
    }
    return Outcome.ok(closeAtMarket(account, held, contracts));
  }

  private long closeAtMarket(Account account, Position held, int contracts) {
    Order order =
        new Order(
            floor.nextOrderId(0),
            account.id,
            held.contract,
            floor.now(),
            OrderType.MARKET,
            held.side.opposite(),
            contracts,
            null);
    order.reduceOnly = !floor.knobs.get(TradingKnobs.CLOSE_CAN_FLIP);
    account.orders.put(order.id, order);
    matcher.submit(order);
    return order.id;
  }

  private List<Order> workingOn(Account account, String contractId) {
    return floor.live.values().stream()
        .filter(o -> o.accountId == account.id && o.contract.id().equals(contractId))
        .toList();
  }

  /** Cancels and closes everything of everybody. */
  void flattenAll() {
    List.copyOf(floor.live.values()).stream().filter(o -> !o.reduceOnly).forEach(matcher::cancel);
    for (Account account : floor.accounts.values()) {
      for (Position held : List.copyOf(account.positions.values())) {
        boolean closing =
            workingOn(account, held.contract.id()).stream().anyMatch(o -> o.reduceOnly);
        if (!closing) {
          closeAtMarket(account, held, held.size);
        }
      }
    }
  }
}
