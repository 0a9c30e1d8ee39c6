package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order at one moment.
 *
 * @param filledPrice average price of what was filled
 * @param trailDistance ticks: a trailing stop's distance, or a bracket leg's signed offset
 * @param trailPrice the same as a price difference
 */
public record OrderView(
    long id,
    long accountId,
    Contract contract,
    Instant created,
    Instant updated,
    OrderStatus status,
    OrderType type,
    OrderSide side,
    int size,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    int fillVolume,
    @Nullable BigDecimal filledPrice,
    @Nullable String customTag,
    @Nullable Integer trailDistance,
    @Nullable BigDecimal trailPrice,
    @Nullable Long parentOrderId,
    @Nullable Long linkedOrderId) {}
