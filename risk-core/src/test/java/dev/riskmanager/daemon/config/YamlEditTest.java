package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.domain.settings.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
  private static final String TEXT =
      """
      # Ä comment with an astral 𝄞 sign
      daily_realized_loss:
        enabled: true      # keep me
        limit: -500        # dollars
        reset_time: "17:00"

      # the next one
      max_contracts: {enabled: true, limit: 5}   # flow
      general:
        # nothing set
      loss_thresholds:
        - {loss_amount: -100, cooldown_duration: 300}
        - loss_amount: -200
          cooldown_duration: 900
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          daily_realized_loss limit            | -250              | limit: -500        # dollars                      | limit: -250        # dollars
          daily_realized_loss reset_time       | "16:00"           | reset_time: "17:00"                               | reset_time: "16:00"
          max_contracts limit                  | 12                | limit: 5}   # flow                                | limit: 12}   # flow
          max_contracts                        | {limit: 1}        | {enabled: true, limit: 5}                         | {limit: 1}
          loss_thresholds 0 loss_amount        | -99.5             | loss_amount: -100                                 | loss_amount: -99.5
          loss_thresholds 1 cooldown_duration  | 15m               | cooldown_duration: 900                            | cooldown_duration: 15m
          """)
  void aValueIsReplacedAndNothingElse(String path, String value, String before, String after) {
    String changed = YamlEdit.set(TEXT, List.of(path.split(" ")), value);

    assertThat(TEXT).contains(before);
    assertThat(changed).isEqualTo(TEXT.replace(before, after));
  }

  @Test
  void missingKeysAreAddedToTheirSection() {
    assertThat(YamlEdit.set(TEXT, List.of("daily_realized_loss", "mode"), "shadow"))
        .isEqualTo(TEXT.replace("\"17:00\"\n", "\"17:00\"\n  mode: shadow\n"));
    assertThat(YamlEdit.set(TEXT, List.of("max_contracts", "mode"), "shadow"))
        .isEqualTo(TEXT.replace("limit: 5}", "limit: 5, mode: shadow}"));
    assertThat(YamlEdit.set(TEXT, List.of("general", "net_of_fees"), "false"))
        .isEqualTo(TEXT.replace("general:\n", "general:\n  net_of_fees: false\n"));
    assertThat(YamlEdit.set(TEXT, List.of("general", "blind", "after"), "1m"))
        .isEqualTo(TEXT.replace("general:\n", "general:\n  blind: {after: 1m}\n"));
    assertThat(YamlEdit.set(TEXT, List.of("symbol_blocks", "enabled"), "false"))
        .isEqualTo(TEXT + "symbol_blocks: {enabled: false}\n");
    assertThat(YamlEdit.set("a: {}", List.of("a", "b"), "1")).isEqualTo("a: {b: 1}");
    assertThat(YamlEdit.set("", List.of("a"), "1")).isEqualTo("a: 1\n");
    assertThat(YamlEdit.set("# only a comment", List.of("a"), "1"))
        .isEqualTo("# only a comment\na: 1\n");
    assertThat(YamlEdit.set("a: 1", List.of("b"), "2")).isEqualTo("a: 1\nb: 2\n");
    assertThat(YamlEdit.set("a:\n", List.of("a"), "2")).isEqualTo("a: 2\n");
    assertThat(YamlEdit.set("\uFEFFa: 1\r\nb: 2\r\n", List.of("a"), "3"))
        .isEqualTo("\uFEFFa: 3\r\nb: 2\r\n");
  }

  @Test
  void aBlockIsReplacedAsAWhole() {
    assertThat(YamlEdit.set(TEXT, List.of("loss_thresholds"), "[]"))
        .startsWith(TEXT.substring(0, TEXT.indexOf("  - {loss_amount")))
        .endsWith("loss_thresholds:\n  []\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "# gone", "a: b: c", "1\nlimit: 9", "1\r2", "{", "&x 1", "*x", "~"})
  void whatIsNoValueIsRefused(String value) {
    assertThatThrownBy(() -> YamlEdit.set(TEXT, List.of("max_contracts", "limit"), value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1, enabled: false", "1} # x", "1 # x"})
  void aValueThatWouldChangeMoreIsRefused(String value) {
    assertThatThrownBy(() -> YamlEdit.set(TEXT, List.of("max_contracts", "limit"), value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPathThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> YamlEdit.set(TEXT, List.of("max_contracts", "limit", "x"), "1"))
        .hasMessage("a value stands where a section is needed for the key x");
    assertThatThrownBy(() -> YamlEdit.set(TEXT, List.of("loss_thresholds", "2"), "1"))
        .hasMessage("\"2\" is not an item of a list of 2, counted from 0");
    assertThatThrownBy(() -> YamlEdit.set("a: [", List.of("a"), "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the file:");
    assertThatThrownBy(() -> YamlEdit.set("a: 1\na: 2\n", List.of("a"), "1"))
        .hasMessage("the file:2:1: the key a is there twice; remove one");
  }

  @Test
  void aKeyBecomesACommentWithAllItsValue() {
    String changed = YamlEdit.commentOut(TEXT, List.of("daily_realized_loss"), "off:");

    assertThat(changed)
        .isEqualTo(
            TEXT.replace("daily_realized_loss:", "# off:\n# daily_realized_loss:")
                .replace("  enabled: true      #", "#   enabled: true      #")
                .replace("  limit: -500", "#   limit: -500")
                .replace("  reset_time", "#   reset_time"));
    assertThat(YamlEdit.commentOut(TEXT, List.of("daily_realized_loss", "limit"), "off"))
        .isEqualTo(TEXT.replace("  limit: -500", "  # off\n  # limit: -500"));
    assertThatThrownBy(() -> YamlEdit.commentOut(TEXT, List.of("max_contracts", "limit"), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> YamlEdit.commentOut(TEXT, List.of("absent"), "x"))
        .hasMessage("there is no key absent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "Main Trading Account",
        "a: b",
        "# x",
        "\"q\"",
        "back\\slash",
        "true",
        "No",
        "17:00",
        "-5",
        "tab\tand\nline",
        "\u0007bell",
        "ünï 𝄞",
        "*",
        "a${b}"
      })
  void aQuotedTextIsReadBackAsItself(String text) {
    Problems problems = new Problems();

    assertThat(Trees.settings("k: " + YamlEdit.quote(text) + "\n", problems).text("k", ""))
        .isEqualTo(text.strip());
    assertThat(problems.all()).isEmpty();
  }
}
