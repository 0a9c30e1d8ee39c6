package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPanelTest {
  private static LogEntry entry(long seq, long millis, LogKind kind, String text) {
    return new LogEntry(
        seq,
        Samples.NOW.plusMillis(millis),
        kind,
        Samples.MAIN,
        "RULE-008",
        "no_stop_loss_grace",
        null,
        text,
        null);
  }

  /** The decision waited for the disk, and so was told after the request it led to. */
  @Test
  void whatWasDecidedStandsBeforeWhatCameOfIt() {
    LogEntry request = entry(55, 332, LogKind.ENFORCEMENT, "closeContract");
    LogEntry violation = entry(56, 288, LogKind.VIOLATION, "VIOLATION: no stop");
    LogEntry close = entry(57, 288, LogKind.ENFORCEMENT, "close MNQ");

    assertThat(LogPanel.select(List.of(request, violation, close), null, ""))
        .containsExactly(violation, close, request);
  }

  @Test
  void theColumnsAreNotSaidAgain() {
    LogEntry close = entry(1, 0, LogKind.GUARD, "GUARD: close MNQ LONG 1 [RULE-008] beyond: 1");

    assertThat(
            LogPanel.line(
                    close,
                    "12:21:19",
                    Times.of(Samples.clock(Samples.NOW)),
                    Integer.MAX_VALUE,
                    Glyphs.ASCII)
                .text())
        .isEqualTo("12:21:19  GUARD            RULE-008  close MNQ LONG 1: beyond: 1");
  }
}
