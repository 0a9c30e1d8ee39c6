package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of output that nobody takes, with the whole program in a shell. */
@Timeout(120)
class OutputTest {
  private record Ended(int code, String out, String err) {}

  @ParameterizedTest
  @ValueSource(strings = {"--help", "diary", "generate-completion"})
  void aFullDiskIsAnErrorInOneLine(String command) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");

    Ended ended = sh(program() + command + " > /dev/full");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).startsWith("risk-trader: the output could not be written: ");
    assertThat(ended.err().lines()).hasSize(1);
  }

  @Test
  void aReaderThatHasHadEnoughIsNone() throws Exception {
    // The pipe is closed before the program can have begun to write.
    Ended ended = sh("{ " + program() + "generate-completion; echo $? >&2; } | true");

    assertThat(ended).isEqualTo(new Ended(0, "", "0\n"));
  }

  @Test
  void anErrorStaysAnErrorWhoeverReads() throws Exception {
    Ended ended = sh(program() + "rules --home /nowhere > /dev/full");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err().lines()).hasSize(1);
  }

  private static String program() {
    return "'"
        + Path.of(System.getProperty("java.home"), "bin", "java")
        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
        + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        + "' "
        + RiskTrader.class.getName()
        + " ";
  }

  private static Ended sh(String script) throws IOException, InterruptedException {
    Path err = Files.createTempFile("output", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectError(err.toFile());
      builder.environment().put("XDG_STATE_HOME", "/nowhere");
      Process shell = builder.start();
      String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(shell.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }
}
