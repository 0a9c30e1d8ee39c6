package dev.riskmanager.domain.rule.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.KeyChange.Direction;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.world.RuleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key of every rule: what is stricter, what is looser, and what is neither. */
class KeyDirectionsTest {
  private static final AccountId ACCOUNT = new AccountId(13298777);
  private static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");

  /** Keys whose two values are of the sample's own shape, and one that is stricter. */
  private static final String KEYS =
      """
      max_contracts/limit | 5 | 4
      max_contracts/count_type | net | gross
      max_contracts/close_all | false | true
      max_contracts/reduce_to_limit | false | true | close_all: false,
      max_contracts_per_instrument/limits | {MNQ: 2, ES: 1} | {MNQ: 2, ES: 0}
      max_contracts_per_instrument/limits | {MNQ: 2, ES: 1} | {MNQ: 2}
      max_contracts_per_instrument/limits | {MNQ: 2} | {MNQ: 2, ES: 9} | unknown_symbol_action: allow,
      max_contracts_per_instrument/enforcement | reduce_to_limit | close_all
      max_contracts_per_instrument/unknown_symbol_action | allow | allow_with_limit:3
      max_contracts_per_instrument/unknown_symbol_action | allow_with_limit:3 | block
      daily_realized_loss/limit | -500 | -499.99
      daily_realized_loss/enforcement | close_all | close_all_and_lockout
      daily_realized_loss/enforcement | lockout | close_all_and_lockout
      daily_unrealized_loss/limit | -300 | -299
      daily_unrealized_loss/confirm_ms | 250 | 0
      max_unrealized_profit/target | 500 | 400
      max_unrealized_profit/confirm_ms | 1 | 0
      trade_frequency_limit/count | orders | fills
      trade_frequency_limit/count | round_turns | orders
      trade_frequency_limit/limits | {per_minute: 3, per_hour: 10} | {per_minute: 2, per_hour: 10}
      trade_frequency_limit/limits | {per_minute: 3, per_hour: 10} | {per_minute: 3, per_hour: 9}
      trade_frequency_limit/limits | {per_minute: 3} | {per_minute: 3, per_session: 50}
      trade_frequency_limit/cooldown_on_breach | {enabled: false} | {enabled: true}
      trade_frequency_limit/cooldown_on_breach | {per_hour_breach: 1800} | {per_hour_breach: 31m}
      trade_frequency_limit/cooldown_on_breach | {per_minute_breach: 59} | {}
      cooldown_after_loss/loss_thresholds | [{loss_amount: -100, cooldown_duration: 300}] | [{loss_amount: -100, cooldown_duration: 6m}]
      cooldown_after_loss/loss_thresholds | [{loss_amount: -100, cooldown_duration: 300}] | [{loss_amount: -90, cooldown_duration: 300}]
      cooldown_after_loss/loss_thresholds | [{loss_amount: -100, cooldown_duration: 300}] | [{loss_amount: -100, cooldown_duration: 300}, {loss_amount: -200, cooldown_duration: 900}]
      no_stop_loss_grace/grace_period_seconds | 10 | 9
      session_block_outside/global_session | {enabled: true, start: "09:30", end: "16:00"} | {enabled: true, start: "09:31", end: "16:00"}
      session_block_outside/global_session | {enabled: true, start: "09:30", end: "16:00"} | {enabled: true, start: "09:30", end: "15:59"}
      session_block_outside/global_session | {enabled: true, start: "18:00", end: "17:00"} | {enabled: true, start: "09:30", end: "16:00"}
      session_block_outside/close_positions_at_session_end | false | true
      session_block_outside/lockout_outside_session | false | true
      session_block_outside/respect_holidays | false | true
      auth_loss_guard/check_interval_seconds | 30 | 29
      symbol_blocks/blocked_symbols | [RTY] | [RTY, BTC]
      symbol_blocks/blocked_symbols | [RTY, "M?S"] | ["*"]
      symbol_blocks/blocked_symbols | [RTY] | ["R*"]
      trade_management/auto_breakeven | {enabled: false, profit_trigger_ticks: 10, offset_ticks: 1} | {profit_trigger_ticks: 10, offset_ticks: 1}
      trade_management/auto_breakeven | {profit_trigger_ticks: 10, offset_ticks: 1} | {profit_trigger_ticks: 9, offset_ticks: 1}
      trade_management/auto_breakeven | {profit_trigger_ticks: 10, offset_ticks: 1} | {profit_trigger_ticks: 10, offset_ticks: 2}
      trade_management/trailing_stop | {activation_ticks: 20, trail_distance_ticks: 10} | {activation_ticks: 19, trail_distance_ticks: 10}
      trade_management/trailing_stop | {activation_ticks: 20, trail_distance_ticks: 10} | {activation_ticks: 20, trail_distance_ticks: 9}
      trade_management/auto_stop_loss | {enabled: true, ticks: 40} | {enabled: true, ticks: 39}
      trade_management/auto_take_profit | {enabled: true, ticks: 80} | {enabled: true, ticks: 79}
      daily_realized_profit/target | 1000 | 999
      general/blind | {policy: alert, after: 30s} | {policy: alert, after: 29s}
      """;

  /** What is required besides the key, for a section that loads. */
  private static final String BASE =
      """
      max_contracts | limit: 5
      max_contracts_per_instrument | limits: {MNQ: 2}
      daily_realized_loss | limit: -500
      daily_unrealized_loss | limit: -300
      max_unrealized_profit | target: 500
      trade_frequency_limit | limits: {per_minute: 3, per_hour: 10, per_session: 50}
      cooldown_after_loss | loss_thresholds: [{loss_amount: -100, cooldown_duration: 300}]
      no_stop_loss_grace | grace_period_seconds: 10
      session_block_outside | global_session: {start: "09:30", end: "16:00"}
      auth_loss_guard | check_interval_seconds: 30
      symbol_blocks | blocked_symbols: [RTY]
      trade_management | auto_stop_loss: {ticks: 40}
      daily_realized_profit | target: 1000
      """;

