package dev.riskmanager.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open P&amp;L is (mark - average) / tick size x tick value x signed size, exactly. */
class ContractTest {
  private static Contract contract(String tickSize, String tickValue) {
    return new Contract(
        new ContractId("CON.F.US.X.Z25"), "X", "XZ5", Price.of(tickSize), Money.of(tickValue));
  }

  @ParameterizedTest
  @CsvSource({
    // NQ: 5 dollars a tick, 20 a point
    "0.25, 5, 21000, 20985, 1, -300.00",
    "0.25, 5, 21000, 21015, -1, -300.00",
    "0.25, 5, 21000.25, 21000.5, 7, 35.00",
    "0.25, 5, 21000, 20862.5, 2, -5500.00",
    // MNQ: 0.50 a tick, 2 a point
    "0.25, 0.5, 21000, 20985, 1, -30.00",
    "0.25, 0.5, 21000, 20862.5, 2, -550.00",
    // ES: 12.50 a tick, 50 a point
    "0.25, 12.5, 6000, 6010, 1, 500.00",
    "0.25, 12.5, 6000.083333333, 6000.25, 3, 25.00000005",
    // 6J: 6.25 a tick of 0.0000005
    "0.0000005, 6.25, 0.00675, 0.0067485, 1, -18.75",
    "0.0000005, 6.25, 0.0067501, 0.0067495, -40, 300.00",
    // CL below zero, as in April 2020: 10 a tick of 0.01
    "0.01, 10, 10, -37.63, 1, -47630.00",
    // ZB: 31.25 a tick of a thirty-second
    "0.03125, 31.25, 118.03125, 118, 2, -62.50",
    // nothing has moved
    "0.1, 5, 2200.3, 2200.3, 9, 0.00"
  })
  void profit(
      String tickSize, String tickValue, String average, String mark, long size, String expected) {
    assertThat(contract(tickSize, tickValue).profit(Price.of(average), Price.of(mark), size))
        .hasToString(expected);
  }

  /** A third of a cent would vanish 1,000 times over if each contract were rounded by itself. */
  @Test
  void largePositionsAreExact() {
    assertThat(contract("0.25", "12.5").profit(Price.of("6000"), Price.of("5999.75"), 1_000_000))
        .hasToString("-12500000.00");
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "-0.25, 5", "0.25, 0", "0.25, -5"})
  void aContractWithoutEconomicsIsRefused(String tickSize, String tickValue) {
    assertThatThrownBy(() -> contract(tickSize, tickValue))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
