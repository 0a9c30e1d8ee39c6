package dev.riskmanager.admin.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts and times as a person reads them. */
class DollarsTest {
  @ParameterizedTest
  @CsvSource({
    "-250.000000000, -$250.00",
    "0, $0.00",
    "-0.5, -$0.50",
    "1000, $1000.00",
    "1E+3, $1000.00",
    "-12.345, -$12.345"
  })
  void theSignStandsBeforeTheDollar(String amount, String text) {
    assertThat(Dollars.text(new BigDecimal(amount))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-10-31T17:00:00.999999999Z, 2025-10-31T17:00:00Z",
    "2025-10-31T17:00:00Z, 2025-10-31T17:00:00Z"
  })
  void aTimeEndsWithItsSecond(Instant time, String text) {
    assertThat(Times.text(time)).isEqualTo(text);
  }
}
