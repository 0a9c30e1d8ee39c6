package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fill, a half-turn.
 *
 * @param profitAndLoss dollars, gross of fees; null on the half that opens or adds
 * @param fees dollars for the whole fill
 * @param commissions dollars besides the fees; null when the venue charges none
 */
public record TradeView(
    long id,
    long accountId,
    Contract contract,
    Instant created,
    BigDecimal price,
    @Nullable BigDecimal profitAndLoss,
    BigDecimal fees,
    @Nullable BigDecimal commissions,
    OrderSide side,
    int size,
    boolean voided,
    long orderId) {}
