package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The direction of an order. */
public enum OrderSide {
  /** Bid. */
  BUY,
  /** Ask. */
  SELL,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
