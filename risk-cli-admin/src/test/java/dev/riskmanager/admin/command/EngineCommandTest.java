package dev.riskmanager.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.app.RiskAdmin;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.wire.HomeDir;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before an engine is stopped; here none runs. */
class EngineCommandTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void home() throws Exception {
    Setup.initialise(
        new HomeDir(directory.resolve("home")),
        new Setup.Choices(
            7,
            "",
            "u",
            "key-for-a-test",
            Optional.of(URI.create("http://127.0.0.1:1")),
            "none",
            List.of()));
  }

  @Test
  void aRestartAsksAndWithoutATerminalNeedsAWord() {
    assertThat(run("engine", "restart")).isEqualTo(1);
    assertThat(err.toString()).contains("add --yes");
    // Asked, it would go on to the engine.
    assertThat(run("engine", "restart", "--yes")).isEqualTo(3);
  }

  @Test
  void aRestartThatCouldNotStartStopsNothing() throws Exception {
    Path rules = directory.resolve("home").resolve("config").resolve("risk_config.yaml");
    Files.writeString(rules, "max_contracts: {limit: -1, enabled: true}\n");

    assertThat(run("engine", "restart", "--yes")).isEqualTo(1);

    assertThat(err.toString())
        .contains("risk_config.yaml:1:")
        .contains("the engine was not stopped");
  }

  private int run(String... args) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--home";
    all[args.length + 1] = directory.resolve("home").toString();
    return RiskAdmin.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
