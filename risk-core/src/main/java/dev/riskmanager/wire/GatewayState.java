package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The state of the connection to the venue. */
public enum GatewayState {
  /** Both hubs are up and the last snapshot has been reconciled. */
  CONNECTED,
  /** The first connection of this run is being made. */
  CONNECTING,
  /** The connection was lost and is being made again. */
  RECONNECTING,
  /** No connection, and none being attempted at this moment. */
  DISCONNECTED,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
