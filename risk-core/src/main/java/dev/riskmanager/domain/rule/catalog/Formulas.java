package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computations with their numbers, as several rules show them. */
final class Formulas {
  private Formulas() {}

  /** {@code gross $-168.00 less fees $2.50 = $-170.50}. */
  static String realized(RuleInput input, ResetTime reset, Basis.Builder basis) {
    DayLedger day = input.account().trades().day(reset);
    boolean net = input.general().netOfFees();
    basis
        .input("gross P&L", "$" + day.gross())
        .input("fees", "$" + day.fees() + (net ? "" : " (not counted)"))
        .input("trades", Long.toString(day.trades()));
    return net
        ? "gross $" + day.gross() + " less fees $" + day.fees() + " = $" + day.realized(true)
        : "gross $" + day.gross();
  }

  /** {@code (20990.25 - 21000.25) / 0.25 x $0.50 x 3 = $-60.00}; empty without a price. */
  static Optional<String> open(RuleInput input, ContractId id, Basis.Builder basis) {
    Holding holding = input.account().holding(id);
    Position position = holding.position().orElse(null);
    Contract contract = input.market().contract(id).orElse(null);
    Mark mark = input.market().mark(id).orElse(null);
    if (position == null || contract == null || mark == null) {
      return Optional.empty();
    }
    long held = holding.held();
    basis
        .priced(id)
        .input("average price", position.averagePrice().toString())
        .input("mark", mark.price().toString())
        .input("tick", contract.tickSize() + " = $" + contract.tickValue());
    return Optional.of(
        "("
            + mark.price()
            + " - "
            + position.averagePrice()
            + ") / "
            + contract.tickSize()
            + " x $"
            + contract.tickValue()
            + " x "
            + held
            + " = $"
            + contract.profit(position.averagePrice(), mark.price(), held));
  }

  /** {@code MNQ $-100.50 + ES $-200.00 = $-300.50}. */
  static String openOfAll(RuleInput input, Basis.Builder basis) {
    List<String> parts = new ArrayList<>();
    Money sum = Money.ZERO;
    for (Holding holding : input.account().holdings()) {
      Money open = holding.position().flatMap(input::openProfit).orElse(null);
      if (open != null) {
        String symbol = input.symbol(holding.contract());
        basis.priced(holding.contract());
        open(input, holding.contract(), Basis.of())
            .ifPresent(text -> basis.input("open P&L of " + symbol, text));
        parts.add(symbol + " $" + open);
        sum = sum.plus(open);
      }
    }
    return parts.isEmpty() ? "$" + sum : String.join(" + ", parts) + " = $" + sum;
  }

  /**
   * Dollars that a value has gone beyond a limit, on the limit's side of zero; empty while it has
   * not reached it.
   */
  static Optional<Money> past(Money value, Money limit) {
    Money past = limit.signum() < 0 ? limit.minus(value) : value.minus(limit);
    return past.signum() < 0 ? Optional.empty() : Optional.of(past);
  }
}
