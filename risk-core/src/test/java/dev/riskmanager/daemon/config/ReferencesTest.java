package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOPSTEPX_USERNAME", "ada", "TOPSTEPX_API_KEY", "k$1\\9876", "EMPTY", "");

  private final Problems problems = new Problems();

  @Test
  void referencesBecomeTheValuesOfTheEnvironment() {
    Settings settings =
        resolve(
            """
            user: "${TOPSTEPX_USERNAME}"
            both: ${TOPSTEPX_USERNAME}:${TOPSTEPX_API_KEY}!
            literal: a$${b}$c
            list: [x, "${TOPSTEPX_USERNAME}"]
            """);

    assertThat(settings.text("user", "")).isEqualTo("ada");
    assertThat(settings.text("both", "")).isEqualTo("ada:k$1\\9876!");
    assertThat(settings.text("literal", "")).isEqualTo("a${b}$c");
    assertThat(settings.texts("list")).containsExactly("x", "ada");
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void everyReferenceThatCannotBeReplacedIsNamedWithItsPlace() {
    resolve(
        """
        a: {b: ["${TOPSTEPX_USRNAME}"]}
        c: ${EMPTY}
        d: ${NOT CLOSED
        """);

    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:9: a.b[0]: the environment variable TOPSTEPX_USRNAME is not set (did you mean"
                + " TOPSTEPX_USERNAME?); set it before starting, or write the value here",
            "f.yaml:2:4: c: the environment variable EMPTY is empty; set it before starting, or"
                + " write the value here",
            "f.yaml:3:4: d: a reference that is not closed; write ${NAME}, or $${ for a text");
  }

  @Test
  void aSecretInTheWrongPlaceIsNotPrinted() {
    Settings settings = resolve("account_id: ${TOPSTEPX_API_KEY}\n");

    assertThat(settings.whole("account_id", 0, 1, 99)).isZero();
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:13: account_id: must be a whole number from 1 to 99, not"
                + " \"${TOPSTEPX_API_KEY}\"");
    assertThat(settings.node("account_id").orElseThrow().toString()).doesNotContain("9876");
  }

  private Settings resolve(String text) {
    ConfigNode tree = YamlFile.parse("f.yaml", text, problems).orElseThrow();
    return Settings.of("", References.resolve(tree, ENVIRONMENT, problems), problems);
  }
}
