package dev.riskmanager.wire;

/**
 * Closes everything of an account.
 *
 * @param accountId the account
 * @param reason why, for the audit
 */
public record FlattenRequest(long accountId, String reason) {}
