package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.ConnectionHealth;
import dev.riskmanager.wire.ConnectionView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsPanelTest {
  private static final Link LINK =
      new Link(Link.State.LIVE, "", "/home/risk/run/view.sock", Duration.ofMillis(300));

  @Test
  void everyConnectionIsShownWithItsHealthAndEveryReasonOnce() {
    String silence = "no market data for 60 s although the market is open";
    GatewayView gateway =
        new GatewayView(
            GatewayState.CONNECTED,
            120L,
            3,
            List.of(),
            List.of(
                new ConnectionView("user hub", ConnectionHealth.HEALTHY, List.of()),
                new ConnectionView("market hub", ConnectionHealth.DEGRADED, List.of(silence)),
                new ConnectionView("REST", ConnectionHealth.DISCONNECTED, List.of("connecting"))));
    StatusView status =
        new StatusView(
            Samples.NOW,
            Samples.engine(EngineState.DEGRADED, silence),
            gateway,
            List.of(),
            Samples.clock(Samples.NOW),
            List.of());

    List<Line> lines = ConnectionsPanel.lines(status, LINK, Samples.NOW, 100);

    assertThat(lines.stream().map(Line::text).map(String::strip))
        .contains(
            "user hub    HEALTHY", "market hub  DEGRADED", "REST        DISCONNECTED", "connecting")
        .filteredOn(line -> line.contains(silence))
        .containsExactly("problem     " + silence);
    assertThat(styleOf(lines, "HEALTHY")).isEqualTo(Style.GOOD);
    assertThat(styleOf(lines, "DISCONNECTED")).isEqualTo(Style.BAD);
  }

  private static Style styleOf(List<Line> lines, String text) {
    return lines.stream()
        .flatMap(line -> line.spans().stream())
        .filter(span -> span.text().strip().equals(text))
        .findFirst()
        .orElseThrow()
        .style();
  }
}
