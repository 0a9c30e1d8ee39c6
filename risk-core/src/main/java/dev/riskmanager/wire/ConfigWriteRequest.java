package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * Replaces a file of the configuration and puts it in force like a reload.
 *
 * @param file its name in the {@code config} directory
 * @param base the SHA-256 of the text that was edited, in hexadecimal: if the file has another one,
 *     somebody else changed it meanwhile, and nothing is written
 * @param text the new text
 * @param now whether loosening shall not wait for the next reset
 * @param reason why; required with {@code now}
 */
public record ConfigWriteRequest(
    String file, String base, String text, boolean now, @Nullable String reason) {}
