package dev.riskmanager.sim.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request the venue received.
 *
 * @param number counts from 1 since the venue started
 * @param operation such as {@code Position/closeContract}
 * @param at when its bytes had arrived, on the venue's clock
 * @param nanos the same moment as {@link System#nanoTime()} of the venue's process
 * @param body what was asked; credentials are left out
 * @param status HTTP status answered; null while the answer is outstanding
 * @param errorCode of the envelope; null without one
 */
public record RequestRecord(
    long number,
    String operation,
    Instant at,
    long nanos,
    JsonNode body,
    @Nullable Integer status,
    @Nullable Integer errorCode) {}
