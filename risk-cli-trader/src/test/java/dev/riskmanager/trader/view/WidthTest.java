package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What terminals disagree about is taken out, so that every one of them shows as many columns. */
class WidthTest {
  @ParameterizedTest
  @CsvSource({
    "🚀 Funded, 🚀 Funded, 9",
    "👍🏽 ok, 👍 ok, 5",
    "Depot 🇩🇪, Depot DE, 8",
    "👩‍🚀, 👩🚀, 4",
    "❤️ MNQ, ❤ MNQ, 5",
    "日本, 日本, 4",
    "e\u0301t\u00e9, e\u0301t\u00e9, 3",
  })
  void shownAndMeasured(String name, String shown, int columns) {
    String clean = Width.clean(name);

    assertThat(clean).isEqualTo(shown);
    assertThat(Width.of(clean)).isEqualTo(columns);
  }
}
