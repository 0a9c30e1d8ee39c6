package dev.riskmanager.daemon.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which events of the accounts could not be heard.
 *
 * @param from the last message before the gap
 * @param to when the venue's state had been read again; empty while it lasts
 */
public record BlindWindow(Instant from, Optional<Instant> to, String reason) {}
