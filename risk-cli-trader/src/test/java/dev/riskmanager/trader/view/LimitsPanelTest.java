package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsPanelTest {
  /** The room there is on a terminal of 80 columns. */
  private static final int NARROW = 52;

  @Test
  void whatIsLeftIsSeenInTheNarrowestScreenToo() {
    List<RuleView> rules =
        List.of(
            Samples.rule(
                2, "max_contracts_per_instrument", RuleState.OK, "MNQ 1", "MNQ 2", "0.5", null),
            Samples.rule(
                3, "daily_realized_loss", RuleState.OK, "-1345.60", "-2500.00", "0.53", null),
            Samples.rule(
                6,
                "trade_frequency_limit",
                RuleState.OK,
                "10 in a minute",
                "12 in a minute",
                "0.8",
                null),
            Samples.rule(13, "daily_realized_profit", RuleState.OK, "46.52", "1000", "0.04", null));
    Times times = Times.of(Samples.clock(Samples.NOW));

    List<Line> lines =
        LimitsPanel.lines(
            rules, NARROW, 5, Glyphs.UNICODE, rule -> Measure.of(rule, times, Samples.NOW));

    assertThat(lines).allMatch(line -> line.width() <= NARROW);
    assertThat(lines.get(0).text()).startsWith("contracts of ").endsWith("  1 left");
    assertThat(lines.get(1).text()).contains("$-1345.60 of $-2500").endsWith(" $1154.40 left");
    assertThat(lines.get(2).text()).contains("10 of 12 trades/min").endsWith("  1 left");
    assertThat(lines.get(3).text()).startsWith("daily profit").endsWith(" $953.48 left");
  }

  @Test
  void aShorterBarLeavesRoomForWhatIsLeft() {
    List<RuleView> rules =
        List.of(
            Samples.rule(
                2, "max_contracts_per_instrument", RuleState.BLOCKED, "0", "MNQ 2", "0", null),
            Samples.rule(
                3, "daily_realized_loss", RuleState.BREACHED, "-517.56", "-500", "1.03", null),
            Samples.rule(
                6,
                "trade_frequency_limit",
                RuleState.BREACHED,
                "10 in an hour",
                "10 in an hour",
                "1",
                null));
    Times times = Times.of(Samples.clock(Samples.NOW));

    List<Line> lines =
        LimitsPanel.lines(
            rules, NARROW, 5, Glyphs.UNICODE, rule -> Measure.of(rule, times, Samples.NOW));

    assertThat(lines).allMatch(line -> line.width() <= NARROW);
    assertThat(lines.get(1).text()).endsWith(" $17.56 past");
    assertThat(lines.get(2).text()).contains("10 of 10 trades/hour").endsWith(" each breaches");
  }
}
