package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Holding;
import java.util.Optional;

/**
 * Judges the open P&amp;L of each position on its own, for the rules that do.
 *
 * @param limit in dollars; equality is a breach
 * @param gains whether gains at or above it are the breach; otherwise losses at or below it
 * @param what for people: {@code Open loss limit exceeded}
 * @param bound for people: {@code limit} or {@code target}
 */
record OpenPositions(
    Confirmation confirmation,
    Money limit,
    boolean gains,
    String what,
    String bound,
    Response response) {

  Verdict evaluate(RuleInput input) {
    Verdict.Builder verdict = null;
    for (Holding holding : input.account().holdings()) {
      boolean asked = input.quoted().isEmpty() || input.quoted().get().equals(holding.contract());
      if (!asked) {
        continue;
      }
      Position position = holding.position().orElse(null);
      // Zero is no breach: a limit is below it, a target above.
      Money open = position == null ? Money.ZERO : input.openProfit(position).orElse(Money.ZERO);
      if (isBreach(open) || !confirmation.patience().isZero()) {
        verdict = verdict == null ? new Verdict.Builder() : verdict;
        judge(input, holding.contract(), open, verdict);
      }
    }
    if (!confirmation.patience().isZero() && input.quoted().isEmpty()) {
      verdict = verdict == null ? new Verdict.Builder() : verdict;
      forgetGone(input, verdict);
    }
    return verdict == null ? Verdict.NONE : verdict.build();
  }

  private boolean isBreach(Money open) {
    return gains ? open.isAtLeast(limit) : open.isAtMost(limit);
  }

  private void judge(RuleInput input, ContractId contract, Money open, Verdict.Builder verdict) {
    if (!isBreach(open)) {
      confirmation.clear(input, contract.value(), verdict);
      return;
    }
    if (confirmation.confirms(input, contract.value(), true, verdict)) {
      String symbol = input.symbol(contract);
      verdict.add(
          Violation.of(
              new Violation.Scope.Contract(contract, symbol),
              gains ? open.units() : open.negate().units(),
              symbol + " open P&L: $" + open,
              "$" + limit,
              what + ": " + symbol + " $" + open + " (" + bound + ": $" + limit + ")",
              response));
    }
  }

  /** A position that is gone takes its unconfirmed breach with it. */
  private void forgetGone(RuleInput input, Verdict.Builder verdict) {
    Table<String, Long> memory = input.account().memory();
    String prefix = confirmation.rule() + "/since/";
    for (int i = 0; i < memory.size(); i++) {
      String note = memory.keyAt(i);
      if (note.startsWith(prefix)) {
        String contract = note.substring(prefix.length());
        if (input.account().holding(new ContractId(contract)).isFlat()) {
          confirmation.clear(input, contract, verdict);
        }
      }
    }
  }

  /** The position that is nearest to the limit; degraded when one cannot be valued. */
  Reading read(RuleInput input) {
    Money nearest = Money.ZERO;
    for (Holding holding : input.account().holdings()) {
      if (holding.position().isPresent()) {
        Optional<Money> open = input.openProfit(holding.position().get());
        if (open.isEmpty()) {
          return Reading.degraded(
              limit.toString(), "no fresh price for " + input.symbol(holding.contract()));
        }
        boolean nearer = gains ? open.get().isAtLeast(nearest) : open.get().isAtMost(nearest);
        nearest = nearer ? open.get() : nearest;
      }
    }
    return Reading.of(nearest.toString(), limit.toString(), nearest.thousandthsOf(limit));
  }
}
