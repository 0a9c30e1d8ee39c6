package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import org.junit.jupiter.api.Test;

/** The keys that completion offers are those that the rules read. */
class RuleKeysTest {
  private final RuleKeys keys = RuleKeys.shipped();

  @Test
  void everyRuleHasItsKeysAndTheOnesOfAllRules() {
    for (RuleId id : RuleCatalog.ids()) {
      assertThat(keys.keys(id.key())).as(id.key()).contains("enabled", "mode", "admin_unlock");
      assertThat(keys.keys(id.key())).as(id.key()).hasSizeGreaterThan(5);
    }
    assertThat(keys.keys("daily_realized_loss"))
        .contains("limit", "timezone", "enforcement", "include_open");
    assertThat(keys.keys("trade_frequency_limit"))
        .contains("limits.per_minute", "cooldown_on_breach.per_hour_breach")
        .doesNotContain("limits");
    assertThat(keys.keys("cooldown_after_loss")).contains("loss_thresholds.0.loss_amount");
    assertThat(keys.keys("general")).contains("reset_time", "net_of_fees");
  }

  @Test
  void wordsAreThoseThatTheReaderTakes() {
    assertThat(keys.values("max_contracts", "count_type"))
        .containsExactlyInAnyOrder("net", "gross");
    assertThat(keys.values("max_contracts", "enabled")).containsExactly("true", "false");
    assertThat(keys.values("max_contracts", "limit")).isEmpty();
    assertThat(keys.values("max_contracts", "mode")).contains("enforce", "shadow");
    assertThat(keys.values("nonsense", "limit")).isEmpty();
  }
}
