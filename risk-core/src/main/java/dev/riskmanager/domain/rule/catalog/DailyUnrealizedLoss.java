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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-004: the open loss of a position, or of the account.
 *
 * @param positions judged against the limit; the response is to close the position (of the account:
 *     to flatten), unless told otherwise
 */
public record DailyUnrealizedLoss(RulePolicy policy, OpenPositions positions) implements RiskRule {
  public static final RuleId ID = new RuleId(4, "daily_unrealized_loss");

  /** Reads {@code limit}, {@code scope} and {@code confirm_ms}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("limit");
    Money limit = section.negativeMoney("limit", Money.of("-1"));
    boolean total =
        section.choice("scope", "per_position", List.of("per_position", "total")).equals("total");
    Response own = total ? Response.flatten(Response.Lock.NONE) : Response.CLOSE_POSITION;
    return new DailyUnrealizedLoss(
        policy, new OpenPositions(Confirmation.read(ID, section), limit, total, policy.apply(own)));
  }

  /** Below zero, in dollars; equality is a violation. */
  public Money limit() {
    return positions.limit();
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, positions.response())
        .higher("limit", positions.limit().units())
        .neither("scope", positions.total())
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
