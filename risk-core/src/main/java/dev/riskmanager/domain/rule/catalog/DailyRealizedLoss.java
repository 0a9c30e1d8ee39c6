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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-003: the realized loss of a trading day ends the day.
 *
 * @param limit below zero, in dollars; equality is a violation
 * @param reset ends its trading day
 * @param includeOpen whether the open P&amp;L of all positions is added to the realized
 * @param response flatten and lock until the reset, unless told otherwise
 */
public record DailyRealizedLoss(
    RulePolicy policy, Money limit, ResetTime reset, boolean includeOpen, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(3, "daily_realized_loss");

  private static final Set<Trigger> REALIZED =
      Triggers.of(Trigger.TRADE, Trigger.POSITION, Trigger.REVIEW);
  private static final Set<Trigger> WITH_OPEN =
      Triggers.of(Trigger.TRADE, Trigger.POSITION, Trigger.QUOTE, Trigger.REVIEW);

  /**
   * Reads {@code limit}, {@code reset_time}, {@code timezone}, {@code include_open} and {@code
   * enforcement}.
   */
  public static RiskRule read(Settings section, GeneralSettings general) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("limit");
    Money limit = section.negativeMoney("limit", Money.of("-1"));
    ResetTime reset =
        new ResetTime(
            section.time("reset_time", general.reset().time()),
            section.zone("timezone", general.reset().zone()));
    boolean includeOpen = section.flag("include_open", false);
    String enforcement =
        section.choice(
            "enforcement",
            "close_all_and_lockout",
            List.of("close_all_and_lockout", "close_all", "lockout"));
    Response own =
        switch (enforcement) {
          case "close_all" -> Response.flatten(Response.Lock.NONE);
          case "lockout" -> new Response(Response.Action.NONE, false, Response.Lock.UNTIL_RESET);
          default -> Response.flatten(Response.Lock.UNTIL_RESET);
        };
    return new DailyRealizedLoss(policy, limit, reset, includeOpen, policy.apply(own));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    // An open profit makes up for a realized loss, an open loss adds to it: neither is stricter.
    return Strictness.of(policy, response)
        .higher("limit", limit.units())
        .neither("include_open", includeOpen)
        .neither("reset", reset);
  }

  @Override
  public Set<Trigger> triggers() {
    return includeOpen ? WITH_OPEN : REALIZED;
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
    Money observed = observed(input);
    if (!observed.isAtMost(limit)) {
      return Verdict.NONE;
    }
    return Verdict.of(
        Violation.of(
            Violation.Scope.ACCOUNT,
            observed.negate().units(),
            "Daily P&L: $" + observed.toCents(),
            "$" + limit,
            "Daily loss limit exceeded: $" + observed.toCents() + " (limit: $" + limit + ")",
            response));
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis = Basis.of();
    String text = Formulas.realized(input, reset, basis);
    if (includeOpen && input.openProfit().isPresent()) {
      basis.input("open P&L", "$" + input.openProfit().get());
      text += ", with open " + Formulas.openOfAll(input, basis) + ": $" + observed(input);
    }
    return basis.formula(text + " <= " + found.limit());
  }

  @Override
  public Optional<Money> pastLimit(RuleInput input, Decision.ViolationFound found) {
    return Formulas.past(observed(input), limit);
  }

  @Override
  public Reading read(RuleInput input) {
    Money observed = observed(input);
    return new Reading(
        observed.toCents().toString(),
        limit.toString(),
        Math.max(0, observed.thousandthsOf(limit)),
        includeOpen ? input.whyNotValued() : Optional.empty());
  }

  /**
   * What is judged. Without a fresh price for every position only what is realized counts: a profit
   * that is merely hoped for holds nothing up, and the reading says that the rule is degraded.
   */
  private Money observed(RuleInput input) {
    Money realized = input.account().trades().day(reset).realized(input.general().netOfFees());
    return includeOpen ? realized.plus(input.openProfit().orElse(Money.ZERO)) : realized;
  }
}
