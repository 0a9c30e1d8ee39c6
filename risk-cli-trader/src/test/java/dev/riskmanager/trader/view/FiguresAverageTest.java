package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresAverageTest {
  @ParameterizedTest
  @CsvSource({
    "21000.833333333, 21001.25, 21000.8333",
    "21000.83335, 21001.25, 21000.8334",
    "21000.83345, 21001.25, 21000.8334",
    "21000.8333, 21001.25, 21000.8333",
    "21000.500000000, 21001.25, 21000.50",
    "20999.999999999, 21001.25, 21000.00",
    "0.006345533333, 0.0063455, 0.006345533",
    "21000.833333333, 21001, 21000.83",
    "21000.833333333, , 21000.833333333",
    "unknown, 21001.25, unknown",
  })
  void anAverageHasTwoDecimalsMoreThanTheMarket(String exact, String price, String shown) {
    assertThat(Figures.average(exact, price)).isEqualTo(shown);
  }
}
