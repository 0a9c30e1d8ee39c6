package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine writes UTC into its texts; a screen has one clock. */
class UtcTextsTest {
  private static final Times CHICAGO = new Times(ZoneId.of("America/Chicago"));
  private static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "locked until 2025-10-31T22:00:00Z: too much | locked until 17:00:00 Chicago: too much",
        "2025-10-31T22:00:00Z | 17:00:00 Chicago",
        "from 2025-10-31T17:00:00.999999999Z to 2025-11-02T06:59:59.5Z. | from 12:00:00 Chicago to"
            + " 02 Nov 01:59:59 Chicago.",
        "(2025-11-01T04:59:59Z) | (23:59:59 Chicago)",
        "(2025-11-01T05:00:00Z) | (01 Nov 00:00:00 Chicago)"
      },
      delimiter = '|')
  void timesOfTheTextAreThoseOfTheScreen(String text, String shown) {
    assertThat(CHICAGO.in(text, NOON)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "T",
        "NOT PROTECTED: The venue",
        "2025-10-31T22:00:00",
        "2025-10-31T22:00Z",
        "2025-13-31T22:00:00Z",
        "2025-10-31T24:00:00Z",
        "2025-10-31 22:00:00Z",
        "12025-10-31T22:00:00Z",
        "2025-10-31T22:00:00+01:00",
        "T2025-10-31T22:00:00Z"
      })
  void whatIsNoInstantStaysAsItIs(String text) {
    assertThat(CHICAGO.in(text, NOON)).isEqualTo(text);
  }

  @Test
  void aReceiptKeepsTheMilliseconds() {
    assertThat(CHICAGO.inMillis("2025-10-31T17:21:20.05Z closeContract", NOON))
        .isEqualTo("12:21:20.050 closeContract");
    assertThat(CHICAGO.inMillis("2025-10-31T17:21:20Z closeContract", NOON))
        .isEqualTo("12:21:20.000 closeContract");
    assertThat(CHICAGO.inMillis("2025-10-31T17:21:20.007999999Z", NOON)).isEqualTo("12:21:20.007");
  }
}
