package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Whether an entry that is made now would be left standing. */
public enum EntriesState {
  /** In every symbol. */
  OPEN,
  /** In some symbols. */
  PARTLY,
  /** In none: whatever is opened is closed. */
  BLOCKED,
  /** A value this version does not know; only ever read, never sent. */
  @JsonEnumDefaultValue
  UNKNOWN
}
