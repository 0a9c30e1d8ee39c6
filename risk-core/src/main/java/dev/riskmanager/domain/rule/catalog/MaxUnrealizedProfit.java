package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Basis;
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
import java.util.Optional;
import java.util.Set;

/**
 * RULE-005: the open profit of a position is taken.
 *
 * @param positions judged against the target; the response is to close the position, unless told
 *     otherwise
 */
public record MaxUnrealizedProfit(RulePolicy policy, OpenPositions positions) implements RiskRule {
  public static final RuleId ID = new RuleId(5, "max_unrealized_profit");

  /** Reads {@code target} and {@code confirm_ms}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("target");
    Money target = section.positiveMoney("target", Money.of("1"));
    Response response = policy.apply(Response.CLOSE_POSITION);
    return new MaxUnrealizedProfit(
        policy, new OpenPositions(Confirmation.read(ID, section), target, false, response));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, positions.response())
        .lower("target", positions.limit().units())
        .shorter("confirm_ms", positions.confirmation().patience());
  }

  @Override
  public Set<Trigger> triggers() {
    return OpenPositions.TRIGGERS;
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
    return positions.evaluate(input);
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    return positions.basis(input, found);
  }

  @Override
  public Optional<Money> pastLimit(RuleInput input, Decision.ViolationFound found) {
    return positions.pastLimit(input, found);
  }

  @Override
  public Reading read(RuleInput input) {
    return positions.read(input);
  }
}
