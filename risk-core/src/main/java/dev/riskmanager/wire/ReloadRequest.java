package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * Puts the files of the configuration in force.
 *
 * @param now whether loosening shall not wait for the next reset
 * @param reason why; required with {@code now}
 */
public record ReloadRequest(boolean now, @Nullable String reason) {}
