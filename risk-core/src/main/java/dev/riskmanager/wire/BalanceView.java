package dev.riskmanager.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The venue's balance of an account against the P&amp;L computed from its trades. Amounts are
 * decimal texts in dollars.
 *
 * @param state what the comparison has come to
 * @param base the balance that is compared from
 * @param baseAt when it was taken: the first one seen of the trading day, or after a change that no
 *     trade explains, such as a deposit or a reset
 * @param computed realized P&amp;L since then, net of fees
 * @param expected base + computed
 * @param balance what the venue says
 * @param difference balance − expected; the venue may leave fees out of the balance, so up to the
 *     fees more still agrees
 * @param differsSince since when they do not agree; null while they do
 */
public record BalanceView(
    BalanceState state,
    String base,
    Instant baseAt,
    String computed,
    String expected,
    String balance,
    String difference,
    @Nullable Instant differsSince) {}
