package dev.riskmanager.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeDirTest {
  private static final Map<String, String> NO_ENVIRONMENT = Map.of();

  @TempDir Path dir = Path.of("unset");
  private Path systemFile = Path.of("unset");

  @BeforeEach
  void names() {
    systemFile = dir.resolve("home");
  }

  @Test
  void theOptionWins() throws Exception {
    Files.writeString(systemFile, "/srv/system\n");

    assertThat(home("/srv/option", Map.of("RISK_HOME", "/srv/environment")))
        .isEqualTo("/srv/option");
  }

  @Test
  void thenTheEnvironment() throws Exception {
    Files.writeString(systemFile, "/srv/system\n");

    assertThat(home(null, Map.of("RISK_HOME", "/srv/environment"))).isEqualTo("/srv/environment");
  }

  @Test
  void thenTheSystemsFile() throws Exception {
    Files.writeString(systemFile, "/srv/system\nsomething else\n");

    assertThat(home(null, Map.of("RISK_HOME", ""))).isEqualTo("/srv/system");
  }

  @Test
  void thenTheUsersOwn() throws Exception {
    assertThat(home(null, NO_ENVIRONMENT)).isEqualTo("/home/pat/.risk-manager");
  }

  @Test
  void aSystemFileWithoutAPathIsAnErrorAndNotSkipped() throws Exception {
    Files.writeString(systemFile, "\n/srv/second/line\n");

    assertThatThrownBy(() -> home(null, NO_ENVIRONMENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(systemFile.toString())
        .hasMessageContaining("absolute path");
  }

  @Test
  void anEmptyOptionIsAnError() {
    assertThatThrownBy(() -> home(" ", NO_ENVIRONMENT)).hasMessageContaining("--home");
  }

  @Test
  void aRelativePathIsTakenFromHere() throws Exception {
    assertThat(HomeDir.resolve("x/../some-home", NO_ENVIRONMENT, systemFile, Path.of("/")).root())
        .isEqualTo(Path.of("some-home").toAbsolutePath());
  }

  @Test
  void namesWhatLiesInIt() {
    HomeDir home = new HomeDir(Path.of("/h"));

    assertThat(home.engineYaml()).hasToString("/h/config/engine.yaml");
    assertThat(home.accountsYaml()).hasToString("/h/config/accounts.yaml");
    assertThat(home.riskConfigYaml()).hasToString("/h/config/risk_config.yaml");
    assertThat(home.holidaysYaml()).hasToString("/h/config/holidays.yaml");
    assertThat(home.database()).hasToString("/h/data/risk.db");
    assertThat(home.recordings()).hasToString("/h/data/recordings");
    assertThat(home.adminSecret()).hasToString("/h/data/admin.secret");
    assertThat(home.logs()).hasToString("/h/logs");
    assertThat(home.viewSocket()).hasToString("/h/run/view.sock");
    assertThat(home.adminSocket()).hasToString("/h/run/admin.sock");
    assertThat(home.pidFile()).hasToString("/h/run/engine.pid");
  }

  private String home(@Nullable String option, Map<String, String> environment) throws IOException {
    return HomeDir.resolve(option, environment, systemFile, Path.of("/home/pat")).root().toString();
  }
}
