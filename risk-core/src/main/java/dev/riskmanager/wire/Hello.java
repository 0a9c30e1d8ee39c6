package dev.riskmanager.wire;

/**
 * The answer of {@code hello}.
 *
 * @param protocol the version the engine speaks
 * @param server the engine's name and version, such as {@code risk-engine/1.0.0}
 * @param socket {@code view} or {@code admin}
 * @param user the operating-system user the engine sees at the other end, {@code unknown} where the
 *     system does not tell
 */
public record Hello(int protocol, String server, String socket, String user) {}
