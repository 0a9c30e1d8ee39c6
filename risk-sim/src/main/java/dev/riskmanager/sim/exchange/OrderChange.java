package dev.riskmanager.sim.exchange;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A change to a working order; null leaves a member as it is. Prices are absolute. */
public record OrderChange(
    @Nullable Integer size,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice) {}
