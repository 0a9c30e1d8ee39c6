package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.Holidays.EarlyClose;
import dev.riskmanager.domain.settings.Problems;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolidaysFileTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  private final Problems problems = new Problems();

  @Test
  void theFormOfTheDocumentationIsRead() {
    Holidays holidays =
        read(
            """
            holidays: ["2025-12-25", "2025-01-01"]
            early_closes:
              - {date: "2025-11-28", close: "12:15", timezone: America/Chicago}
              - {date: "2025-07-03", close: "13:00", timezone: America/New_York}
            """);

    assertThat(problems.all()).isEmpty();
    assertThat(holidays.closed())
        .containsExactly(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 25));
    assertThat(holidays.early().values())
        .containsExactly(
            new EarlyClose(
                LocalDate.of(2025, 7, 3), LocalTime.of(13, 0), ZoneId.of("America/New_York")),
            new EarlyClose(LocalDate.of(2025, 11, 28), LocalTime.of(12, 15), CHICAGO));
  }

  @Test
  void everyMistakeIsReportedAtOnceAndTheRestIsKept() {
    Holidays holidays =
        read(
            """
            holidays: ["2025-12-25", 2025-13-01, "2025-12-25", 25.12.2025]
            early_closes:
              - {date: "2025-12-25", close: "12:15"}
              - {date: "2025-11-28", close: "12:15"}
              - {date: "2025-11-28", close: "12:00"}
              - {date: "2025-11-27", close: noon, timezone: Chicago}
              - {close: "12:00"}
            half_days: []
            """);

    assertThat(problems.errors())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:26: holidays[1]: must be a date such as \"2025-12-25\", not \"2025-13-01\"",
            "f.yaml:1:38: holidays[2]: is there twice; remove one",
            "f.yaml:1:52: holidays[3]: must be a date such as \"2025-12-25\", not \"25.12.2025\"",
            "f.yaml:3:12: early_closes[0].date: 2025-12-25 is a holiday as well; keep one of the"
                + " two",
            "f.yaml:5:12: early_closes[2].date: 2025-11-28 is there twice; remove one",
            "f.yaml:6:33: early_closes[3].close: must be a time such as \"17:00\", not \"noon\"",
            "f.yaml:6:49: early_closes[3].timezone: must be a time zone such as America/Chicago,"
                + " not \"Chicago\"",
            "f.yaml:7:5: early_closes[4].date: is missing; add it",
            "f.yaml:8:1: half_days: unknown key; allowed here: holidays, early_closes");
    assertThat(holidays.isHoliday(LocalDate.of(2025, 12, 25))).isTrue();
    assertThat(holidays.earlyClose(LocalDate.of(2025, 11, 28)).orElseThrow().close())
        .isEqualTo(LocalTime.of(12, 15));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-01, ''",
    "2025-11-30, ''",
    "2025-12-01, 2026",
    "2025-12-31, 2026",
    "2026-01-01, 2026",
    "2024-12-31, 2024",
  })
  void aYearThatNobodyLookedUpIsAWarning(LocalDate today, String years) {
    HolidaysFile.warnIfOutdated(
        read("holidays: [\"2025-12-25\"]\n"), today, "holidays.yaml", problems);

    assertThat(problems.hasErrors()).isFalse();
    assertThat(Trees.lines(problems))
        .isEqualTo(
            years.isEmpty()
                ? List.of()
                : List.of(
                    "holidays.yaml: holidays: "
                        + years
                        + " has no entries, so every weekday of it counts as a trading day; add its"
                        + " holidays"));
  }

  private Holidays read(String yaml) {
    return HolidaysFile.read(Trees.settings(yaml, problems));
  }
}
