package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The direction of a position; its size is always positive. */
public enum PositionSide {
  /** Bought. */
  LONG,
  /** Sold. */
  SHORT,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
