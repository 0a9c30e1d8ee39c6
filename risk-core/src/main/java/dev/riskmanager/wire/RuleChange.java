package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of one key.
 *
 * @param rule the rule's key
 * @param key the path of the key inside it
 * @param oldValue the value before, null when it was not set
 * @param newValue the value after, null when it is not set any more
 * @param direction whether it protects more or less
 * @param effectiveAt when it takes effect
 */
public record RuleChange(
    String rule,
    String key,
    @Nullable String oldValue,
    @Nullable String newValue,
    Direction direction,
    Instant effectiveAt) {

  /** Whether a change protects more or less. */
  public enum Direction {
    /** Protects more; takes effect at once. */
    TIGHTENS,
    /** Protects less; takes effect at the next reset. */
    LOOSENS,
    /** Neither. */
    NEUTRAL,
    /** A value this version does not know; only ever read, never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
  }
}
