package dev.riskmanager.wire;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One of the thirteen rules on one account.
 *
 * @param ruleId its number, such as {@code RULE-003}
 * @param rule its key in the configuration
 * @param mode whether it acts
 * @param state what it says now
 * @param value the observed value nearest to a limit, null when there is none
 * @param limit that limit, null when there is none
 * @param used value as a part of limit, 1 = at the limit; null when either is missing
 * @param detail why it is DEGRADED, FAILED or DISABLED, or what is close; null when there is
 *     nothing to say
 */
public record RuleView(
    String ruleId,
    String rule,
    RuleMode mode,
    RuleState state,
    @Nullable String value,
    @Nullable String limit,
    @Nullable BigDecimal used,
    @Nullable String detail) {}
