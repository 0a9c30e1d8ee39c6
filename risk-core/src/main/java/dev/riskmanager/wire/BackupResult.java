package dev.riskmanager.wire;

/**
 * The answer of {@code backup}.
 *
 * @param file the copy that was made
 */
public record BackupResult(String file) {}
