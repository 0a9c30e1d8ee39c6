package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The venue's order states. */
public enum OrderStatus {
  /** Working. */
  OPEN,
  /** Completely filled. */
  FILLED,
  /** Cancelled. */
  CANCELLED,
  /** Expired. */
  EXPIRED,
  /** Refused by the venue. */
  REJECTED,
  /** Accepted, not yet working. */
  PENDING,
  /** A cancellation is under way. */
  PENDING_CANCELLATION,
  /** Child of a bracket whose parent has not filled. */
  SUSPENDED,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
