package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a lockout, which says how it ends. */
public enum LockoutType {
  /** Ends at the daily reset of its rule. */
  @JsonProperty("hard")
  HARD,
  /** Ends a set time after the trade that caused it. */
  @JsonProperty("cooldown")
  COOLDOWN,
  /** Ends when the next session starts. */
  @JsonProperty("session")
  SESSION,
  /** Ends when the venue allows trading again. */
  @JsonProperty("condition")
  CONDITION,
  /** Concerns one symbol; ends when the symbol leaves the configuration. */
  @JsonProperty("symbol")
  SYMBOL,
  /** Set by the admin; ends at the time the admin gave. */
  @JsonProperty("manual")
  MANUAL,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}
