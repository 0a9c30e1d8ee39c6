package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.ReceiptView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhyPanelTest {
  private static String shown(@Nullable Instant proven, @Nullable Instant ended) {
    ReceiptView r = Samples.receipt();
    ReceiptView receipt =
        new ReceiptView(
            r.id(),
            r.accountId(),
            r.ruleId(),
            r.rule(),
            r.symbol(),
            r.reason(),
            r.inputs(),
            r.formula(),
            r.quoteAgeMs(),
            r.decidedAt(),
            r.committedAt(),
            r.firstRequestAt(),
            proven,
            ended,
            "under way",
            r.decisions(),
            r.requests(),
            r.pastLimit());
    return WhyPanel.lines(receipt, Times.of(Samples.clock(Samples.NOW)), 76).toString();
  }

  @Test
  void whatIsUnderWaySaysThatItIsNotProvenYet() {
    assertThat(shown(null, null)).contains("not proven flat since this decision");
    assertThat(shown(Samples.NOW, null)).doesNotContain("not proven");
    assertThat(shown(null, Samples.NOW)).doesNotContain("not proven");
  }
}
