package dev.riskmanager.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lockout with its account and its end, as {@code lockouts} lists active and past ones.
 *
 * @param accountId the account
 * @param accountName its display name
 * @param lockout the lockout; of a past one {@code remainingSeconds} is null
 * @param active whether it is in force
 * @param clearedAt when it ended, null while active
 * @param clearedBy what ended it: "expired", or the admin's user and reason; null while active
 * @param attempts how many orders against it were undone: placed since it began, in what it locks
 * @param unlocksAt when an admin's unlock that its rule delays will end it; null when none is under
 *     way, or it ends before that anyway
 */
public record LockoutRecord(
    long accountId,
    String accountName,
    LockoutView lockout,
    boolean active,
    @Nullable Instant clearedAt,
    @Nullable String clearedBy,
    int attempts,
    @Nullable Instant unlocksAt) {}
