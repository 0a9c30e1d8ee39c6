package dev.riskmanager.daemon.app;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.MarketState;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What was found to have happened on an account while nobody saw it, as sentences for people. */
final class BlindFindings {
  private final MarketState market;
  private final AccountState then;
  private final AccountState now;
  private final List<String> found = new ArrayList<>();

  private BlindFindings(MarketState market, AccountState then, AccountState now) {
    this.market = market;
    this.then = then;
    this.now = now;
  }

  /**
   * The differences.
   *
   * @param then as it was before
   * @param now as it was read
   */
  static List<String> of(MarketState market, AccountState then, AccountState now) {
    BlindFindings findings = new BlindFindings(market, then, now);
    findings.trades();
    // After a restart positions and orders of before are not known.
    if (then.phase() == AccountState.Phase.RUNNING) {
      findings.positions();
      findings.orders();
    }
    if (then.canTrade() != now.canTrade()) {
      findings.found.add("canTrade: " + then.canTrade() + " → " + now.canTrade());
    }
    return List.copyOf(findings.found);
  }

  private void trades() {
    int count = 0;
    Money gross = Money.ZERO;
    Money fees = Money.ZERO;
    for (LongMap.Entry<Trade> entry : now.trades().trades()) {
      Trade trade = entry.value();
      if (!trade.voided() && !then.trades().trades().containsKey(entry.key())) {
        count++;
        gross = gross.plus(trade.gross());
        fees = fees.plus(trade.fees());
      }
    }
    if (count > 0) {
      found.add(
          (count == 1 ? "1 trade" : count + " trades")
              + ", realized $"
              + gross.toCents()
              + " (fees $"
              + fees.toCents()
              + ")");
    }
  }

  private void positions() {
    TreeSet<ContractId> contracts = new TreeSet<>();
    for (Holding holding : then.holdings()) {
      contracts.add(holding.contract());
    }
    for (Holding holding : now.holdings()) {
      contracts.add(holding.contract());
    }
    for (ContractId contract : contracts) {
      long before = then.holding(contract).signedSize();
      long after = now.holding(contract).signedSize();
      if (before != after) {
        found.add(
            "position " + market.symbol(contract) + ": " + size(before) + " → " + size(after));
      }
    }
  }

  private static String size(long signed) {
    return signed == 0 ? "flat" : Math.abs(signed) + (signed > 0 ? " long" : " short");
  }

  private void orders() {
    int fresh = 0;
    int changed = 0;
    for (LongMap.Entry<Order> entry : now.orders()) {
      Order before = then.orders().find(entry.key());
      fresh += before == null ? 1 : 0;
      changed += before != null && !before.equals(entry.value()) ? 1 : 0;
    }
    int gone = 0;
    for (LongMap.Entry<Order> entry : then.orders()) {
      gone += now.orders().containsKey(entry.key()) ? 0 : 1;
    }
    if (fresh + changed + gone > 0) {
      List<String> parts = new ArrayList<>();
      part(parts, fresh, "new");
      part(parts, changed, "changed");
      part(parts, gone, "gone");
      found.add("orders: " + String.join(", ", parts));
    }
  }

  private static void part(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
