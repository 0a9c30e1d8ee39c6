package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link FlattenRequest}: the plan has been decided and is being carried out.
 *
 * @param accountId the account
 * @param positions how many positions were open then
 * @param orders how many orders were working then
 * @param receiptId the receipt that will tell the outcome, null when there was nothing to do
 */
public record FlattenResult(
    long accountId, int positions, int orders, @Nullable String receiptId) {}
