package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Enforcement.Fact;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a decision rests on, for its receipt: the inputs of the rule, its formula with the numbers,
 * and the age of the quote. Made when it is decided, from the state it was decided on; what each
 * rule has to show it says itself.
 */
public final class Evidence {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

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
   * @param rule that the receipt will name
   */
  static Enforcement.Grounds of(
      EngineState state, AccountId id, RuleId rule, List<Decision> decisions) {
    Evidence evidence = new Evidence(state, state.account(id).orElse(AccountState.empty(id)));
    DecisionText text = new DecisionText(state);
    List<Decision.ViolationFound> findings = new ArrayList<>();
    List<String> decided = new ArrayList<>();
    for (Decision decision : decisions) {
      if (!decision.account().equals(id) || decision.cause().shadow()) {
        continue;
      }
      switch (decision) {
        case Decision.ViolationFound found -> {
          findings.add(found);
          evidence.add(found);
          decided.add(text.of(found));
        }
        case Decision.LockoutSet set -> decided.add(text.of(set));
        case Decision.LockoutCleared cleared -> decided.add(text.of(cleared));
        case Decision.Action action -> evidence.add(action);
        case Decision.PrecheckBlocked blocked -> {}
        case Decision.Reset reset -> {}
        case Decision.Alert alert -> {}
      }
    }
    evidence.positions();
    return new Enforcement.Grounds(
        findings.stream().findFirst().flatMap(Decision.ViolationFound::symbol),
        List.copyOf(evidence.facts),
        String.join("; ", evidence.formulas),
        evidence.quoteAge,
        List.copyOf(decided),
        findings.stream()
            .filter(found -> found.cause().rule().filter(rule::equals).isPresent())
            .findFirst());
  }

  private void add(Decision.ViolationFound found) {
    fact("observed", found.observed());
    fact("limit", found.limit());
    fact("trading day", found.tradingDay().toString());
    found.orderId().ifPresent(order -> fact("order", Long.toString(order)));
    basis(found)
        .ifPresent(
            basis -> {
              basis.inputs().forEach(input -> fact(input.name(), input.value()));
              basis.prices().forEach(this::age);
              formulas.add(basis.formula());
              notThatOne(found, basis);
            });
  }

  /** Trades that were read together are judged one by one; the formula has all of them. */
  private void notThatOne(Decision.ViolationFound found, Basis basis) {
    int money = found.observed().lastIndexOf('$');
    if (money >= 0 && !basis.formula().contains(found.observed().substring(money))) {
      fact(
          "breach found at",
          found.observed().substring(money)
              + ", in the middle of what was read together; the formula has all of it");
    }
  }

  /** A receipt that lacks something is better than an enforcement that does not begin. */
  private Optional<Basis> basis(Decision.ViolationFound found) {
    try {
      return rule(state, found).map(rule -> rule.basis(input(state, account), found));
    } catch (RuntimeException e) {
      LOG.error("What {} rests on could not be put down", found.cause().rule().orElseThrow(), e);
      return Optional.empty();
    }
  }

  /** What the guard undoes, and what a rule automates, rests on no violation. */
  private void add(Decision.Action action) {
    if (action.cause().guard()) {
      guard(action);
    } else if (action instanceof Decision.ModifyStop
        || action instanceof Decision.PlaceStop
        || action instanceof Decision.PlaceTarget) {
      ContractId contract = ((Decision.ContractAction) action).contract();
      age(contract);
      state.market().mark(contract).ifPresent(mark -> fact("mark", mark.price().toString()));
      formula(action.cause().reason());
    } else if (action.cause().rule().filter(RuleId.MANUAL::equals).isPresent()) {
      fact("asked for by an admin", action.cause().reason());
    }
  }

  private void guard(Decision.Action action) {
    Optional<Lockout> governing =
        action instanceof Decision.ContractAction one
            ? account.locks().governing(one.symbol())
            : account.locks().governing();
    governing.ifPresent(this::lockout);
    if (action instanceof Decision.ContractAction one) {
      // A lockout that is over lets stay what was there; the reason has how much that is.
      if (account.locks().guards(one.symbol())) {
        fact(
            "may stay of " + one.symbol(),
            Long.toString(account.locks().allowed(one.contract(), one.symbol())));
      }
      formula(one.symbol() + ": " + action.cause().reason());
    }
    governing.ifPresent(lockout -> fact("undone so far", Long.toString(lockout.attempts())));
  }

  private void lockout(Lockout lockout) {
    Instant since = lockout.lockedAt().truncatedTo(ChronoUnit.SECONDS);
    fact("locked by", lockout.rule() + " since " + since + ": " + lockout.reason());
  }

  private void positions() {
    for (Holding holding : account.holdings()) {
      holding.position().ifPresent(this::held);
    }
  }

  private void held(Position position) {
    fact(
        state.market().symbol(position.contract()),
        position.side() + " " + position.size() + " at " + position.averagePrice());
  }

  private void age(ContractId contract) {
    state
        .market()
        .mark(contract)
        .map(Mark::at)
        .map(at -> Duration.between(at, state.now()))
        .filter(age -> quoteAge.isEmpty() || age.compareTo(quoteAge.get()) > 0)
        .ifPresent(age -> quoteAge = Optional.of(age));
  }

  private void formula(String text) {
    if (!formulas.contains(text)) {
      formulas.add(text);
    }
  }

  private void fact(String name, String value) {
    Fact fact = new Fact(name, value);
    if (!facts.contains(fact)) {
      facts.add(fact);
    }
  }

  private static RuleInput input(EngineState state, AccountState account) {
    RuleSet rules = state.rules().of(account.id()).orElseThrow();
    return RuleInput.review(state.now(), account, state.market(), rules.general());
  }

  private static Optional<RiskRule> rule(EngineState state, Decision.ViolationFound found) {
    return state
        .rules()
        .of(found.account())
        .flatMap(rules -> found.cause().rule().flatMap(rules::rule));
  }

  /**
   * Dollars past the limit now: what was lost between the decision and the proof of flat shows in
   * it. Empty where the limit is not one of money, and while it is not passed.
   *
   * @param state as it is now
   * @param found what had been found
   */
  public static Optional<String> pastLimit(EngineState state, Decision.ViolationFound found) {
    AccountState account = state.account(found.account()).orElse(null);
    return account == null
        ? Optional.empty()
        : rule(state, found)
            .flatMap(rule -> rule.pastLimit(input(state, account), found))
            .map(Money::toCents)
            .map(past -> "$" + past);
  }
}
