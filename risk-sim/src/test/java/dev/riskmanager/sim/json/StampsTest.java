package dev.riskmanager.sim.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-08-19T20:51:31.417369399Z, 20:51:31.417369+00:00, 20:51:31.4173693+00:00,"
        + " 20:51:31.417+00:00",
    "2026-08-19T20:51:31.4200Z,      20:51:31.42+00:00,     20:51:31.42+00:00,     "
        + " 20:51:31.42+00:00",
    "2026-08-19T20:51:31Z,           20:51:31+00:00,        20:51:31+00:00,         20:51:31+00:00",
    "2026-08-19T20:51:00Z,           20:51:00+00:00,        20:51:00+00:00,         20:51:00+00:00",
  })
  void trailingZerosAreTrimmed(String time, String rest, String hub, String market) {
    Instant instant = Instant.parse(time);
    assertThat(Stamps.rest(instant)).isEqualTo("2026-08-19T" + rest);
    assertThat(Stamps.hub(instant)).isEqualTo("2026-08-19T" + hub);
    assertThat(Stamps.market(instant)).isEqualTo("2026-08-19T" + market);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-08-19T15:00:00Z",
        "2026-08-19T15:00:00.000Z",
        "2026-08-19T15:00:00+00:00",
        "2026-08-19T10:00:00-05:00",
        "2026-08-19T15:00:00",
        "2026-08-19T15:00"
      })
  void whatClientsSendIsUnderstood(String text) {
    assertThat(Stamps.parse(text)).isEqualTo("2026-08-19T15:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-08-19", "2026-13-01T00:00:00Z"})
  void theRestIsRefused(String text) {
    assertThatThrownBy(() -> Stamps.parse(text)).isInstanceOf(DateTimeParseException.class);
  }
}
