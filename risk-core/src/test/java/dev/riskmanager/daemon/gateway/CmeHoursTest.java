package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmeHoursTest {
  /** Chicago time; 2026-01-04 is a Sunday, 2026-07-05 one in summer. */
  @ParameterizedTest
  @CsvSource({
    "2026-01-04T16:59:59, false",
    "2026-01-04T17:00, true",
    "2026-01-05T03:00, true",
    "2026-01-05T15:59:59, true",
    "2026-01-05T16:00, false",
    "2026-01-05T16:59:59, false",
    "2026-01-05T17:00, true",
    "2026-01-09T15:59:59, true",
    "2026-01-09T16:00, false",
    "2026-01-09T18:00, false",
    "2026-01-10T12:00, false",
    "2026-07-05T16:59:59, false",
    "2026-07-05T17:00, true"
  })
  void opensOnSundayEveningAndPausesForAnHourADay(LocalDateTime local, boolean open) {
    assertThat(CmeHours.isOpen(local.atZone(ZoneId.of("America/Chicago")).toInstant()))
        .isEqualTo(open);
  }
}
