package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * Changes one key of a rule.
 *
 * @param rule the rule's key
 * @param key the path of the key inside it
 * @param value the new value, as YAML on one line
 * @param now whether a loosening shall not wait for the next reset
 * @param reason why; required with {@code now}
 * @param preview whether to say only what it would do
 * @param accountId whose alone, in {@code accounts.yaml}; null: the rule of all, in {@code
 *     risk_config.yaml}
 */
public record RuleSetRequest(
    String rule,
    String key,
    String value,
    boolean now,
    @Nullable String reason,
    boolean preview,
    @Nullable Long accountId) {

  /** The rule of all accounts. */
  public RuleSetRequest(
      String rule,
      String key,
      String value,
      boolean now,
      @Nullable String reason,
      boolean preview) {
    this(rule, key, value, now, reason, preview, null);
  }
}
