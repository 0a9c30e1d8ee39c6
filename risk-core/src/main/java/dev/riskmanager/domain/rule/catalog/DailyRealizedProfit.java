package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.GeneralSettings;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.state.Episode;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-013: the realized profit of a trading day is enough, and the day ends with it.
 *
 * @param target above zero, in dollars; equality is a violation
 * @param reset ends its trading day
 * @param response flatten and lock until the reset, unless told otherwise
 */
public record DailyRealizedProfit(
    RulePolicy policy, Money target, ResetTime reset, Response response) implements RiskRule {
  public static final RuleId ID = new RuleId(13, "daily_realized_profit");

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.TRADE, Trigger.POSITION, Trigger.REVIEW);

  /** Reads {@code target}, {@code reset_time} and {@code timezone}. */
  public static RiskRule read(Settings section, GeneralSettings general) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("target");
    Money target = section.positiveMoney("target", Money.of("1"));
    ResetTime reset =
        new ResetTime(
            section.time("reset_time", general.reset().time()),
            section.zone("timezone", general.reset().zone()));
    return new DailyRealizedProfit(
        policy, target, reset, policy.apply(Response.flatten(Response.Lock.UNTIL_RESET)));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response).lower("target", target.units()).neither("reset", reset);
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.AT_RESET;
  }

  @Override
  public Optional<ResetTime> ownReset() {
    return Optional.of(reset);
  }

  @Override
  public boolean judgesEachTrade() {
    return true;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    Money realized = realized(input);
    if (!realized.isAtLeast(target)) {
      return Verdict.NONE;
    }
    return Verdict.of(
        Violation.of(
            Violation.Scope.ACCOUNT,
            realized.units(),
            "Daily P&L: $" + realized.toCents(),
            "$" + target,
            "Daily profit target reached: $" + realized.toCents() + " (target: $" + target + ")",
            response));
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis = Basis.of();
    return basis.formula(Formulas.realized(input, reset, basis) + " >= " + found.limit());
  }

  @Override
  public Optional<Money> pastLimit(RuleInput input, Decision.ViolationFound found) {
    return Formulas.past(realized(input), target);
  }

  @Override
  public Reading read(RuleInput input) {
    Money realized = realized(input);
    return Reading.of(
        realized.toCents().toString(), target.toString(), realized.thousandthsOf(target));
  }

  private Money realized(RuleInput input) {
    return input.account().trades().day(reset).realized(input.general().netOfFees());
  }
}
