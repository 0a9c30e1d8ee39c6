package dev.riskmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.riskmanager.daemon.app.ConfigCheck;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.screens.Tmux;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.HomeDir;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first run as a person at a terminal meets it. */
@Timeout(300)
class InitTmuxIT {
  private static final String KEY = "k3y-that-must-not-be-shown-0815";
  private static final String PASSWORD = "a new horse, a new battery";

  private Path directory = Path.of("/");

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(installed(), "tmux is missing; install it with: apt-get install tmux");
    directory = Files.createTempDirectory("rm-init-");
  }

  @AfterEach
  void remove() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void whatIsTypedWrongIsAskedAgainAndTheRestIsValid() throws Exception {
    try (SimVenue venue = venue();
        Tmux tmux = new Tmux(directory.resolve("t"), 100, 60, "sh")) {
      tmux.type("sh " + script(venue) + "; echo ended $?");
      tmux.await("the name", s -> last(s).startsWith("Platform user name:"));
      tmux.type("");
      tmux.await("the name is needed", s -> count(s, "Platform user name:") == 2);
      tmux.type("trader");
      tmux.await("the key", s -> last(s).startsWith("API key"));
      tmux.type("not the key");
      String refused =
          tmux.await("refused", s -> last(s).startsWith("Platform user name [trader]:"));
      assertThat(refused).contains("Once more").doesNotContain("not the key\n");
      tmux.type("");
      tmux.await("the key again", s -> last(s).startsWith("API key"));
      tmux.type(KEY);
      tmux.await("the accounts", s -> last(s).contains("their numbers or all [all]:"));
      tmux.type("501, 77");
      tmux.await("there is no such account", s -> s.contains("account 77 is not among"));
      tmux.await("asked again", s -> last(s).endsWith("[all]:"));
      tmux.type("502 503");
      String presets = tmux.await("the preset", s -> last(s).startsWith("Preset [moderate]:"));
      assertThat(presets)
          .containsPattern("conservative +moderate +none")
          .containsPattern("daily_realized_loss +-250 +-500 +off")
          .containsPattern("trade_management +off +off +off");
      tmux.type("brave");
      tmux.await("no such preset", s -> s.contains("there is no preset brave"));
      tmux.type("conservative");
      tmux.await("the account's name", s -> last(s).startsWith("What you call account 502 ["));
      tmux.type("Mine");
      tmux.await("the password", s -> last(s).startsWith("New admin password"));
      tmux.type(PASSWORD);
      tmux.await("twice", s -> last(s).startsWith("The same again:"));
      tmux.type("another");
      tmux.await("they differ", s -> s.contains("the two passwords differ; once more"));
      assertThat(home().root()).as("nothing is written before all is asked").doesNotExist();
      tmux.type(PASSWORD);
      tmux.await("twice", s -> last(s).startsWith("The same again:"));
      tmux.type(PASSWORD);
      String done = tmux.await("the end", s -> s.contains("ended 0"));

      assertThat(done)
          .contains("Preset conservative:", "protects 503", "The admin password is set.");
      assertThat(done).doesNotContain(KEY).doesNotContain(PASSWORD).doesNotContain("another\n");
      assertThat(ConfigCheck.validate(home().config(), Map.of()).valid()).isTrue();
      assertThat(Files.readString(home().accountsYaml()))
          .contains("502", "503", "Mine")
          .doesNotContain("501");
      Setup.checkPassword(home(), PASSWORD.toCharArray());
    }
  }

  /** At every question, and while the venue is being asked. */
  @Test
  void ctrlCLeavesEverythingAsItWas() throws Exception {
    try (SimVenue venue = venue();
        Tmux tmux = new Tmux(directory.resolve("t"), 100, 60, "sh")) {
      String start = "clear; sh " + script(venue);
      tmux.type(start + "; echo ended $?");
      tmux.await("the name", s -> last(s).startsWith("Platform user name:"));
      tmux.press("C-c");
      assertThat(tmux.await("the end", s -> s.contains("ended 1")))
          .contains("risk-admin: given up; nothing was changed");

      tmux.type(start + "; echo over $?");
      tmux.await("the name", s -> last(s).startsWith("Platform user name:"));
      tmux.type("trader");
      tmux.await("the key", s -> last(s).startsWith("API key"));
      venue.knob("hang", List.of("Auth/loginKey"));
      tmux.type(KEY);
      tmux.await("waiting", s -> last(s).startsWith("Logging in"));
      tmux.press("C-c");
      assertThat(tmux.await("the end", s -> s.contains("over 130")))
          .contains("risk-admin: given up; nothing was changed");
      venue.knob("hang", List.of());

      tmux.type(start + " --username trader --api-key-file " + directory + "/key; echo out $?");
      tmux.await("the accounts", s -> last(s).endsWith("[all]:"));
      tmux.type("");
      tmux.await("the preset", s -> last(s).startsWith("Preset [moderate]:"));
      tmux.type("");
      tmux.await("the account's name", s -> last(s).startsWith("What you call account 501 ["));
      tmux.type("");
      tmux.await("the password", s -> last(s).startsWith("New admin password"));
      tmux.press("C-c");
      tmux.await("the end", s -> s.contains("out 1"));
      assertThat(home().root()).doesNotExist();

      assertThat(tmux.text()).contains("given up; nothing was changed");
    }
  }

  private Path script(SimVenue venue) throws IOException {
    Files.writeString(directory.resolve("key"), KEY + "\n");
    String java =
        String.join(
            " ",
            Programs.java(
                List.of("-XX:TieredStopAtLevel=1"),
                Programs.classPath(),
                "dev.riskmanager.admin.app.RiskAdminMain"));
    return Files.writeString(
        directory.resolve("init.sh"),
        "unset RISK_ADMIN_PASSWORD_FILE RISK_ROOT TOPSTEPX_USERNAME\nexec "
            + java
            + " init --home "
            + home().root()
            + " --url "
            + venue.url()
            + " \"$@\"\n");
  }

  private HomeDir home() {
    return new HomeDir(directory.resolve("home"));
  }

  private static SimVenue venue() {
    return SimVenue.builder(InstantSource.system())
        .credentials("trader", KEY)
        .account(501)
        .account(502)
        .account(503)
        .instant()
        .start();
  }

  private static long count(String screen, String text) {
    return screen.lines().filter(line -> line.contains(text)).count();
  }

  private static String last(String screen) {
    List<String> lines = screen.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.getLast().stripTrailing();
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "tmux")));
  }
}
