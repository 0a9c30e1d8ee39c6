package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Holding;
import java.util.Optional;
import java.util.Set;

/**
 * Judges open P&amp;L against a limit, for the rules that do. What cannot be valued is neither a
 * breach nor a recovery: the reading says that the rule is degraded.
 *
 * @param limit in dollars, gross; equality is a breach. Below zero it bounds losses, above gains
 * @param total whether the open P&amp;L of all positions is summed; otherwise each is judged alone
 */
record OpenPositions(Confirmation confirmation, Money limit, boolean total, Response response) {
  static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.QUOTE, Trigger.POSITION, Trigger.TIMER, Trigger.REVIEW);

  Verdict evaluate(RuleInput input) {
    Verdict.Builder verdict = new Verdict.Builder();
    if (total) {
      judgeTotal(input, verdict);
    } else {
      judgeEach(input, verdict);
    }
    return verdict.build();
  }

  private void judgeTotal(RuleInput input, Verdict.Builder verdict) {
    // An account without positions has an open P&L of zero, which is no breach.
    Money open = input.openProfit().orElse(null);
    if (open == null) {
      return;
    }
    if (!isBreach(open)) {
      confirmation.clear(input, Confirmation.ACCOUNT, verdict);
    } else if (confirmation.confirms(input, Confirmation.ACCOUNT, verdict)) {
      verdict.add(violation(Violation.Scope.ACCOUNT, "", open));
    }
  }

  private void judgeEach(RuleInput input, Verdict.Builder verdict) {
    for (Holding holding : input.account().holdings()) {
      ContractId contract = holding.contract();
      if (input.quoted().isEmpty() || input.quoted().get().equals(contract)) {
        judge(input, holding, verdict);
      }
    }
    if (input.quoted().isEmpty()) {
      forgetGone(input, verdict);
    }
  }

  private void judge(RuleInput input, Holding holding, Verdict.Builder verdict) {
    ContractId contract = holding.contract();
    Money open = holding.position().flatMap(input::openProfit).orElse(null);
    if (open == null) {
      return;
    }
    if (!isBreach(open)) {
      confirmation.clear(input, contract.value(), verdict);
    } else if (confirmation.confirms(input, contract.value(), verdict)) {
      String symbol = input.symbol(contract);
      verdict.add(violation(new Violation.Scope.Contract(contract, symbol), symbol + " ", open));
    }
  }

  private boolean gains() {
    return limit.signum() > 0;
  }

  private boolean isBreach(Money open) {
    return gains() ? open.isAtLeast(limit) : open.isAtMost(limit);
  }

  private Violation violation(Violation.Scope scope, String whose, Money open) {
    String shown = "$" + open.toCents();
    return Violation.of(
        scope,
        gains() ? open.units() : open.negate().units(),
        whose.isEmpty() ? "Open P&L: " + shown : whose + "open P&L: " + shown,
        "$" + limit,
        (gains() ? "Open profit target reached: " : "Open loss limit exceeded: ")
            + (whose + shown)
            + (gains() ? " (target: $" : " (limit: $")
            + (limit + ")"),
        response);
  }

  Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis = Basis.of();
    String text =
        found
            .contract()
            .map(contract -> Formulas.open(input, contract, basis).orElseGet(found::observed))
            .orElseGet(() -> Formulas.openOfAll(input, basis));
    return basis.formula(text + (gains() ? " >= " : " <= ") + found.limit());
  }

  /** What the closing made of it: realized since then, and what is still open. */
  Optional<Money> pastLimit(RuleInput input, Decision.ViolationFound found) {
    Money result = Money.ZERO;
    for (LongMap.Entry<Trade> entry : input.account().trades().trades()) {
      Trade trade = entry.value();
      boolean since = !trade.voided() && !trade.executedAt().isBefore(found.cause().at());
      if (since && isAbout(found, trade.contract())) {
        result = result.plus(trade.gross());
      }
    }
    for (Holding holding : input.account().holdings()) {
      if (isAbout(found, holding.contract())) {
        result = result.plus(holding.position().flatMap(input::openProfit).orElse(Money.ZERO));
      }
    }
    return Formulas.past(result, limit);
  }

  private static boolean isAbout(Decision.ViolationFound found, ContractId contract) {
    return found.contract().filter(one -> !one.equals(contract)).isEmpty();
  }

  /** A position that is gone takes its unconfirmed breach with it. */
  private void forgetGone(RuleInput input, Verdict.Builder verdict) {
    if (confirmation.patience().isZero()) {
      return;
    }
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

  /** The sum, or the position that is nearest to the limit; degraded when one has no value. */
  Reading read(RuleInput input) {
    Optional<String> why = input.whyNotValued();
    if (why.isPresent()) {
      return Reading.degraded(limit.toString(), why.get());
    }
    Money open = total ? input.openProfit().orElse(Money.ZERO) : nearest(input);
    return Reading.of(open.toCents().toString(), limit.toString(), open.thousandthsOf(limit));
  }

  private Money nearest(RuleInput input) {
    Money nearest = Money.ZERO;
    for (Holding holding : input.account().holdings()) {
      Money open = holding.position().flatMap(input::openProfit).orElse(nearest);
      boolean nearer = gains() ? open.isAtLeast(nearest) : open.isAtMost(nearest);
      nearest = nearer ? open : nearest;
    }
    return nearest;
  }
}
