package dev.riskmanager.domain.model;

import java.time.Instant;

/**
 * What a position is valued at.
 *
 * @param price never zero
 * @param at when the newest message it rests on arrived here
 */
public record Mark(Price price, Instant at) {}
