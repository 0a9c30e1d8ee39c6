package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a rule says about an account right now. */
public enum RuleState {
  /** Evaluated, below 80 % of its limit. */
  OK,
  /** At 80 % of its limit or more. */
  NEAR,
  /** Owns an active lockout or an open episode. */
  BREACHED,
  /** Not evaluated because the account is locked (pre-check). */
  BLOCKED,
  /** Evaluated in shadow mode: reports, never acts. */
  SHADOW,
  /** Lacks an input it needs, such as a fresh quote; it counts neither as pass nor as violation. */
  DEGRADED,
  /** Threw an error at its last evaluation; it counts neither as pass nor as violation. */
  FAILED,
  /** Switched off, or absent from the configuration. */
  DISABLED,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
