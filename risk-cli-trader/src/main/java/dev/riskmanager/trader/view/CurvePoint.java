package dev.riskmanager.trader.view;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A point of the day's curve.
 *
 * @param t when
 * @param total realized and open P&amp;L then
 */
public record CurvePoint(Instant t, BigDecimal total) {}
