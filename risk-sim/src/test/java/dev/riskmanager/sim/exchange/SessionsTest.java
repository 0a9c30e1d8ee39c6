package dev.riskmanager.sim.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours in Chicago: 15:10 is 20:10 UTC in summer and 21:10 in winter. */
class SessionsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-08-19T20:09:59Z, true",
    "2026-08-19T20:10:00Z, false",
    "2026-08-19T21:59:59Z, false",
    "2026-08-19T22:00:00Z, true",
    "2026-12-16T21:09:59Z, true",
    "2026-12-16T21:10:00Z, false",
    "2026-08-21T20:09:59Z, true",
    "2026-08-21T22:00:00Z, false",
    "2026-08-22T15:00:00Z, false",
    "2026-08-23T21:59:59Z, false",
    "2026-08-23T22:00:00Z, true",
    "2026-08-24T05:00:00Z, true",
  })
  void open(String time, boolean open) {
    assertThat(Sessions.isOpen(Instant.parse(time), Set.of())).isEqualTo(open);
  }

  @Test
  void aHolidayIsATradingDayWithoutASession() {
    Set<String> christmas = Set.of("2026-12-25");
    assertThat(Sessions.isOpen(Instant.parse("2026-12-24T21:09:59Z"), christmas)).isTrue();
    assertThat(Sessions.isOpen(Instant.parse("2026-12-24T23:00:00Z"), christmas)).isFalse();
    assertThat(Sessions.isOpen(Instant.parse("2026-12-25T15:00:00Z"), christmas)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-19T20:07:59Z, false",
    "2026-08-19T20:08:00Z, true",
    "2026-08-19T21:59:59Z, true",
    "2026-08-19T22:00:00Z, false"
  })
  void flattening(String time, boolean flattens) {
    assertThat(Sessions.flattens(Instant.parse(time))).isEqualTo(flattens);
  }
}
