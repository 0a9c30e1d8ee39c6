package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a preset says in the table for which it is chosen. */
class PresetNumbersTest {
  @Test
  void theNumbersOfThePresets() {
    assertThat(Preset.CONSERVATIVE.numbers())
        .containsEntry("max_contracts", List.of("2"))
        .containsEntry("daily_realized_loss", List.of("-250"))
        .containsEntry("cooldown_after_loss", List.of("-100: 300 s", "-200: 900 s"))
        .containsEntry("no_stop_loss_grace", List.of("10 s"))
        .containsEntry("auth_loss_guard", List.of("on"))
        .containsEntry("symbol_blocks", List.of("off"));
    assertThat(Preset.MODERATE.numbers())
        .containsEntry(
            "max_contracts_per_instrument", List.of("MNQ: 2", "ES: 1", "NQ: 1", "others: 1"))
        .containsEntry(
            "trade_frequency_limit", List.of("per_minute: 3", "per_hour: 10", "per_session: 50"));
    assertThat(Preset.NONE.numbers())
        .hasSize(13)
        .allSatisfy((rule, says) -> assertThat(says).containsExactly("off"));
  }

  /** The same file, written in another way. */
  @Test
  void howTheFileIsWrittenDoesNotMatter() {
    Map<String, List<String>> numbers =
        PresetNumbers.of(
            """
            max_contracts: {enabled: true, limit: 4}
            daily_realized_loss: {limit: -75.50, enabled: true}
            no_stop_loss_grace:
                # limit: 7
                enabled: true
                grace_period_seconds: 12   # seconds
            max_contracts_per_instrument:
              enabled: true
              limits:
                MNQ: 3
                ES: 2
              unknown_symbol_action: allow
            cooldown_after_loss:
              enabled: true
              loss_thresholds:
                - loss_amount: -100
                  cooldown_duration: 300
                - cooldown_duration: 900
                  loss_amount: -200
            daily_realized_profit: {enabled: false, target: 900}
            """);

    assertThat(numbers)
        .containsEntry("max_contracts", List.of("4"))
        .containsEntry("daily_realized_loss", List.of("-75.50"))
        .containsEntry("no_stop_loss_grace", List.of("12 s"))
        .containsEntry("max_contracts_per_instrument", List.of("MNQ: 3", "ES: 2", "others: allow"))
        .containsEntry("cooldown_after_loss", List.of("-100: 300 s", "-200: 900 s"))
        .containsEntry("daily_realized_profit", List.of("off"))
        .containsEntry("symbol_blocks", List.of("off"));
  }
}
