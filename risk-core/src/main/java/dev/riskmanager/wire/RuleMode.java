package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a rule acts. */
public enum RuleMode {
  /** Violations are enforced. */
  @JsonProperty("enforce")
  ENFORCE,
  /** Violations are only reported. */
  @JsonProperty("shadow")
  SHADOW,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}
