package dev.riskmanager.sim.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One account's books; touched only under the exchange's lock. */
final class Account {
  final long id;
  final String name;
  BigDecimal balance;
  final Map<Long, Order> orders = new LinkedHashMap<>();
  final Map<String, Position> positions = new LinkedHashMap<>();
  final List<TradeView> trades = new ArrayList<>();
  final Set<String> tags = new HashSet<>();

  Account(long id, String name, BigDecimal balance) {
    this.id = id;
    this.name = name;
    this.balance = balance;
  }

  int contractsHeld() {
    return positions.values().stream().mapToInt(p -> p.size).sum();
  }
}
