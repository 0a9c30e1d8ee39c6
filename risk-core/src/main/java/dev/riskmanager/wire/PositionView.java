package dev.riskmanager.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open position.
 *
 * @param contractId the venue's contract
 * @param symbol what a trader calls it
 * @param side its direction
 * @param size contracts, always positive
 * @param averagePrice average entry price
 * @param mark the price it is valued at, null when none is known or it is stale
 * @param open open P&amp;L at that mark, null without one
 * @param stopCovered whether working stops cover its whole size
 * @param openedAt when it was opened
 */
public record PositionView(
    String contractId,
    String symbol,
    PositionSide side,
    int size,
    String averagePrice,
    @Nullable String mark,
    @Nullable String open,
    boolean stopCovered,
    Instant openedAt) {}
