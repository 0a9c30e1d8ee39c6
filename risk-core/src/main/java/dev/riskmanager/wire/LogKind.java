package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a line of the enforcement log tells. */
public enum LogKind {
  /** A rule found a breach. */
  VIOLATION,
  /** A lockout was committed. */
  LOCKOUT_SET,
  /** A lockout ended. */
  LOCKOUT_CLEARED,
  /** An event arrived while locked; no rule was evaluated. */
  PRECHECK_BLOCKED,
  /** The guard acted against exposure during a lockout. */
  GUARD,
  /** A request to the venue and its outcome, or the proof of flat. */
  ENFORCEMENT,
  /** A rule without enforcement spoke. */
  ALERT,
  /** Something needs a person now. */
  ALARM,
  /** A trading day began. */
  RESET,
  /** The admin did something. */
  ADMIN,
  /** The connection to the venue changed. */
  CONNECTION,
  /** The engine itself started, stopped or changed state. */
  ENGINE,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
