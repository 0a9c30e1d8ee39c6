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

class ReplayCommandTest {
  private static final String TRADE =
      "{\"t\":\"2025-10-31T14:31:0%1$dZ\",\"event\":\"GatewayUserTrade\",\"data\":{\"id\":%1$d,"
          + "\"accountId\":7,\"contractId\":\"CON.F.US.MNQ.Z25\",\"creationTimestamp\":"
          + "\"2025-10-31T14:31:0%1$dZ\",\"price\":1,\"profitAndLoss\":-250,\"side\":1,\"size\":1,"
          + "\"orderId\":%1$d}}%n";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return RiskAdmin.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private String config() throws IOException {
    Files.writeString(
        directory.resolve("risk_config.yaml"), "daily_realized_loss: {limit: -500}\n");
    return directory.toString();
  }

  private String events(String more) throws IOException {
    String text = String.format(TRADE, 1) + String.format(TRADE, 2) + more;
    return Files.writeString(directory.resolve("day.jsonl"), text).toString();
  }

  @Test
  void decisionsAreOnStandardOutputWithOrWithoutJson() throws IOException {
    assertThat(run("replay", "--config", config(), "--events", events(""))).isZero();
    assertThat(out.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("{\"t\":\"2025-10-31T14:31:02Z\",\"account\":7,"));
    String plain = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("replay", "--json", "--config", config(), "--events", events(""))).isZero();
    assertThat(out).hasToString(plain);
  }

  @Test
  void aMalformedLineEndsWithOne() throws IOException {
    assertThat(run("replay", "--config", config(), "--events", events("{"))).isEqualTo(1);
    assertThat(err.toString()).contains("day.jsonl:3: it is not one JSON object");
    assertThat(out.toString().lines()).hasSize(4);
  }

  @Test
  void fromToAndSweepAreOptions() throws IOException {
    String[] base = {"replay", "--config", config(), "--events", events("")};
    assertThat(run(with(base, "--to", "2025-10-31T14:31:02Z"))).isZero();
    assertThat(run(with(base, "--from", "2025-10-31T09:31:03-05:00"))).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(run(with(base, "--sweep", "daily_realized_loss.limit=-250,-501"))).isZero();
    assertThat(out.toString()).contains("2025-10-31T14:31:01Z").contains("-501            0");
  }

  @Test
  void wrongOptionsEndWithTwo() throws IOException {
    assertThat(run("replay", "--config", config())).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--events=FILE'");
    assertThat(run("replay", "--events", events(""), "--from", "noon")).isEqualTo(2);
    assertThat(err.toString()).contains("'noon' is not a time such as 2025-10-31T14:30:00Z");
  }

  @Test
  void aFileThatIsNotThereEndsWithOne() throws IOException {
    assertThat(run("replay", "--config", config(), "--events", "/no/such.jsonl")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no file /no/such.jsonl");
  }

  @Test
  void helpHasExamples() {
    assertThat(run("replay", "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "--sweep daily_realized_loss.limit=");
  }

  private static String[] with(String[] base, String... more) {
    String[] all = java.util.Arrays.copyOf(base, base.length + more.length);
    System.arraycopy(more, 0, all, base.length, more.length);
    return all;
  }
}
