package dev.riskmanager.domain.decision;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.time.Instant;
import java.util.Optional;

/**
 * Who decided, when and why.
 *
 * @param at time of the event, or of the deadline, that the decision answers
 * @param rule the rule that asked for it; the lowest number when several did
 * @param guard decided by the lockout guard, or by a rule while an account lockout holds
 * @param shadow found by a rule that only watches
 * @param reason for people, with the numbers; may be empty
 */
public record Cause(
    Instant at,
    AccountId account,
    Optional<RuleId> rule,
    boolean guard,
    boolean shadow,
    String reason) {}
