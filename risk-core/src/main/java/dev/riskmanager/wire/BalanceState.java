package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What the comparison of a balance with the trades has come to. */
public enum BalanceState {
  /** The trades explain the balance. */
  AGREES,
  /** They do not at the moment: what explains it may be under way. */
  CHECKING,
  /** They do not: trades or fees may be missing from the day's P&amp;L. */
  MISMATCH,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
