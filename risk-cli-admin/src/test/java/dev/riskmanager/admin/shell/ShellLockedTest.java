package dev.riskmanager.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.app.RiskAdmin;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.wire.HomeDir;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jline.reader.LineReader;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prompt that is locked, and somebody who types the password there. */
@Timeout(60)
class ShellLockedTest {
  @TempDir private Path directory;

  private String screen = "";
  private String kept = "";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "  hunter2  ",
        "hunter2 with blanks",
        "don't hunter2",
        "risk-admin hunter2",
        "locks-hunter2",
        "# hunter2",
        "\"hunter2\\"
      })
  void aPasswordTypedThereIsNeitherShownNorKept(String typed) throws Exception {
    type(typed, "lockouts", "exit");

    assertThat(screen).doesNotContain("hunter2").contains("The password is typed here");
    assertThat(kept).doesNotContain("hunter").contains("lockouts");
  }

  /** It begins with a command by chance, and is none. */
  @Test
  void whatIsNoWholeCommandIsNotKept() throws Exception {
    type("lock the hunter2 door", "exit");

    assertThat(kept).doesNotContain("hunter2");
  }

  @Test
  void whatIsACommandIsShownAndKept() throws Exception {
    type("rules set RULE-003 limit -300", "history", "exit");

    assertThat(screen).contains("(locked; Enter: password)> ", "rules set RULE-003 limit -300");
    assertThat(kept).contains("rules set RULE-003 limit -300", "history");
  }

  @Test
  void enterAloneAsksForThePassword() throws Exception {
    type("", "exit");

    assertThat(screen.split("the engine is not running", -1)).as("asked twice").hasSize(3);
  }

  /** What the screen shows and the history holds after these lines; no engine runs. */
  private void type(String... lines) throws Exception {
    Path file = directory.resolve("history");
    HomeDir home = new HomeDir(directory.resolve("home"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String typed = String.join("\n", lines) + "\n";
    try (LineDisciplineTerminal terminal =
            new LineDisciplineTerminal("test", "xterm", out, StandardCharsets.UTF_8);
        ShellSession session =
            new ShellSession(
                home,
                "test/1",
                new Nobody(),
                Optional::empty,
                new IdleLock(Duration.ofMinutes(10), System::nanoTime));
        Watch watch = new Watch(home.adminSocket(), "test/1", Duration.ofHours(1), text -> {})) {
      Shell shell =
          new Shell(terminal, new ShellHistory(), session, watch, RiskAdmin::commands, false);
      shell.reader().setVariable(LineReader.HISTORY_FILE, file);
      // Else it would echo what waits before the shell reads it.
      terminal.echo(false);
      terminal.processInputBytes(typed.getBytes(StandardCharsets.UTF_8));
      shell.run();
      shell.saveHistory();
    }
    screen = out.toString(StandardCharsets.UTF_8);
    kept = Files.exists(file) ? Files.readString(file) : "";
  }

  private static final class Nobody implements ShellSession.Asker {
    @Override
    public String line(String prompt) throws CommandException {
      throw new CommandException("nobody is there");
    }

    @Override
    public char[] secret(String prompt) throws CommandException {
      throw new CommandException("nobody is there");
    }

    @Override
    public boolean interactive() {
      return true;
    }

    @Override
    public int columns() {
      return 80;
    }
  }
}
