package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossChecksTest {

  /** Each with its place: the last character before the bar is what is meant by it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max_contracts: {limit: 0} | 1:24 max_contracts.limit: 0 allows no position at all
          max_contracts: {limit: 5, close_all: false, action: none} | 1:38 max_contracts.close_all: is ignored: action is there as well, and wins
          daily_realized_loss: {limit: -5, enforcement: close_all, action: none} | 1:47 daily_realized_loss.enforcement: is ignored: action is there as well, and wins
          max_unrealized_profit: {target: 5, lockout: until_session_start} | 1:45 max_unrealized_profit.lockout: only session_block_outside knows sessions: this lockout ends at the reset
          max_contracts_per_instrument: {limits: {MNK: 2}} | 1:46 max_contracts_per_instrument.limits.MNK: no contract that is known has the symbol MNK (did you mean M2K?); it is the letters before month and year, as in MNQ of MNQU6
          symbol_blocks: {blocked_symbols: [RTY, MNQU6]} | 1:40 symbol_blocks.blocked_symbols.MNQU6: no contract that is known has the symbol MNQU6; it is the letters before month and year, as in MNQ of MNQU6
          symbol_blocks: {blocked_symbols: [RTYY]} | 1:35 symbol_blocks.blocked_symbols.RTYY: no contract that is known has the symbol RTYY (did you mean RTY?); it is the letters before month and year, as in MNQ of MNQU6
          symbol_blocks: {blocked_symbols: ["M*", "XX?Y"]} | 1:34 symbol_blocks.blocked_symbols: XX?Y matches no symbol that is known
          no_stop_loss_grace: {grace_period_seconds: 24h} | 1:44 no_stop_loss_grace.grace_period_seconds: lasts as long as a day, so a position is hardly ever closed; it is in seconds
          trade_management: {trailing_stop: {activation_ticks: 9, trail_distance_ticks: 10}} | 1:79 trade_management.trailing_stop.trail_distance_ticks: is more than activation_ticks, so the first trailing stop stands at a loss
          trade_management: {trailing_stop: {activation_ticks: 20, trail_distance_ticks: 10}, auto_take_profit: {ticks: 20}} | 1:54 trade_management.trailing_stop.activation_ticks: is never reached: auto_take_profit is at 20 ticks
          trade_management: {auto_breakeven: {profit_trigger_ticks: 9, offset_ticks: 1}, auto_take_profit: {ticks: 8}} | 1:59 trade_management.auto_breakeven.profit_trigger_ticks: is never reached: auto_take_profit is at 8 ticks
          session_block_outside: {global_session: {start: "18:00", end: "18:00", timezone: America/New_York}} | 1:41 session_block_outside.global_session: lasts all day, so only weekends and holidays are outside
          """)
  void whatCannotBeMeantIsAWarningAtItsPlace(String yaml, String expected) {
    assertThat(warnings(yaml)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max_contracts: {limit: 1}
          max_contracts: {limit: 5, close_all: false, reduce_to_limit: true}
          max_contracts: {limit: 5, reduce_to_limit: true}
          max_contracts: {limit: 5, action: none}
          session_block_outside: {global_session: {start: "09:30", end: "16:00", timezone: America/New_York}, lockout: until_session_start}
          symbol_blocks: {blocked_symbols: ["M*", "?TY", rty, BTC]}
          no_stop_loss_grace: {grace_period_seconds: 23h}
          trade_management: {trailing_stop: {activation_ticks: 10, trail_distance_ticks: 10}, auto_take_profit: {ticks: 11}}
          """)
  void whatCanBeMeantIsNone(String yaml) {
    assertThat(warnings(yaml)).isEmpty();
  }

  @Test
  void aLimitOfASymbolAboveThatOfTheAccountIsNeverReached() {
    assertThat(
            warnings(
                """
                max_contracts: {limit: 2}
                max_contracts_per_instrument:
                  limits:
                    MNQ: 2
                    ES: 3
                """))
        .containsExactly(
            "5:9 max_contracts_per_instrument.limits.ES: 3 is never reached: max_contracts allows"
                + " 2 in the whole account");
  }

  @Test
  void aLimitOfABlockedSymbolIsNeverUsed() {
    assertThat(
            warnings(
                """
                max_contracts_per_instrument: {limits: {MNQ: 2, MES: 0}}
                symbol_blocks: {blocked_symbols: ["M*"]}
                """))
        .containsExactly(
            "1:46 max_contracts_per_instrument.limits.MNQ: symbol_blocks blocks MNQ, so its limit"
                + " is never used");
  }

  @Test
  void onePositionMustNotLoseAsMuchAsTheDay() {
    String rules =
        """
        daily_realized_loss: {limit: -500, timezone: America/Chicago}
        daily_unrealized_loss: {limit: %s}
        """;

    assertThat(warnings(rules.formatted("-500")))
        .containsExactly(
            "2:32 daily_unrealized_loss.limit: one position may lose as much (-500.00) as the"
                + " whole day (-500.00 of daily_realized_loss)");
    assertThat(warnings(rules.formatted("-499.99"))).isEmpty();
  }

  @Test
  void aTierBeyondTheDaysLossIsNeverReached() {
    String rules =
        """
        daily_realized_loss: {limit: -500, enforcement: %s}
        cooldown_after_loss: {loss_thresholds: [{loss_amount: -501, cooldown_duration: 5}]}
        """;

    assertThat(warnings(rules.formatted("close_all_and_lockout")))
        .singleElement()
        .asString()
        .contains("a loss of -501.00 ends the day by daily_realized_loss (-500.00)");
    assertThat(warnings(rules.formatted("close_all"))).isEmpty();
  }

  @Test
  void aGraceAsLongAsTheSessionHardlyEverEnds() {
    String rules =
        """
        session_block_outside: {global_session: {start: "22:00", end: "02:00"}}
        no_stop_loss_grace: {grace_period_seconds: %s}
        """;

    assertThat(warnings(rules.formatted("4h")))
        .singleElement()
        .asString()
        .contains("lasts as long as the session (4h)");
    assertThat(warnings(rules.formatted("3h59m"))).isEmpty();
  }

  /** 15:30 in Chicago is 16:30 in New York: inside a session that lasts until 17:00 there. */
  @Test
  void aResetInsideTheSessionEndsItsLockoutWhileTradingGoesOn() {
    String rules =
        """
        session_block_outside: {global_session: {start: "09:30", end: "%s", timezone: America/New_York}}
        daily_realized_loss: {limit: -500, reset_time: "15:30", timezone: America/Chicago}
        """;

    assertThat(warnings(rules.formatted("17:00")))
        .containsExactly(
            "2:48 daily_realized_loss.reset_time: the day resets at 15:30 America/Chicago, inside"
                + " the session 09:30-17:00 America/New_York: what locks until the reset ends"
                + " while trading goes on");
    assertThat(warnings(rules.formatted("16:30"))).isEmpty();
  }

  /** London shifts its clocks in another week than New York: for three weeks 21:30 is inside. */
  @Test
  void aResetThatIsInsideTheSessionForSomeWeeksOfTheYearIsFoundToo() {
    assertThat(
            warnings(
                """
                session_block_outside: {global_session: {start: "09:30", end: "16:45", timezone: America/New_York}}
                daily_realized_loss: {limit: -500, reset_time: "20:50", timezone: Europe/London}
                """))
        .singleElement()
        .asString()
        .contains("inside the session");
  }

  @Test
  void withoutAnyRuleNothingIsProtected() {
    assertThat(warnings("max_contracts: {enabled: false, limit: 3}\n"))
        .containsExactly("1:1 : no rule is enabled: nothing is protected");
  }

  @Test
  void theSampleHasNoWarning() {
    assertThat(warnings(ShippedConfig.text(ShippedConfig.RISK_CONFIG))).isEmpty();
  }

  private static List<String> warnings(String yaml) {
    Problems problems = new Problems();
    ConfigNode tree = Trees.tree(yaml, problems);
    CrossChecks.check(
        tree,
        RuleCatalog.read(tree, Holidays.NONE, problems),
        ShippedContracts.load().symbols(),
        problems);
    assertThat(problems.errors()).isEmpty();
    return problems.warnings().stream()
        .map(p -> p.place().line() + ":" + p.place().column() + " " + p.path() + ": " + p.message())
        .toList();
  }
}
