package dev.riskmanager.wire;

/**
 * The answer of {@code shutdown}: the engine has begun to stop.
 *
 * @param pid the process that will end
 */
public record ShutdownResult(long pid) {}
