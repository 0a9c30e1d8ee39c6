package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
  @ParameterizedTest
  @CsvSource({"abcdefghijkl, ****ijkl", "abcdefghijk, ****", "ab, ****", "'', ****"})
  void onlyTheLastFourOfALongOneAreShown(String value, String shown) {
    assertThat(new Secret(value)).hasToString(shown);
    assertThat(new Secret(value).value()).isEqualTo(value);
  }
}
