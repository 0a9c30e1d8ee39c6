package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.rule.change.Waiting;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RulesTextTest {
  private static final AccountId ONE = new AccountId(101);
  private static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");

  @Test
  void theTextIsTheShapeThatIsRecorded() {
    RulesInForce rules =
        new RulesInForce(
            accounts(
                "general: {reset_time: \"17:00\", timezone: America/Chicago}\n"
                    + "daily_realized_loss: {enabled: true, limit: -500.50, cooldown: }\n"
                    + "symbol_blocks: {blocked_symbols: [RTY, \"007\"]}\n"),
            Holidays.NONE);

    assertThat(RulesText.of(rules))
        .isEqualTo(
            "{\"accounts\":{\"101\":{"
                + "\"general\":{\"reset_time\":\"17:00\",\"timezone\":\"America/Chicago\"},"
                + "\"daily_realized_loss\":{\"enabled\":true,\"limit\":-500.50,\"cooldown\":null},"
                + "\"symbol_blocks\":{\"blocked_symbols\":[\"RTY\",\"007\"]}}},"
                + "\"holidays\":{\"holidays\":[],\"early_closes\":[]}}");
  }

  @Test
  void whatTheSamplesComeToIsTheSameAfterItWasWrittenAndRead() {
    RulesInForce rules =
        new RulesInForce(
            accounts(ShippedConfig.text(ShippedConfig.RISK_CONFIG)), ShippedConfig.holidays());

    RulesInForce read = RulesText.rules("test", RulesText.of(rules));

    assertThat(read.rules(ONE)).isEqualTo(rules.rules(ONE));
    assertThat(read.holidays()).isEqualTo(rules.holidays());
    assertThat(RulesText.of(read)).isEqualTo(RulesText.of(rules));
    assertThat(Changeover.judge(read, rules, NOON).changes()).isEmpty();
  }

  @Test
  void whatWaitsIsTheSameAfterItWasWrittenAndRead() {
    Table<AccountId, ConfigNode> both =
        accounts("daily_realized_loss: {limit: -500}\n")
            .with(new AccountId(202), tree("max_contracts: {limit: 5}\n"));
    Waiting waiting =
        Changeover.judge(
                new RulesInForce(both, ShippedConfig.holidays()),
                new RulesInForce(accounts("daily_realized_loss: {limit: -800}\n"), Holidays.NONE),
                NOON)
            .later();
    assertThat(waiting.accounts().size()).isEqualTo(2);
    assertThat(waiting.holidays()).isPresent();

    Waiting read = RulesText.waiting("test", RulesText.of(waiting));

    assertThat(RulesText.of(read)).isEqualTo(RulesText.of(waiting));
    assertThat(read.next()).isEqualTo(waiting.next());
    assertThat(read.holidays()).isEqualTo(waiting.holidays());
    assertThat(RulesText.waiting("test", RulesText.of(Waiting.NONE))).isEqualTo(Waiting.NONE);
  }

  @Test
  void whatIsNoSuchTextIsRefusedWithWhatIsWrong() {
    assertThatThrownBy(
            () -> RulesText.rules("rules.effective", "{\"accounts\":[],\"holidays\":{}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accounts");
    assertThatThrownBy(
            () ->
                RulesText.rules(
                    "rules.effective",
                    "{\"accounts\":{\"1\":{\"max_contracts\":{\"limit\":-5}}},\"holidays\":{}}"))
        .hasMessageContaining("max_contracts.limit");
    assertThatThrownBy(() -> RulesText.rules("rules.effective", "{\"acc"))
        .hasMessageContaining("rules.effective");
    assertThatThrownBy(
            () -> RulesText.waiting("w", "{\"accounts\":{\"1\":{\"due\":{\"general\":\"soon\"}}}}"))
        .hasMessageContaining("a time in UTC");
  }

  private static Table<AccountId, ConfigNode> accounts(String yaml) {
    Table<AccountId, ConfigNode> accounts = Table.empty();
    return accounts.with(ONE, tree(yaml));
  }

  private static ConfigNode tree(String yaml) {
    return Trees.tree(yaml, new Problems());
  }
}
