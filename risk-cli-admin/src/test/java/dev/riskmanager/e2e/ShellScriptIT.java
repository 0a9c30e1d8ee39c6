package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code risk-admin shell < file}: a command a line, up to the first that fails. */
@Timeout(300)
class ShellScriptIT {
  private static final String LOOSER = "rules set RULE-003 limit -900";

  @Test
  void theFirstLineThatFailsEndsItWithItsExitCode() throws Exception {
    try (Stage stage = Stage.set()) {
      Programs.Ended down = shell(stage, true, "lockouts");
      assertThat(down.code()).as("%s", down).isEqualTo(3);

      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        Programs.Ended well =
            shell(
                stage,
                true,
                "# what is done every morning",
                "",
                "rules set RULE-003 limit -300",
                "  risk-admin lockouts",
                LOOSER + " --yes",
                "exit",
                "nothing of this is read");
        assertThat(well.code()).as("%s", well).isZero();
        assertThat(well.err()).isEmpty();
        assertThat(well.out())
            .anyMatch(line -> line.matches(".*limit +-500 +-300 +TIGHTENS +at once"))
            .contains("No lockouts.")
            .noneMatch(line -> line.contains("risk-admin>") || line.contains("rules set"))
            .noneMatch(line -> line.contains("password"));

        Programs.Ended asks = shell(stage, true, LOOSER + "00", "lock " + ACCOUNT + " --for 1h");
        assertThat(asks.code()).as("%s", asks).isEqualTo(1);
        assertThat(asks.err()).singleElement().asString().contains("add --yes");
        engine.awaitStatus("no lock", s -> !Stage.account(s).locked());

        assertThat(shell(stage, true, "lockouts --brave", "lockouts").code()).isEqualTo(2);
        assertThat(shell(stage, true, "bogus").code()).isEqualTo(2);
        Programs.Ended unclosed = shell(stage, true, "lockouts \"", "lockouts");
        assertThat(unclosed.code()).as("%s", unclosed).isEqualTo(2);
        assertThat(unclosed.err()).singleElement().asString().contains("line 1", "quote");

        Programs.Ended nobody = shell(stage, false, "rules list");
        assertThat(nobody.code()).as("%s", nobody).isEqualTo(4);
        assertThat(nobody.err()).singleElement().asString().contains("--password-stdin");
      }
    }
  }

  @Test
  void aDrillRunsInItToo() throws Exception {
    try (Stage stage = Stage.set()) {
      Programs.Ended drill = shell(stage, true, "drill", "doctor --json");
      assertThat(String.join("\n", drill.out()))
          .as("%s", drill)
          .contains("PASSED", "RULE-003 (daily_realized_loss, -$500.00)")
          .contains("\"probes\"");
    }
  }

  private static Programs.Ended shell(Stage stage, boolean password, String... lines)
      throws IOException, InterruptedException {
    Path directory = stage.directory();
    Path in = Files.write(directory.resolve("lines"), List.of(lines));
    Path secret = Files.writeString(directory.resolve("pw"), Stage.PASSWORD + "\n");
    Path out = Files.createTempFile(directory, "shell", ".out");
    Path err = Files.createTempFile(directory, "shell", ".err");
    List<String> command =
        Programs.java(
            List.of("-XX:TieredStopAtLevel=1"),
            Programs.classPath(),
            "dev.riskmanager.admin.app.RiskAdminMain");
    command.addAll(List.of("shell", "--home", stage.home().root().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("RISK_ADMIN_PASSWORD_FILE");
    if (password) {
      builder.environment().put("RISK_ADMIN_PASSWORD_FILE", secret.toString());
    }
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the shell does not end");
    }
    return new Programs.Ended(process.exitValue(), Programs.lines(out), Programs.lines(err));
  }
}
