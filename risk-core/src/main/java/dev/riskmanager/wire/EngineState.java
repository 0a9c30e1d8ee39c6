package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How far the engine protects the accounts it watches. */
public enum EngineState {
  /** Restoring lockouts and reading the venue; no rule has been evaluated yet. */
  STARTING,
  /** Every enabled rule is evaluated and can be enforced. */
  PROTECTING,
  /** Protects with a handicap; {@link EngineView#problems} says which. */
  DEGRADED,
  /** Cannot protect at least one account; {@link EngineView#problems} says why. */
  NOT_PROTECTED,
  /** Asked to stop. */
  STOPPING,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /**
   * This state for people; programs read its name.
   *
   * @return such as {@code NOT PROTECTED}
   */
  public String words() {
    return name().replace('_', ' ');
  }
}
