package dev.riskmanager.wire;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The trading day in which the engine is.
 *
 * @param timezone the zone of the daily reset, such as {@code America/Chicago}
 * @param resetTime the local time of the reset, {@code HH:mm}
 * @param tradingDay the label of the current trading day: the local date on which it ends
 * @param nextReset when the current trading day ends
 * @param secondsToReset whole seconds until then, rounded down
 */
public record ClockView(
    String timezone,
    String resetTime,
    LocalDate tradingDay,
    Instant nextReset,
    long secondsToReset) {}
