package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin's shell in a real terminal, with a real engine that can be restarted. */
@Timeout(300)
class ShellTmuxIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Path directory = Path.of("/");

  @Test
  void aDayInTheShell() throws Exception {
    assumeTrue(installed(), "tmux is missing; install it with: apt-get install tmux");
    try (Stage stage = Stage.set()) {
      directory = stage.directory();
      EngineProcess engine = EngineProcess.start(stage.home());
      try {
        engine.awaitProtecting();
        Files.writeString(directory.resolve("shell.sh"), script(stage));
        tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "150", "-y", "40", "sh");
        type("sh " + directory.resolve("shell.sh") + "; echo ended $?");

        await("the password is asked", screen -> screen.contains("Admin password:"));
        type("wrong password");
        await("it is wrong", screen -> screen.contains("once more"));
        // Whoever is told that it was wrong types the right one: nothing of it is shown.
        type(Stage.PASSWORD);
        await("the prompt", screen -> last(screen).equals("risk-admin>"));
        assertThat(screen()).doesNotContain(Stage.PASSWORD).doesNotContain("wrong password\n");

        completion();
        rules();
        locks(stage);
        interrupted();

        engine.close();
        await("the engine is gone", screen -> screen.contains("*** ENGINE GONE"));
        engine = EngineProcess.start(stage.home());
        engine.awaitProtecting();
        await("it is back", screen -> screen.contains("*** ENGINE BACK"));
        clear();
        // What a locked prompt invites to.
        type(Stage.PASSWORD);
        await("the password again", screen -> screen.contains("Admin password:"));
        assertThat(screen())
            .contains("(locked; Enter: password)> *")
            .doesNotContain(Stage.PASSWORD);
        key("C-c");
        await("given up", screen -> last(screen).endsWith("(locked; Enter: password)>"));
        type("rules show RULE-003");
        await("and again", screen -> screen.split("Admin password:", -1).length == 3);
        type(Stage.PASSWORD);
        await("the rule", screen -> screen.contains("limit: -300"));

        key("C-d");
        await("the end", screen -> screen.contains("ended 0"));
        history();
      } finally {
        tmux("kill-server");
        engine.close();
      }
    }
  }

  private void completion() throws Exception {
    text("ru");
    key("Tab");
    await("rules", screen -> last(screen).startsWith("risk-admin> rules"));
    text("set RULE-003 inc");
    key("Tab");
    await(
        "a key", screen -> last(screen).startsWith("risk-admin> rules set RULE-003 include_open"));
    text("t");
    key("Tab");
    await("a value", screen -> last(screen).endsWith("include_open true"));
    key("C-c");
    await("a new line", screen -> last(screen).equals("risk-admin>"));
    text("unlock 1329");
    key("Tab");
    await("an account", screen -> last(screen).startsWith("risk-admin> unlock " + ACCOUNT));
    key("C-c");
    await("a new line", screen -> last(screen).equals("risk-admin>"));
  }

  private void rules() throws Exception {
    clear();
    type("rules set RULE-003 limit -300");
    await("tightened", screen -> screen.contains("TIGHTENS") && screen.contains("Done."));
    clear();
    type("rules set RULE-003 limit -900");
    await("asked", screen -> screen.contains("LOOSENS") && last(screen).contains("[y/N]"));
    key("Enter");
    await("no is the default", screen -> screen.contains("not confirmed; nothing was changed"));
  }

  private void locks(Stage stage) throws Exception {
    clear();
    text("lockou");
    stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));
    await(
        "news above the prompt, the line stays",
        screen ->
            screen.contains("*** LOCKED account " + ACCOUNT + " by RULE-003")
                && last(screen).equals("risk-admin> lockou"));
    key("C-c");
    await("a new line", screen -> last(screen).equals("risk-admin>"));
    clear();
    type("unlock " + ACCOUNT + " --reason race");
    await("the question of the first", screen -> last(screen).contains("[y/N]"));
    Programs.Ended other =
        Programs.admin(
            directory,
            Stage.PASSWORD,
            "lock",
            Long.toString(ACCOUNT),
            "--for",
            "40m",
            "--reason",
            "news",
            "--yes",
            "--home",
            stage.home().root().toString());
    assertThat(other.code()).as("%s", other).isZero();
    type("y");
    await("what it did not show stays", screen -> screen.contains("the lockouts have changed"));
    clear();
    type("unlock " + ACCOUNT);
    await("the preview", screen -> screen.contains("locks again when the day's P&L falls below"));
    await("the reason", screen -> last(screen).startsWith("Reason:"));
    type("talked to him");
    await("the question", screen -> last(screen).contains("[y/N]"));
    type("y");
    await("unlocked", screen -> screen.contains("Unlocked: account " + ACCOUNT));
    await("the news", screen -> screen.contains("*** UNLOCKED account " + ACCOUNT));
  }

  /** A question is given up, a line is given up; the shell goes on. */
  private void interrupted() throws Exception {
    clear();
    type("flatten " + ACCOUNT + " --reason x");
    await("the question", screen -> last(screen).contains("[y/N]"));
    key("C-c");
    await("given up", screen -> screen.contains("given up; nothing was changed"));
    type("passwd --secret hunter2");
    await("an error", screen -> screen.contains("RISK_ADMIN_PASSWORD_FILE"));
    type("lockouts");
    await("goes on", screen -> screen.contains("No lockouts."));
  }

  private void history() throws IOException {
    Path file = directory.resolve("state").resolve("risk-manager").resolve("admin_history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .contains("rules set RULE-003 limit -300", "unlock " + ACCOUNT, "lockouts")
        .doesNotContain(Stage.PASSWORD)
        .doesNotContain("wrong password")
        .doesNotContain("talked to him")
        .doesNotContain("hunter2");
  }

  private String script(Stage stage) {
    return "unset RISK_ADMIN_PASSWORD_FILE RISK_ROOT\nexport XDG_STATE_HOME="
        + directory.resolve("state")
        + "\nexec "
        + String.join(
            " ",
            Programs.java(
                List.of("-XX:TieredStopAtLevel=1"),
                Programs.classPath(),
                "dev.riskmanager.admin.app.RiskAdminMain"))
        + " shell --no-color --home "
        + stage.home().root()
        + "\n";
  }

  /** The last line with something on it. */
  private static String last(String screen) {
    List<String> lines = screen.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.getLast().stripTrailing();
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "tmux")));
  }

  private void clear() throws IOException, InterruptedException {
    key("C-l");
    await("a clear screen", screen -> screen.lines().filter(l -> !l.isBlank()).count() == 1);
  }

  private void type(String line) throws IOException, InterruptedException {
    text(line);
    key("Enter");
  }

  private void text(String text) throws IOException, InterruptedException {
    tmux("send-keys", "-t", "t", "-l", text);
  }

  private void key(String key) throws IOException, InterruptedException {
    tmux("send-keys", "-t", "t", key);
  }

  private String screen() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p", "-t", "t");
  }

  /** The first screen like this. A terminal tells nobody that it has changed: it is looked at. */
  private void await(String what, Predicate<String> wanted) {
    String[] seen = {""};
    try {
      Awaitility.await(what)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                seen[0] = screen();
                return wanted.test(seen[0]);
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(what + ": in vain; the screen:\n" + seen[0], e);
    }
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", directory + "/tmux"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PS1", "$ ");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
