package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.daemon.config.ShippedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who got several files wrong: all of it, at once. */
class ConfigErrorsTest {
  @TempDir Path dir = Path.of("unset");

  @Test
  void everythingThatIsWrongInFourFiles() throws IOException {
    write(
        "engine.yaml",
        """
        gateway:
          read_timeout: 2h
          reconnnect: {delays: [1s]}
        storage: {synchronous: off}
        metrics: {listen: "127.0.0.1:9464"}
        """);
    write(
        "accounts.yaml",
        """
        topstepx: {username: "${NOBODY_SET_THIS}", api_key: k}
        accounts:
          - account_id: 1
          - account_id: 1
          - account_id: main
            rules: {max_contracts: {limit: 2.5}}
        """);
    write(
        "risk_config.yaml",
        """
        general: {timezone: America/Chikago, reset_time: "25:00", blind: {policy: flaten}}
        max_contracts: {limit: -1, count_typ: net}
        daily_realized_loss: {limit: 500, limit: -500, enforcement: close}
        max_unrealized_profit: [1, 2]
        trade_frequency_limit: {limits: {per_minute: 30, per_hour: 10}}
        cooldown_after_loss: {loss_thresholds: [{loss_amount: -1}]}
        daily_realized_profit: {target: 0, lockout: tomorrow}
        symbol_blocks: {}
        daily_loss: {limit: -1}
        """);
    write(
        "holidays.yaml",
        """
        holidays: ["2025-02-30", "2025-12-25", "2025-12-25"]
        early_closes: [{date: "2025-12-24"}]
        """);

    assertThat(errors())
        .isEqualTo(
            """
            engine.yaml:2:17: gateway.read_timeout: must be a duration from 100ms to 1m, such as 90, 90s, 30m or 1h30m, not "2h"
            engine.yaml:3:3: gateway.reconnnect: unknown key (did you mean reconnect?); allowed here: api_url, user_hub_url, market_hub_url, connect_timeout, read_timeout, close_timeout, reconnect, token_refresh
            engine.yaml:4:24: storage.synchronous: must be one of full, extra, not "off"
            engine.yaml:5:10: metrics: is not supported by this version, so it would do nothing; remove the section
            accounts.yaml:1:22: topstepx.username: the environment variable NOBODY_SET_THIS is not set; set it before starting, or write the value here
            accounts.yaml:4:17: accounts[1].account_id: account 1 is there twice (first in line 3); remove one
            accounts.yaml:5:17: accounts[2].account_id: must be a whole number of at least 1, not "main"
            accounts.yaml:6:36: max_contracts.limit: must be a whole number from 0 to 1000000, not "2.5"
            holidays.yaml:1:12: holidays[0]: must be a date such as "2025-12-25", not "2025-02-30"
            holidays.yaml:1:40: holidays[2]: is there twice; remove one
            holidays.yaml:2:16: early_closes[0].close: is missing; add it
            risk_config.yaml:1:21: general.timezone: must be a time zone such as America/Chicago, not "America/Chikago" (did you mean America/Chicago?)
            risk_config.yaml:1:50: general.reset_time: must be a time such as "17:00", not "25:00"
            risk_config.yaml:1:75: general.blind.policy: must be one of alert, hold, flatten, not "flaten" (did you mean flatten?)
            risk_config.yaml:2:24: max_contracts.limit: must be a whole number from 0 to 1000000, not "-1"
            risk_config.yaml:2:28: max_contracts.count_typ: unknown key (did you mean count_type?); allowed here: enabled, mode, action, cancel_orders, lockout, admin_unlock, limit, count_type, reduce_to_limit, close_all
            risk_config.yaml:3:30: daily_realized_loss.limit: must be an amount below 0, not "500"
            risk_config.yaml:3:35: daily_realized_loss.limit: the key is there twice (first in line 3); remove one
            risk_config.yaml:3:61: daily_realized_loss.enforcement: must be one of close_all_and_lockout, close_all, lockout, not "close"
            risk_config.yaml:4:24: max_unrealized_profit: must be a section of keys and values
            risk_config.yaml:4:24: max_unrealized_profit.target: is missing; add it
            risk_config.yaml:5:46: trade_frequency_limit.limits.per_minute: must not be above per_hour: 30 > 10
            risk_config.yaml:6:41: cooldown_after_loss.loss_thresholds[0].cooldown_duration: is missing; add it
            risk_config.yaml:7:33: daily_realized_profit.target: must be an amount above 0, not "0"
            risk_config.yaml:7:45: daily_realized_profit.lockout: must be none, until_reset, until_session_start or a duration such as 30m, not "tomorrow"
            risk_config.yaml:8:16: symbol_blocks.blocked_symbols: is missing; add it
            risk_config.yaml:9:1: daily_loss: unknown key (did you mean daily_realized_loss?); allowed here: general, max_contracts, max_contracts_per_instrument, daily_realized_loss, daily_unrealized_loss, max_unrealized_profit, trade_frequency_limit, cooldown_after_loss, no_stop_loss_grace, session_block_outside, auth_loss_guard, symbol_blocks, trade_management, daily_realized_profit
            """);
  }

  @Test
  void filesThatAreNoConfigurationAtAll() throws IOException {
    write("accounts.yaml", "- a list\n");
    write("risk_config.yaml", "max_contracts:\n\tlimit: 5\n");
    write("holidays.yaml", "holidays: &all [\"2025-12-25\"]\n");
    Files.write(dir.resolve("engine.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});

    assertThat(errors())
        .isEqualTo(
            """
            engine.yaml:1:4: is not UTF-8 text from here on; save the file as UTF-8
            accounts.yaml:1:1: must be a section of keys and values
            accounts.yaml:1:1: topstepx: is missing; add it
            accounts.yaml:1:1: monitored_account: is missing; add it
            risk_config.yaml:2:1: not valid YAML: a tab; indent with spaces
            holidays.yaml:1:11: anchors (&name) are not supported; write the value out where it is used
            """);
  }

  private String errors() {
    return Configuration.read(dir, Map.of(), CredentialsUse.RESOLVE, LocalDate.of(2025, 6, 1))
        .problems()
        .errors()
        .stream()
        .map(problem -> problem + "\n")
        .collect(Collectors.joining());
  }

  private void write(String name, String text) throws IOException {
    assertThat(ShippedConfig.FILES).contains(name);
    Files.writeString(dir.resolve(name), text);
  }
}
