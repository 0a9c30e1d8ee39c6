package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of accounts begin alike and differ at their ends. */
class MiddleTest {
  @ParameterizedTest
  @CsvSource({
    "PRAC-V2-100001-00000001, 23, PRAC-V2-100001-00000001",
    "PRAC-V2-100001-00000001, 22, PRAC-V2-10~01-00000001",
    "PRAC-V2-100001-00000002, 16, PRAC-V2~00000002",
    "PRAC-V2-100001-00000002, 3, P~2",
    "PRAC-V2-100001-00000002, 2, P~",
    "PRAC-V2-100001-00000002, 0, ''",
    "日本語の口座一, 14, 日本語の口座一",
    "日本語の口座一, 13, 日本語~口座一",
    "日本語の口座一, 12, 日本~口座一",
    "日本語の口座一, 10, 日本~座一",
    "abcdeéfgh, 6, ab~fgh",
    "abcdefghé, 6, ab~ghé"
  })
  void theEndsStay(String name, int columns, String shown) {
    String cut = Width.middle(name, columns, "~");

    assertThat(cut).isEqualTo(shown);
    assertThat(Width.of(cut)).isLessThanOrEqualTo(columns);
  }
}
