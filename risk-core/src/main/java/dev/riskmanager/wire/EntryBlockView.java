package dev.riskmanager.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an entry would be undone, and by what.
 *
 * @param symbol the symbol, or a pattern with {@code *} and {@code ?}; null for every symbol that
 *     is named neither by another of these nor among the open ones
 * @param ruleId the rule that would undo it, such as {@code RULE-009}
 * @param rule that rule's key in the configuration
 * @param until when that ends, null when no time is set for it
 * @param reason why, for a person
 */
public record EntryBlockView(
    @Nullable String symbol, String ruleId, String rule, @Nullable Instant until, String reason) {}
