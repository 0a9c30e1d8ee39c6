package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are not POSIX there")
class HomeCheckTest {
  @TempDir Path dir = Path.of("unset");

  @Test
  void theLayoutIsCreatedWithItsPermissions() throws IOException {
    HomeDir home = new HomeDir(dir.resolve("new/home"));

    HomeCheck.create(home);

    assertThat(mode(home.root())).isEqualTo("rwxr-x---");
    assertThat(mode(home.run())).isEqualTo("rwxr-x---");
    assertThat(mode(home.config())).isEqualTo("rwx------");
    assertThat(mode(home.data())).isEqualTo("rwx------");
    assertThat(mode(home.logs())).isEqualTo("rwx------");
    assertThat(mode(dir.resolve("new"))).isEqualTo("rwx------");
    assertThat(HomeCheck.inspect(home)).isEmpty();
  }

  @Test
  void whatExistsKeepsItsContentAndIsClosedToOthers() throws IOException {
    HomeDir home = new HomeDir(dir.resolve("home"));
    HomeCheck.create(home);
    Files.writeString(home.engineYaml(), "# mine\n");
    chmod(home.root(), "rwxrwxrwx");
    chmod(home.data(), "rwxr-xr-x");

    HomeCheck.create(home);

    assertThat(mode(home.root())).isEqualTo("rwxrwx---");
    assertThat(mode(home.data())).isEqualTo("rwxr-x---");
    assertThat(home.engineYaml()).hasContent("# mine\n");
    assertThat(HomeCheck.inspect(home)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "config", "data", "logs", "run", "config/risk_config.yaml"})
  void whatEveryUserCanChangeIsRefused(String name) throws IOException {
    HomeDir home = new HomeDir(dir.resolve("home"));
    HomeCheck.create(home);
    Files.writeString(home.riskConfigYaml(), "");
    Path open = home.root().resolve(name).normalize();
    chmod(open, "rwxrwxr-x");
    assertThat(HomeCheck.inspect(home)).isEmpty();

    chmod(open, "rwx----w-");

    assertThat(HomeCheck.inspect(home))
        .containsExactly(
            open + " can be changed by every user; close it with `chmod o-rwx " + open + "`");
  }

  @Test
  void everythingThatIsWrongIsListedAtOnce() throws IOException {
    HomeDir home = new HomeDir(dir.resolve("home"));
    HomeCheck.create(home);
    Files.delete(home.logs());
    Files.delete(home.run());
    Files.writeString(home.run(), "");

    assertThat(HomeCheck.inspect(home))
        .containsExactly(
            home.logs() + " does not exist; create it with `risk-admin init`",
            home.run() + " is not a directory; move it away and run `risk-admin init`");
  }

  @Test
  void aHomeThatIsNotThereOrNoDirectoryIsSaidSo() throws IOException {
    HomeDir absent = new HomeDir(dir.resolve("absent"));
    assertThat(HomeCheck.inspect(absent))
        .containsExactly(
            "the home " + absent.root() + " does not exist; create it with `risk-admin init`");

    HomeDir file = new HomeDir(Files.createFile(dir.resolve("file")));
    assertThat(HomeCheck.inspect(file))
        .containsExactly(
            "the home " + file.root() + " is not a directory; give another with --home");
    assertThatThrownBy(() -> HomeCheck.create(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(" is not a directory; move it away or give another --home");
    assertThatThrownBy(() -> HomeCheck.create(new HomeDir(file.root().resolve("below"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("; give another home with --home");
  }

  @Test
  void aHomeWithoutPermissionIsSaidSo() throws IOException {
    HomeDir home = new HomeDir(dir.resolve("home"));
    HomeCheck.create(home);
    chmod(home.data(), "r-x------");
    chmod(home.config(), "---------");
    assumeFalse(Files.isWritable(home.data()), "the superuser may do everything");
    try {
      assertThat(HomeCheck.inspect(home))
          .containsExactly(
              "no permission to read " + home.config() + "; run as the owner of the home",
              "no permission to write to " + home.data() + "; run as the owner of the home");
    } finally {
      chmod(home.config(), "rwx------");
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
