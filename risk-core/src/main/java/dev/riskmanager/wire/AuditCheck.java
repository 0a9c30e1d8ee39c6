package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code audit.verify}.
 *
 * @param valid whether the chain is whole
 * @param records how many records were checked
 * @param firstBroken number of the first record that does not fit, null when the chain is whole
 * @param message what was found
 */
public record AuditCheck(boolean valid, long records, @Nullable Long firstBroken, String message) {}
