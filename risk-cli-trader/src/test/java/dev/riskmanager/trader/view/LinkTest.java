package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {
  /** Both sides of 5 s and 30 s. */
  @ParameterizedTest
  @CsvSource({
    "PT0S, FRESH",
    "PT5S, FRESH",
    "PT5.000000001S, STALE",
    "PT30S, STALE",
    "PT30.000000001S, NO_DATA"
  })
  void howFarAPictureCanBeTrusted(Duration age, Link.Freshness freshness) {
    assertThat(Link.freshness(age)).isEqualTo(freshness);
  }
}
