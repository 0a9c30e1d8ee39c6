package dev.riskmanager.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An active lockout as the status shows it.
 *
 * @param id its row in the database
 * @param ruleId the rule that set it, such as {@code RULE-003}; {@code MANUAL} for the admin's
 * @param rule that rule's key in the configuration; {@code manual} for the admin's
 * @param type how it ends
 * @param symbol the symbol it is limited to, null when it is about the account
 * @param reason why, for a person
 * @param lockedAt when it began
 * @param expiresAt when it ends, null when no time is set for that
 * @param remainingSeconds whole seconds until then, rounded down; null when no time is set
 * @param unlock how it ends, for a person: "at the daily reset"
 */
public record LockoutView(
    long id,
    String ruleId,
    String rule,
    LockoutType type,
    @Nullable String symbol,
    String reason,
    Instant lockedAt,
    @Nullable Instant expiresAt,
    @Nullable Long remainingSeconds,
    String unlock) {}
