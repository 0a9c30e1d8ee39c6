package dev.riskmanager.wire;

import java.time.Instant;

/**
 * Locks an account by hand.
 *
 * @param accountId the account
 * @param until when it ends
 * @param reason why, for the audit and for the trader
 */
public record LockRequest(long accountId, Instant until, String reason) {}
