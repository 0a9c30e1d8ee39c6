package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTest {
  /** A connected venue may be quiet; one that is out of reach makes what is known old. */
  @ParameterizedTest
  @CsvSource({
    "CONNECTED, 64000, 0, 1m 04s",
    "CONNECTED, 100, 5001, 5.1 s STALE",
    "DISCONNECTED, 5000, 0, 5.0 s",
    "DISCONNECTED, 5001, 0, 5.0 s STALE",
    "RECONNECTING, 30000, 0, 30 s STALE",
    "DISCONNECTED, 30001, 0, 30 s NO DATA",
  })
  void ageOfWhatIsKnown(GatewayState state, long atReport, long since, String shown) {
    GatewayView gateway = new GatewayView(state, atReport, 0, List.of());

    assertThat(Header.age(gateway, Duration.ofMillis(since)).text()).isEqualTo(shown);
  }
}
