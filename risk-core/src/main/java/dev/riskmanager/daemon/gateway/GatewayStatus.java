package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the gateway is.
 *
 * @param lastEventAt the last message of the user hub of any kind, pings included; empty before the
 *     first connection
 * @param reconnects how often the user hub was connected again
 * @param blindWindows the newest, oldest first
 * @param problems one line each, in the order they began; empty when all is well
 * @param connections how each of them is
 */
public record GatewayStatus(
    State state,
    Optional<Instant> lastEventAt,
    long reconnects,
    List<BlindWindow> blindWindows,
    List<String> problems,
    List<ConnectionStatus> connections) {

  /** In the words of interfaces §6. */
  public enum State {
    /** Hearing the accounts, and their state was read since the connection began. */
    CONNECTED,
    /** Not yet, since the start. */
    CONNECTING,
    /** Lost, and being connected again. */
    RECONNECTING,
    /** Lost and several attempts failed, or rejected, or closed. */
    DISCONNECTED
  }

  /** How long ago the last message came. */
  public Optional<Duration> lastEventAge(Instant now) {
    return lastEventAt.map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now));
  }
}
