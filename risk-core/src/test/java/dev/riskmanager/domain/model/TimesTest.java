package dev.riskmanager.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "-1000000000-01-01T00:00:00Z, false, 2000-01-01T00:00:00Z",
    "1999-12-31T23:59:59.999999999Z, false, 2000-01-01T00:00:00Z",
    "2000-01-01T00:00:00Z, true, 2000-01-01T00:00:00Z",
    "2025-10-31T14:00:00Z, true, 2025-10-31T14:00:00Z",
    "2099-12-31T23:59:59.999999999Z, true, 2099-12-31T23:59:59.999999999Z",
    "2100-01-01T00:00:00Z, false, 2100-01-01T00:00:00Z",
    "2100-01-01T00:00:00.000000001Z, false, 2100-01-01T00:00:00Z",
    "+1000000000-12-31T23:59:59.999999999Z, false, 2100-01-01T00:00:00Z"
  })
  void whatIsPossibleAndWhatTheRestCountsAs(String t, boolean possible, String counted) {
    assertThat(Times.isPossible(Instant.parse(t))).isEqualTo(possible);
    assertThat(Times.bounded(Instant.parse(t))).isEqualTo(counted);
  }
}