  @Test
  void theStricterValueTightensAndTheWayBackLoosens() {
    for (String line : KEYS.lines().toList()) {
      String[] part = line.split(" \\| ");
      String[] path = part[0].split("/");
      String rest = part.length > 3 ? part[3] : "";
      String loose = section(path[0], path[1], part[1], rest);
      String strict = section(path[0], path[1], part[2], rest);

      assertThat(directions(loose, strict)).as(line).containsOnly(Direction.TIGHTENS);
      assertThat(directions(strict, loose)).as("back: " + line).containsOnly(Direction.LOOSENS);
      assertThat(directions(strict, strict)).as("same: " + line).isEmpty();
    }
  }

  /** What cannot be compared waits, whichever way it goes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          daily_realized_loss/reset_time | "16:00" | "17:00"
          daily_realized_loss/timezone | America/Chicago | America/New_York
          daily_realized_loss/include_open | true | false
          daily_unrealized_loss/scope | per_position | total
          daily_realized_profit/reset_time | "16:00" | "17:00"
          daily_realized_profit/timezone | America/Chicago | America/New_York
          session_block_outside/global_session | {start: "09:30", end: "16:00", timezone: America/Chicago} | {start: "09:30", end: "16:00", timezone: America/New_York}
          daily_realized_loss/lockout | until_reset | 2h
          daily_realized_loss/lockout | until_session_start | 2h
          general/reset_time | "16:00" | "17:00"
          general/timezone | America/Chicago | America/New_York
          general/net_of_fees | true | false
          general/stale_quote_seconds | 5 | 6
          """)
  void whatIsNeitherWaits(String key, String one, String two) {
    String[] path = key.split("/");
    String first = section(path[0], path[1], one, "");
    String second = section(path[0], path[1], two, "");

    assertThat(directions(first, second)).containsOnly(Direction.LOOSENS);
    assertThat(directions(second, first)).containsOnly(Direction.LOOSENS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enabled | false | true
          mode | shadow | enforce
          action | close_position | close_all
          action | none | close_position
          cancel_orders | false | true
          lockout | none | 30m
          lockout | 30m | 31m
          lockout | none | until_reset
          admin_unlock | allowed | 30m
          admin_unlock | 30m | 31m
          admin_unlock | 31m | forbidden
          """)
  void theCommonKeysGoTheSameWayForEveryRule(String key, String loose, String strict) {
    for (String line : BASE.lines().toList()) {
      String rule = line.substring(0, line.indexOf(' '));
      // RULE-007 locks for the tier's time and RULE-012 finds nothing: their own words win.
      String one = section(rule, key, loose, "");
      String two = section(rule, key, strict, "");

      assertThat(directions(one, two)).as(rule).containsOnly(Direction.TIGHTENS);
      assertThat(directions(two, one)).as(rule).containsOnly(Direction.LOOSENS);
    }
  }

  /** A key of the sample that stands in no table above has no direction that was thought about. */
  @Test
  void everyKeyOfTheSampleIsInOneOfTheTables() throws Exception {
    Set<String> known =
        KEYS.lines()
            .map(line -> line.split(" \\| ")[0])
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(
        List.of(
            "daily_realized_loss/reset_time",
            "daily_realized_loss/timezone",
            "daily_realized_loss/include_open",
            "daily_unrealized_loss/scope",
            "daily_realized_profit/reset_time",
            "daily_realized_profit/timezone",
            "general/reset_time",
            "general/timezone",
            "general/net_of_fees",
            "general/stale_quote_seconds",
            // Adding one makes lockouts of symbols out of those of the account: see OpenHours.
            "session_block_outside/per_instrument_sessions"));
    List<String> missing = new ArrayList<>();
    ConfigNode sample =
        RuleFile.tree(Files.readString(Path.of("..", "config", "risk_config.yaml")));
    for (ConfigNode.Entry section : ((ConfigNode.Mapping) sample).entries()) {
      for (ConfigNode.Entry key : ((ConfigNode.Mapping) section.value()).entries()) {
        String path = section.key() + "/" + key.key();
        if (!key.key().equals("enabled") && !known.contains(path)) {
          missing.add(path);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static String section(String rule, String key, String value, String rest) {
    String base =
        BASE.lines()
            .filter(line -> line.startsWith(rule + " "))
            .map(line -> line.substring(line.indexOf('|') + 2))
            .findFirst()
            .orElse("");
    String needed = base.isEmpty() || base.startsWith(key + ":") ? "" : base + ", ";
    return rule + ": {" + rest + needed + key + ": " + value + "}";
  }

  private static List<Direction> directions(String before, String after) {
    assertThat(RuleFile.problems(before)).filteredOn(p -> !p.startsWith("warning")).isEmpty();
    assertThat(RuleFile.problems(after)).filteredOn(p -> !p.startsWith("warning")).isEmpty();
    return Changeover.judge(inForce(before), inForce(after), NOON).changes().stream()
        .map(KeyChange::direction)
        .toList();
  }

  private static RulesInForce inForce(String yaml) {
    Table<AccountId, ConfigNode> accounts = Table.empty();
    return new RulesInForce(accounts.with(ACCOUNT, RuleFile.tree(yaml)), someHolidays());
  }

  private static Holidays someHolidays() {
    return new Holidays(
        new TreeSet<>(List.of(java.time.LocalDate.of(2025, 12, 25))), new java.util.TreeMap<>());
  }
}
