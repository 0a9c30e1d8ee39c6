package dev.riskmanager.wire;

/**
 * A JSON value as it arrived, parsed only when asked for: a program that merely passes it on, such
 * as {@code status --json}, need not pay for understanding it.
 *
 * @param text the JSON, on one line
 */
public record JsonText(String text) {
  /**
   * Reads it as a record.
   *
   * @param type the record
   * @return the record
   * @throws tools.jackson.core.JacksonException if it is not that
   */
  public <T> T as(Class<T> type) {
    return WireJson.read(text, type);
  }
}
