package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A position at one moment.
 *
 * @param type 1 long, 2 short, 0 flat (only in the event that says so)
 * @param size contracts, never negative
 * @param averagePrice of the open contracts; of a flat one, its last average
 */
public record PositionView(
    int id,
    long accountId,
    Contract contract,
    Instant created,
    int type,
    int size,
    BigDecimal averagePrice) {}
