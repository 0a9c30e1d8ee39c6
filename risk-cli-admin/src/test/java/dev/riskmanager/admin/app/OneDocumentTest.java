package dev.riskmanager.admin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * With {@code --json} a script reads one document, whatever happened, by either way of starting.
 */
class OneDocumentTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lockouts --json                                   | 3 | the engine is not running
          lockouts --json --no-color=false                  | 3 | the engine is not running
          unlock 1 --reason r --yes --json                  | 3 | the engine is not running
          unlock 1 --json                                   | 1 | unlock asks for a confirmation
          rules list --json                                 | 3 | the engine is not running
          accounts list --json                              | 3 | the engine is not running
          lock 1 --for soon --reason r --json               | 2 | soon
          lockouts --json --histry                          | 2 | --histry
          rules set --json                                  | 2 | Missing required
          rules --json                                      | 2 | --json
          unlock 1 --json --password hunter2                | 2 | A password or key is never an argument
          nonsense --json                                   | 2 | nonsense
          """)
  void aFailureIsADocumentToo(String line, int code, String message) {
    assertThat(run(line)).isEqualTo(code);

    JsonNode document = WireJson.mapper().readTree(out.toString());
    assertThat(document.propertyNames()).containsExactly("error");
    JsonNode error = document.get("error");
    assertThat(error.get("exitCode").intValue()).isEqualTo(code);
    assertThat(error.get("code").isNull()).isTrue();
    assertThat(error.get("message").stringValue())
        .contains(message)
        .doesNotContain("hunter2")
        .doesNotStartWith("risk-admin");
    assertThat(err.toString()).as("and for a person").contains(message);
  }

  @Test
  void aCommandThatOnlyTalksAnswersWithItsLines() throws Exception {
    Files.createDirectories(directory.resolve("config"));

    assertThat(run("engine install --print --json")).isZero();

    JsonNode document = WireJson.mapper().readTree(out.toString());
    assertThat(document.get("exitCode").intValue()).isZero();
    assertThat(document.get("lines").values().stream().map(JsonNode::stringValue))
        .contains("[Service]");
  }

  @Test
  void aListWithNothingInItIsADocumentToo() throws Exception {
    Files.createDirectories(directory.resolve("data"));

    assertThat(run("backup --json")).as("%s", err).isZero();

    assertThat(out.toString().strip()).isEqualTo("{\"backups\":[]}");
  }

  @Test
  void withoutItNothingIsAdded() {
    assertThat(run("lockouts")).isEqualTo(3);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("risk-admin: the engine is not running");
  }

  private int run(String line) {
    String home = line.matches("(rules|nonsense) --json") ? "" : " --home " + directory;
    return RiskAdminMain.run(
        new PrintWriter(out, true), new PrintWriter(err, true), (line + home).split(" +", -1));
  }
}
