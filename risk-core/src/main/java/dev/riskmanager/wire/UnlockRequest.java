package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * Ends lockouts of an account.
 *
 * @param accountId the account
 * @param ruleId only this rule's lockouts; null for all
 * @param symbol only lockouts of this symbol; null for all
 * @param reason why, for the audit
 */
public record UnlockRequest(
    long accountId, @Nullable String ruleId, @Nullable String symbol, String reason) {}
