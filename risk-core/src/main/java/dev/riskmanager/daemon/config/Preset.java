package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.ConfigWriter.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A set of rules to begin with, as changes of the shipped {@code risk_config.yaml}. The sessions
 * and the blocked symbols of the sample are examples, which nobody wants unasked: they are off.
 */
public enum Preset {
  /** Tight limits for a small account. */
  CONSERVATIVE,

  /** The limits of the sample, for symbols it does not list one contract. */
  MODERATE,

  /** Every rule off, to be switched on one by one. */
  NONE;

  /** What it changes in the shipped file. */
  public List<Edit> edits() {
    return switch (this) {
      case CONSERVATIVE ->
          List.of(
              Edit.of("max_contracts.limit", "2"),
              Edit.of("max_contracts_per_instrument.limits", "{MNQ: 2, MES: 2, NQ: 1, ES: 1}"),
              Edit.of("daily_realized_loss.limit", "-250"),
              Edit.of("daily_realized_loss.timezone", "America/Chicago"),
              Edit.of("daily_unrealized_loss.limit", "-150"),
              Edit.of("max_unrealized_profit.target", "300"),
              Edit.of(
                  "trade_frequency_limit.limits", "{per_minute: 2, per_hour: 6, per_session: 20}"),
              Edit.of("session_block_outside.enabled", "false"),
              Edit.of("symbol_blocks.enabled", "false"),
              Edit.of("daily_realized_profit.target", "500"));
      case MODERATE ->
          List.of(
              Edit.of("max_contracts_per_instrument.unknown_symbol_action", "allow_with_limit:1"),
              Edit.of("daily_realized_loss.timezone", "America/Chicago"),
              Edit.of("session_block_outside.enabled", "false"),
              Edit.of("symbol_blocks.enabled", "false"));
      case NONE ->
          List.of(
              Edit.of("max_contracts.enabled", "false"),
              Edit.of("max_contracts_per_instrument.enabled", "false"),
              Edit.of("daily_realized_loss.enabled", "false"),
              Edit.of("daily_unrealized_loss.enabled", "false"),
              Edit.of("max_unrealized_profit.enabled", "false"),
              Edit.of("trade_frequency_limit.enabled", "false"),
              Edit.of("cooldown_after_loss.enabled", "false"),
              Edit.of("no_stop_loss_grace.enabled", "false"),
              Edit.of("session_block_outside.enabled", "false"),
              Edit.of("auth_loss_guard.enabled", "false"),
              Edit.of("symbol_blocks.enabled", "false"),
              Edit.of("trade_management.enabled", "false"),
              Edit.of("daily_realized_profit.enabled", "false"));
    };
  }

  /** What each rule says under it: its numbers, "on" or "off", by the rule's key. */
  public Map<String, List<String>> numbers() {
    return PresetNumbers.of(this);
  }

  /** {@code conservative}: the name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Preset> find(String key) {
    for (Preset preset : values()) {
      if (preset.key().equals(key)) {
        return Optional.of(preset);
      }
    }
    return Optional.empty();
  }

  /** The names on the command line. */
  public static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Preset preset : values()) {
      keys.add(preset.key());
    }
    return keys;
  }
}
