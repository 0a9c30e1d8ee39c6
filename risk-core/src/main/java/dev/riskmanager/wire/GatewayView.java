package dev.riskmanager.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the venue.
 *
 * @param state its state
 * @param lastEventAgeMs milliseconds since the last sign of life from the venue, null before the
 *     first
 * @param reconnects how many times the connection has been made again since the engine started
 * @param blindWindows the most recent times without sight of the venue, oldest first
 * @param connections how each of its connections is; empty when the engine does not say
 * @param marketOpen whether most products trade now by the exchange's week, holidays left aside:
 *     outside it silence means nothing. Null from an engine that does not tell
 */
public record GatewayView(
    GatewayState state,
    @Nullable Long lastEventAgeMs,
    long reconnects,
    List<BlindWindowView> blindWindows,
    List<ConnectionView> connections,
    @Nullable Boolean marketOpen) {

  public GatewayView {
    blindWindows = Lists.copy(blindWindows);
    connections = Lists.copy(connections);
  }

  /** Without a word on the market. */
  public GatewayView(
      GatewayState state,
      @Nullable Long lastEventAgeMs,
      long reconnects,
      List<BlindWindowView> blindWindows,
      List<ConnectionView> connections) {
    this(state, lastEventAgeMs, reconnects, blindWindows, connections, null);
  }

  /** Nor on its connections. */
  public GatewayView(
      GatewayState state,
      @Nullable Long lastEventAgeMs,
      long reconnects,
      List<BlindWindowView> blindWindows) {
    this(state, lastEventAgeMs, reconnects, blindWindows, List.of(), null);
  }
}
