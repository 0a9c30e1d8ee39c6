package dev.riskmanager.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program in a real terminal, with an engine that can be killed. */
@Timeout(300)
class TmuxTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern COUNTDOWN = Pattern.compile("\\b(\\d\\d:\\d\\d:\\d\\d)\\b");

  private Path home;
  private Process engine;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(installed(), "tmux is missing; install it with: apt-get install tmux");
    home = Files.createTempDirectory(Path.of("/tmp"), "tm");
    engine = engine("free");
    // What exec replaces keeps its process id.
    Files.writeString(
        home.resolve("trader.sh"),
        "echo $$ > "
            + home.resolve("pid")
            + "\nexec "
            + String.join(" ", java())
            + " dev.riskmanager.trader.app.RiskTrader status --home "
            + home
            + "\n");
    tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "100", "-y", "30", "sh");
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    if (home == null) {
      return;
    }
    tmux("kill-server");
    engine.destroyForcibly().waitFor();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void aDayAtTheScreen() throws Exception {
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));

    tell("locked");
    String locked = await("the lockout", screen -> screen.contains("LOCKED OUT"));
    assertThat(locked).contains("RULE-003").contains("Daily loss limit exceeded");
    String first = countdown(locked);
    await("a countdown that runs", screen -> countdown(screen).compareTo(first) < 0);

    tmux("resize-window", "-t", "t", "-x", "140", "-y", "40");
    await("140 columns", screen -> widest(screen) > 100 && screen.contains("LOCKED OUT"));
    tmux("resize-window", "-t", "t", "-x", "70", "-y", "20");
    await("what it needs", screen -> screen.contains("80x24"));
    tmux("resize-window", "-t", "t", "-x", "100", "-y", "30");
    await("100 columns", screen -> screen.contains("LOCKED OUT"));

    engine.destroyForcibly().waitFor();
    await("no engine", screen -> screen.contains("NOT PROTECTED"));
    engine = engine("free");
    await("the next engine", screen -> screen.contains("OK TO TRADE"));

    tmux("send-keys", "-t", "t", "q");
    await("the end", screen -> screen.contains("ended 0"));
    theTerminalIsClean();
  }

  @Test
  void afterATermTheTerminalIsClean() throws Exception {
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));
    long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());

    ProcessHandle.of(pid).orElseThrow().destroy();

    await("the end", screen -> screen.contains("ended 143"));
    theTerminalIsClean();
  }

  /** Its window was closed: the shell's terminal is gone, and so must the program be. */
  @Test
  void afterAHangUpTheTerminalIsClean() throws Exception {
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));
    String pid = Files.readString(home.resolve("pid")).strip();

    new ProcessBuilder("kill", "-HUP", pid).start().waitFor();

    await("the end", screen -> screen.contains("ended 129"));
    theTerminalIsClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "thread"})
  void afterAnExceptionTheTerminalIsClean(String how) throws Exception {
    Files.writeString(
        home.resolve("trader.sh"),
        "exec "
            + String.join(" ", java())
            + " "
            + FailingScreenMain.class.getName()
            + " "
            + how
            + "\n");
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");

    String screen = await("the end", text -> text.contains("ended 1"));

    assertThat(screen).doesNotContain("about to fail");
    if (how.equals("close")) {
      // The display was closed before anything was said.
      assertThat(screen).contains("IllegalStateException: on purpose");
    }
    theTerminalIsClean();
  }

  @Test
  void aThreadThatDiesEndsTheScreenWithItsMessage() throws Exception {
    Files.writeString(
        home.resolve("trader.sh"),
        "exec "
            + String.join(" ", java())
            + " "
            + FailingScreenMain.class.getName()
            + " other "
            + home
            + "\n");
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));

    Files.createFile(home.resolve("fail"));

    String screen = await("the end", text -> text.contains("ended 1"));
    assertThat(screen)
        .contains("the live screen failed in beside: java.lang.IllegalStateException: on purpose")
        .contains("FailingScreenMain.dieAfter(")
        .doesNotContain("\tat ", "    at ");
    theTerminalIsClean();
  }

  /** What the environment says is what arrives at the terminal. */
  @ParameterizedTest
  @CsvSource({
    "TERM=xterm COLORTERM=, 42m",
    "TERM=xterm-256color COLORTERM=, 48;5;71m",
    "TERM=xterm-256color COLORTERM=truecolor, 48;2;52;168;83m",
    "TERM=xterm-256color COLORTERM=truecolor NO_COLOR=1, 7m"
  })
  void theColoursAreThoseOfTheTerminal(String environment, String stateLine) throws Exception {
    Path bytes = home.resolve("bytes");
    tmux("pipe-pane", "-t", "t", "cat > " + bytes);
    type(environment + " sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));
    tmux("send-keys", "-t", "t", "q");
    await("the end", text -> text.contains("ended 0"));

    String sent = Files.readString(bytes);
    assertThat(sent).containsPattern(Pattern.quote("\033[" + stateLine) + "[^\033]* OK TO TRADE");
    if (environment.contains("NO_COLOR")) {
      assertThat(sent).doesNotContainPattern("\033\\[[0-9;]*[34][0-9;]*m");
    }
  }

  /** A hundred pictures a second arrive, and no more than ten of them are drawn. */
  @Test
  void aBurstOfNewsIsDrawnTenTimesASecond() throws Exception {
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));
    Path bytes = home.resolve("bytes");
    tmux("pipe-pane", "-t", "t", "cat > " + bytes);
    await("the pipe", screen -> Files.exists(bytes));

    long began = System.nanoTime();
    tell("burst");
    assertThat(engine.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("burst");
    await("the last picture", screen -> screen.contains("reset in 04:33"));
    double seconds = (System.nanoTime() - began) / 1e9;
    tmux("pipe-pane", "-t", "t");

    // Each picture is one synchronized update.
    int drawn = Files.readString(bytes).split("\033\\[\\?2026h", -1).length - 1;
    assertThat(drawn).isLessThanOrEqualTo((int) (10 * seconds) + 1).isGreaterThan(15);
  }

  /** Sizes that come faster than they can be drawn, some of them too small: the last one counts. */
  @Test
  void resizedInALoop() throws Exception {
    type("sh " + home.resolve("trader.sh") + "; echo ended $?");
    await("OK TO TRADE", screen -> screen.contains("OK TO TRADE"));
    for (int i = 0; i < 60; i++) {
      tmux(
          "resize-window",
          "-t",
          "t",
          "-x",
          Integer.toString(20 + i * 37 % 230),
          "-y",
          Integer.toString(5 + i * 13 % 75));
    }
    tmux("resize-window", "-t", "t", "-x", "90", "-y", "26");

    String screen = await("90 columns", text -> widest(text) > 86 && text.contains("q quit"));
    assertThat(screen.lines().count()).isLessThanOrEqualTo(26);
    assertThat(screen).contains("OK TO TRADE").doesNotContain("the screen needs");
    tmux("send-keys", "-t", "t", "q");
    await("the end", text -> text.contains("ended 0"));
    theTerminalIsClean();
  }

  /** The screen before ours is back, with its cursor, echo and line editing. */
  private void theTerminalIsClean() throws IOException, InterruptedException {
    assertThat(tmux("display", "-p", "-t", "t", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
        .isEqualTo("0 1 0\n");
    assertThat(screen()).doesNotContain("TO TRADE").contains("trader.sh; echo ended");
    type("clear; stty -a | tr ';' '\\n'; echo typed");
    String modes = await("stty", screen -> screen.contains("\ntyped"));
    assertThat(modes).containsPattern("(?<!-)\\bicanon").containsPattern("(?<!-)\\becho\\b");
  }

  private static String countdown(String screen) {
    for (String line : screen.lines().filter(text -> text.contains("RULE-003")).toList()) {
      Matcher matcher = COUNTDOWN.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "99:99:99";
  }

  private static int widest(String screen) {
    return screen.lines().mapToInt(String::length).max().orElse(0);
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "tmux")));
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx96m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  /** Another process, listening already. */
  private Process engine(String state) throws IOException {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(FakeEngineMain.class.getName(), home.toString(), state));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).isEqualTo("listening");
    return process;
  }

  private void tell(String state) throws IOException {
    Writer writer = engine.outputWriter(StandardCharsets.UTF_8);
    writer.write(state + "\n");
    writer.flush();
  }

  private void type(String line) throws IOException, InterruptedException {
    tmux("send-keys", "-t", "t", "-l", line);
    tmux("send-keys", "-t", "t", "Enter");
  }

  private String screen() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p", "-t", "t");
  }

  /** The first screen like this. A terminal tells nobody that it has changed: it is looked at. */
  private String await(String what, Predicate<String> wanted) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(this::screen, wanted);
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", home + "/tmux"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("TMUX");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PS1", "$ ");
    builder.environment().remove("NO_COLOR");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
