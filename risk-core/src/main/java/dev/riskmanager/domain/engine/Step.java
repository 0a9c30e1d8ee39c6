package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.util.List;

/**
 * What one event came to.
 *
 * @param state the new state
 * @param decisions in the order in which they are handled and printed
 * @param failures rules that threw: a defect, never a pass
 */
public record Step(EngineState state, List<Decision> decisions, List<RuleFailure> failures) {

  /** A rule that could not judge. */
  public record RuleFailure(AccountId account, RuleId rule, RuntimeException error) {}
}
