package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the enforcement log.
 *
 * @param seq a number that only grows, so that a reader can tell what it has seen
 * @param t when
 * @param kind what kind of line
 * @param accountId the account concerned, null when it is about the engine
 * @param ruleId the rule concerned, or null
 * @param rule that rule's key, or null
 * @param symbol the symbol concerned, or null
 * @param text the line itself, for a person, without time
 * @param receiptId the receipt that explains it, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogEntry(
    long seq,
    Instant t,
    LogKind kind,
    @Nullable Long accountId,
    @Nullable String ruleId,
    @Nullable String rule,
    @Nullable String symbol,
    String text,
    @Nullable String receiptId) {}
