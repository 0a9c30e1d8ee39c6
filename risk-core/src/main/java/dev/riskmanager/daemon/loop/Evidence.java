package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Enforcement.Fact;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Holding;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decision rests on, for its receipt: the inputs of the rule, its formula with the numbers,
 * and the age of the quote. Made when it is decided, from the state it was decided on.
 */
public final class Evidence {
  private static final String DEFAULT_COMPARISON = "against";

  private final EngineState state;
  private final AccountState account;
  private final List<Fact> facts = new ArrayList<>();
  private final List<String> formulas = new ArrayList<>();
  private Optional<Duration> quoteAge = Optional.empty();

  private Evidence(EngineState state, AccountState account) {
    this.state = state;
    this.account = account;
  }

  /**
   * The grounds of what was decided for one account in a step.
   *
   * @param state after the step
   */
  static Enforcement.Grounds of(EngineState state, AccountId id, List<Decision> decisions) {
    AccountState account = state.account(id).orElse(AccountState.empty(id));
    Evidence evidence = new Evidence(state, account);
    Optional<String> symbol = Optional.empty();
    for (Decision decision : decisions) {
      if (decision instanceof Decision.ViolationFound found && found.account().equals(id)) {
        evidence.add(found);
        symbol = symbol.or(found::symbol);
      }
    }
    return new Enforcement.Grounds(
        symbol,
        List.copyOf(evidence.facts),
        String.join("; ", evidence.formulas),
        evidence.quoteAge);
  }

  private void add(Decision.ViolationFound found) {
    RuleId rule = found.cause().rule().orElse(RuleId.MANUAL);
    fact("observed", found.observed());
    fact("limit", found.limit());
    fact("trading day", found.tradingDay().toString());
    found.orderId().ifPresent(order -> fact("order", Long.toString(order)));
    String left = found.observed();
    switch (rule.number()) {
      case 3, 13 -> left = realized(rule).orElse(left);
      case 4, 5 -> left = open(found).orElse(left);
      default -> {}
    }
    for (Holding holding : account.holdings()) {
      holding.position().ifPresent(this::held);
    }
    formulas.add(left + " " + comparison(rule) + " " + found.limit());
  }

  private void held(Position position) {
    fact(
        state.market().symbol(position.contract()),
        position.side() + " " + position.size() + " at " + position.averagePrice());
  }

  /** {@code gross $-168 less fees $2.5 = $-170.5}. */
  private Optional<String> realized(RuleId rule) {
    RuleSet rules = state.rules().of(account.id()).orElse(null);
    if (rules == null) {
      return Optional.empty();
    }
    DayLedger day = account.trades().days().get(rules.resetOf(rule)).orElse(null);
    if (day == null) {
      return Optional.empty();
    }
    boolean net = rules.general().netOfFees();
    fact("gross P&L", "$" + day.gross());
    fact("fees", "$" + day.fees() + (net ? "" : " (not counted)"));
    fact("trades", Long.toString(day.trades()));
    String text =
        net
            ? "gross $" + day.gross() + " less fees $" + day.fees() + " = $" + day.realized(true)
            : "gross $" + day.gross();
    Optional<Money> open = input(rules).openProfit();
    boolean withOpen =
        rules.rule(rule).filter(r -> r.triggers().contains(Trigger.QUOTE)).isPresent();
    if (withOpen && open.isPresent()) {
      fact("open P&L", "$" + open.get());
      account.holdings().forEach(h -> age(state.market().mark(h.contract())));
      text += ", with open $" + open.get() + " = $" + day.realized(net).plus(open.get());
    }
    return Optional.of(text);
  }

  /** {@code (20990.25 - 21000.25) / 0.25 x $0.5 x 3 = $-60}. */
  private Optional<String> open(Decision.ViolationFound found) {
    if (found.contract().isEmpty()) {
      return Optional.empty();
    }
    Holding holding = account.holding(found.contract().get());
    Position position = holding.position().orElse(null);
    Contract contract = state.market().contract(found.contract().get()).orElse(null);
    Mark mark = state.market().mark(found.contract().get()).orElse(null);
    if (position == null || contract == null || mark == null) {
      return Optional.empty();
    }
    age(Optional.of(mark));
    fact("average price", position.averagePrice().toString());
    fact("mark", mark.price().toString());
    fact("tick", contract.tickSize() + " = $" + contract.tickValue());
    long held = holding.held();
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

  private void age(Optional<Mark> mark) {
    mark.map(m -> Duration.between(m.at(), state.now()))
        .filter(age -> quoteAge.isEmpty() || age.compareTo(quoteAge.get()) > 0)
        .ifPresent(age -> quoteAge = Optional.of(age));
  }

  private void fact(String name, String value) {
    Fact fact = new Fact(name, value);
    if (!facts.contains(fact)) {
      facts.add(fact);
    }
  }

  private RuleInput input(RuleSet rules) {
    return RuleInput.review(state.now(), account, state.market(), rules.general());
  }

  private static String comparison(RuleId rule) {
    return switch (rule.number()) {
      case 1, 2 -> ">";
      case 3, 4, 7 -> "<=";
      case 5, 6, 8, 13 -> ">=";
      default -> DEFAULT_COMPARISON;
    };
  }

  /**
   * Dollars by which the day's loss, or profit, is past the limit of RULE-003, or RULE-013, now:
   * what was lost between the decision and the proof of flat shows in it. Empty for the other
   * rules, and while the limit is not passed.
   */
  public static Optional<String> pastLimit(EngineState state, AccountId id, RuleId rule) {
    AccountState account = state.account(id).orElse(null);
    RuleSet rules = state.rules().of(id).orElse(null);
    if (account == null || rules == null || (rule.number() != 3 && rule.number() != 13)) {
      return Optional.empty();
    }
    Optional<RiskRule> found = rules.rule(rule);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Reading reading = found.get().read(new Evidence(state, account).input(rules));
    if (reading.value().isEmpty()) {
      return Optional.empty();
    }
    BigDecimal past = new BigDecimal(reading.value()).subtract(new BigDecimal(reading.limit()));
    if (rule.number() == 3) {
      past = past.negate();
    }
    return past.signum() < 0 ? Optional.empty() : Optional.of("$" + past.toPlainString());
  }
}
