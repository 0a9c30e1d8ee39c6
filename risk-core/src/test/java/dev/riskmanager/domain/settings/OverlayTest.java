package dev.riskmanager.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.YamlFile;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final String BASE =
      """
      daily_realized_loss: {enabled: true, limit: -500}
      max_contracts_per_instrument:
        limits: {MNQ: 2, ES: 1}
      symbol_blocks: {blocked_symbols: [RTY, BTC]}
      """;

  private final Problems problems = new Problems();

  @Test
  void sectionsAreReplacedKeyByKeyAndListsAsAWhole() {
    Settings both =
        overlay(
            """
            daily_realized_loss: {limit: -250}
            max_contracts_per_instrument: {limits: {ES: 3, NQ: 4}}
            symbol_blocks: {blocked_symbols: [CL]}
            auth_loss_guard: {enabled: false}
            """);

    Settings loss = both.section("daily_realized_loss").orElseThrow();
    assertThat(loss.flag("enabled", false)).isTrue();
    assertThat(loss.whole("limit", 0, -999, 0)).isEqualTo(-250);
    Settings limits =
        both.section("max_contracts_per_instrument").orElseThrow().section("limits").orElseThrow();
    assertThat(limits.names()).containsExactly("MNQ", "ES", "NQ");
    assertThat(limits.whole("MNQ", 0, 0, 9)).isEqualTo(2);
    assertThat(limits.whole("ES", 0, 0, 9)).isEqualTo(3);
    assertThat(limits.whole("NQ", 0, 0, 9)).isEqualTo(4);
    assertThat(both.section("symbol_blocks").orElseThrow().texts("blocked_symbols"))
        .containsExactly("CL");
    assertThat(both.section("auth_loss_guard").orElseThrow().flag("enabled", true)).isFalse();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void mistakesAreShownInTheFileTheyAreIn() {
    Settings loss =
        overlay("\ndaily_realized_loss: {limit: little, limit: -1}\n")
            .section("daily_realized_loss")
            .orElseThrow();
    loss.whole("limit", 0, -999, 0);
    loss.finish();

    assertThat(problems.errors())
        .extracting(Object::toString)
        .containsExactly(
            "accounts.yaml:2:30: daily_realized_loss.limit: must be a whole number from -999 to 0,"
                + " not \"little\"",
            "accounts.yaml:2:38: daily_realized_loss.limit: the key is there twice (first in line"
                + " 2); remove one",
            "risk_config.yaml:1:23: daily_realized_loss.enabled: unknown key; allowed here: limit");
  }

  private Settings overlay(String over) {
    return Settings.of(
        "",
        Overlay.of(
            YamlFile.parse("risk_config.yaml", BASE, problems).orElseThrow(),
            YamlFile.parse("accounts.yaml", over, problems).orElseThrow()),
        problems);
  }
}
