package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.BalanceState;
import dev.riskmanager.wire.BalanceView;
import dev.riskmanager.wire.PnlView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the balance stands against the day's trades. */
class PnlPanelTest {
  private static final Instant AT = Instant.parse("2025-10-31T14:00:00Z");

  private static PnlView pnl(@Nullable BalanceView check) {
    return new PnlView(
        LocalDate.of(2025, 10, 31), "-170.50", "0.00", "2.22", "-170.50", 12, List.of(), check);
  }

  private static String shown(BalanceState state) {
    BalanceView check =
        new BalanceView(state, "50000.00", AT, "-170.50", "49829.50", "49729.50", "-100.00", AT);
    return String.join("|", PnlPanel.balance(pnl(check)).stream().map(Line::text).toList());
  }

  @Test
  void aMismatchIsSaidWithBothNumbers() {
    assertThat(shown(BalanceState.MISMATCH))
        .isEqualTo("balance   49729.50 MISMATCH: the trades make it 49829.50 (difference -100.00)");
  }

  @Test
  void whatIsUnderWayIsNoMismatch() {
    assertThat(shown(BalanceState.CHECKING))
        .isEqualTo("balance   49729.50 the trades make it 49829.50, being checked");
  }

  @Test
  void whatAgreesIsOneNumber() {
    assertThat(shown(BalanceState.AGREES)).isEqualTo("balance   49729.50 as the trades make it");
  }

  @Test
  void anEngineThatComparesNothingShowsNothing() {
    assertThat(PnlPanel.balance(pnl(null))).isEmpty();
  }
}
