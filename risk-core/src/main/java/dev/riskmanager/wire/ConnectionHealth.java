package dev.riskmanager.wire;

/** How a connection to the venue is. */
public enum ConnectionHealth {
  HEALTHY,
  /** It works, but not all of it or not surely. */
  DEGRADED,
  /** Nothing comes through. */
  DISCONNECTED
}
