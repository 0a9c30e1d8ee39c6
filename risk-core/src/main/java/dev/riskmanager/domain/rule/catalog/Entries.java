package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What an account holds or has ordered in some symbols. */
final class Entries {
  /** By the symbol in capitals. */
  private final TreeMap<String, InSymbol> symbols = new TreeMap<>();

  /** Positions and entry orders of one symbol, as the trader writes it. */
  static final class InSymbol {
    final String symbol;
    final List<Holding> positions = new ArrayList<>(1);
    final List<Order> orders = new ArrayList<>(1);

    private InSymbol(String symbol) {
      this.symbol = symbol;
    }

    /** {@code 2 contracts, 1 entry order}. */
    String text() {
      return Entries.text(positions, orders);
    }
  }

  private Entries() {}

  /** Those of the symbols that pass, in the order of their names. */
  static Iterable<InSymbol> of(RuleInput input, Predicate<String> symbols) {
    Entries found = null;
    for (Holding holding : input.account().holdings()) {
      if (!holding.isFlat()) {
        String symbol = input.symbol(holding.contract());
        if (symbols.test(symbol)) {
          found = found == null ? new Entries() : found;
          found.at(symbol).positions.add(holding);
        }
      }
    }
    for (LongMap.Entry<Order> entry : input.account().orders()) {
      if (input.account().isEntry(entry.value())) {
        String symbol = input.symbol(entry.value().contract());
        if (symbols.test(symbol)) {
          found = found == null ? new Entries() : found;
          found.at(symbol).orders.add(entry.value());
        }
      }
    }
    return found == null ? List.of() : found.symbols.values();
  }

  private InSymbol at(String symbol) {
    return symbols.computeIfAbsent(symbol.toUpperCase(Locale.ROOT), key -> new InSymbol(symbol));
  }

  static String text(List<Holding> positions, List<Order> orders) {
    long contracts = 0;
    for (Holding holding : positions) {
      contracts += Math.abs(holding.signedSize());
    }
    String held = contracts == 0 ? "" : contracts + (contracts == 1 ? " contract" : " contracts");
    String ordered =
        orders.isEmpty()
            ? ""
            : orders.size() + (orders.size() == 1 ? " entry order" : " entry orders");
    return held + (held.isEmpty() || ordered.isEmpty() ? "" : ", ") + ordered;
  }
}
