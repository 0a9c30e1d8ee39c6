package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No figure without its unit. The values are those the engine's rules report. */
class MeasureTest {
  private static final Times CHICAGO = Times.of(Samples.clock(Samples.NOW));

  private static Measure measure(String rule, @Nullable String value, @Nullable String limit) {
    RuleView view = Samples.rule(1, rule, RuleState.OK, value, limit, null, null);
    return Measure.of(view, CHICAGO, Samples.NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "max_contracts, 2, 5, 2 of 5 contracts, 3 contracts left",
    "max_contracts, 0, 1, 0 of 1 contract, 1 contract left",
    "max_contracts, 7, 5, 7 of 5 contracts, 2 contracts past",
    "max_contracts_per_instrument, MNQ 1, MNQ 2, MNQ 1 of 2 contracts, 1 contract left",
    "daily_realized_loss, -310.00, -500.00, $-310.00 of $-500.00, $190.00 left",
    "daily_realized_loss, -500.00, -500.00, $-500.00 of $-500.00, $0.00 left",
    "daily_realized_loss, -565.48, -500.00, $-565.48 of $-500.00, $65.48 past",
    "daily_realized_loss, 20.00, -500.00, $20.00 of $-500.00, $520.00 left",
    "max_unrealized_profit, -12.50, 500.00, $-12.50 of $500.00, $512.50 left",
    "daily_realized_profit, 1000.25, 1000, $1000.25 of $1000, $0.25 past",
    "trade_frequency_limit, 5 in a minute, 8 in a minute, 5 of 8 trades in a minute, 2 trades left",
    "trade_frequency_limit, 6 in a minute, 8 in a minute, 6 of 8 trades in a minute, 1 trade left",
    // The trade that reaches the limit is the one too many.
    "trade_frequency_limit, 7 in an hour, 8 in an hour, 7 of 8 trades in an hour, next trade"
        + " breaches",
    "trade_frequency_limit, 8 in an hour, 8 in an hour, 8 of 8 trades in an hour,"
        + " every trade breaches",
    "no_stop_loss_grace, 3 s, 10 s, 3 s of 10 s without a stop, 7 s left",
    "a_rule_of_tomorrow, 3 cats, 5 cats, 3 cats of 5 cats, ''",
  })
  void whatIsObservedOfWhatIsAllowedAndWhatIsLeft(
      String rule, String value, String limit, String of, String left) {
    Measure measure = measure(rule, value, limit);

    assertThat(measure.of()).isEqualTo(of);
    assertThat(measure.left()).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource({
    "daily_realized_loss, -310.00, -500.00, $-310.00 of $-500",
    "daily_realized_loss, -310.00, -500.50, $-310.00 of $-500.50",
    "trade_frequency_limit, 6 in an hour, 8 in an hour, 6 of 8 trades/hour",
    "trade_frequency_limit, 6 in the trading day, 1 in the trading day, 6 of 1 trade/day",
    "trade_frequency_limit, 6 in a minute, 8 in a minute, 6 of 8 trades/min",
    "max_contracts_per_instrument, MNQ 1, MNQ 2, MNQ 1 of 2",
    "max_contracts, 1, 5, 1 of 5 contracts",
    "no_stop_loss_grace, 3 s, 10 s, 3 of 10 s",
  })
  void inLittleRoom(String rule, String value, String limit, String brief) {
    assertThat(measure(rule, value, limit).brief()).isEqualTo(brief);
  }

  @Test
  void whatCountsNothingIsSaidInWords() {
    Measure open =
        measure(
            "session_block_outside",
            "open until 2025-10-31T20:00:00Z",
            "09:30-16:00 America/New_York");

    assertThat(open.of()).isEqualTo("open until 15:00");
    assertThat(open.brief()).isEqualTo("open");
    assertThat(open.value()).isEqualTo("open");
    assertThat(open.note()).isEqualTo("until 15:00; 09:30-16:00 America/New_York");
    assertThat(measure("auth_loss_guard", "allowed", "allowed").of()).isEqualTo("trading allowed");
    assertThat(measure("auth_loss_guard", "not listed", "allowed").of())
        .isEqualTo("account not listed");
    assertThat(measure("symbol_blocks", "none", "RTY, BTC").of()).isEqualTo("none held");
    assertThat(measure("trade_management", "active", null).of()).isEqualTo("active");
    assertThat(measure("max_contracts_per_instrument", "0", "MNQ 2, ES 1").of())
        .isEqualTo("none held");
    assertThat(measure("max_contracts_per_instrument", "0", "MNQ 2, ES 1").note())
        .isEqualTo("MNQ 2, ES 1");
  }

  @Test
  void aLimitIsToldBeforeAnythingIsObserved() {
    Measure unknown = measure("daily_unrealized_loss", null, "-300.00");

    assertThat(unknown.value()).isEqualTo("-");
    assertThat(unknown.limit()).isEqualTo("$-300.00");
  }
}
