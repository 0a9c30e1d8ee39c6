package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.state.Episode;
import java.util.Set;

/**
 * RULE-005: the open profit of a position is taken.
 *
 * @param target above zero, in dollars, gross; equality is a violation
 * @param confirmation what must come together before it acts
 * @param response close that position, unless told otherwise
 */
public record MaxUnrealizedProfit(
    RulePolicy policy, Money target, Confirmation confirmation, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(5, "max_unrealized_profit");

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.QUOTE, Trigger.POSITION, Trigger.TIMER, Trigger.REVIEW);

  /** Reads {@code target} and {@code confirm_ms}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("target");
    Money target = section.positiveMoney("target", Money.of("1"));
    Confirmation confirmation = new Confirmation(ID, Triggers.confirmMillis(section));
    return new MaxUnrealizedProfit(
        policy, target, confirmation, policy.apply(Response.CLOSE_POSITION));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response)
        .lower("target", target.units())
        .shorter("confirm_ms", confirmation.patience());
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WITH_POSITION;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public boolean gatedBySymbolLockout() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    return positions().evaluate(input);
  }

  @Override
  public Reading read(RuleInput input) {
    return positions().read(input);
  }

  private OpenPositions positions() {
    return new OpenPositions(
        confirmation, target, true, "Open profit target reached", "target", response);
  }
}
