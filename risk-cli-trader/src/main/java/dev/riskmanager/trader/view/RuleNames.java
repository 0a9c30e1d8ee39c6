package dev.riskmanager.trader.view;

/** Short names of the rules, for where their keys are too long. */
final class RuleNames {
  private RuleNames() {}

  /**
   * A rule's short name.
   *
   * @param key its key in the configuration
   * @return at most twelve columns for the rules known here, else the key
   */
  static String brief(String key) {
    return switch (key) {
      case "max_contracts" -> "contracts";
      case "max_contracts_per_instrument" -> "per symbol";
      case "daily_realized_loss" -> "day's loss";
      case "daily_unrealized_loss" -> "open loss";
      case "max_unrealized_profit" -> "open profit";
      case "trade_frequency_limit" -> "frequency";
      case "cooldown_after_loss" -> "trade's loss";
      case "no_stop_loss_grace" -> "no stop";
      case "session_block_outside" -> "session";
      case "auth_loss_guard" -> "venue";
      case "symbol_blocks" -> "symbols";
      case "trade_management" -> "management";
      case "daily_realized_profit" -> "day's profit";
      default -> key;
    };
  }
}
