package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a change of a rule would have meant for the trading days behind us, from the stored trades.
 *
 * @param rule the rule's key
 * @param accountId the account
 * @param tradingDays how many trading days with trades were looked at, the one under way not among
 *     them
 * @param firedBefore on how many of them the rule as it is would have fired, null when not known
 * @param firedAfter on how many of them the rule as it would be would have fired, null when not
 *     known
 * @param note what cannot be known and why, null when nothing
 */
public record LimitHistory(
    String rule,
    long accountId,
    int tradingDays,
    @Nullable Integer firedBefore,
    @Nullable Integer firedAfter,
    @Nullable String note) {}
