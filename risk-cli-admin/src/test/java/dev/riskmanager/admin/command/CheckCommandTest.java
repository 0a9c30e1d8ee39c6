package dev.riskmanager.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.app.RiskAdmin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return RiskAdmin.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private String scenario(String then) throws IOException {
    String text =
        """
        - name: two losing trades
          config: {daily_realized_loss: {limit: -500}}
          when:
            - {at: "09:31", event: GatewayUserTrade, data: {contractId: CON.F.US.MNQ.Z25, profitAndLoss: -249.99, size: 2, side: 1, price: 1}}
            - {at: "09:32", event: GatewayUserTrade, data: {contractId: CON.F.US.MNQ.Z25, profitAndLoss: -250, size: 2, side: 1, price: 1}}
          then: %s
        """
            .formatted(then);
    return Files.writeString(directory.resolve("limits.yaml"), text).toString();
  }

  @Test
  void greenEndsWithZero() throws IOException {
    assertThat(run("check", scenario("[]"))).isZero();
    assertThat(out).hasToString("green  two losing trades\n1 scenario: 1 green, 0 red\n");
    assertThat(err).hasToString("");
  }

  @Test
  void redEndsWithOne() throws IOException {
    assertThat(run("check", scenario("[{decision: violation}]"))).isEqualTo(1);
    assertThat(out.toString()).startsWith("red    two losing trades (limits.yaml:1)\n");
  }

  @Test
  void jsonAndDecisionsAreOptions() throws IOException {
    assertThat(run("check", "--json", scenario("[]"))).isZero();
    assertThat(out.toString()).startsWith("{\"green\":1,\"red\":0,").endsWith("}\n");
    assertThat(run("check", "--decisions", "--no-color", scenario("[{decision: alert}]")))
        .isEqualTo(1);
  }

  @Test
  void withoutAFileTheOptionsAreWrong() {
    assertThat(run("check")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter: 'FILE'");
  }

  @Test
  void aFileThatIsNotThereEndsWithOne() {
    assertThat(run("check", directory.resolve("no.yaml").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no.yaml: there is no such file");
  }

  @Test
  void helpHasExamples() {
    assertThat(run("check", "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "risk-admin check limits.yaml");
  }
}
