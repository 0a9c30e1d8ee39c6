package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The venue's order types. */
public enum OrderType {
  /** At the market. */
  MARKET,
  /** At a price or better. */
  LIMIT,
  /** Market order once the price is touched. */
  STOP,
  /** Limit order once the price is touched. */
  STOP_LIMIT,
  /** Stop that follows the market. */
  TRAILING_STOP,
  /** Joins the bid. */
  JOIN_BID,
  /** Joins the ask. */
  JOIN_ASK,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
