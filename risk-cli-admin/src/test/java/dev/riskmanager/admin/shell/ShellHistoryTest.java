package dev.riskmanager.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of what was typed. */
class ShellHistoryTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwd hunter2",
        "init --api-key hunter2",
        "init --apikey=hunter2",
        "unlock 1 --password hunter2",
        "config set TOKEN hunter2",
        "notify --webhook https://x/hunter2",
        "rules set general url http://hunter2@x",
        "echo my Secret"
      })
  void whatMayHoldASecretIsNotKept(String line) throws Exception {
    assertThat(kept(line, "lockouts")).contains("lockouts").doesNotContain("hunter2", "Secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"passwd", "rules set RULE-003 limit -300", "unlock 1 --reason \"a b\""})
  void otherLinesAreKept(String line) throws Exception {
    assertThat(kept(line)).contains(line);
  }

  @Test
  void theFileIsItsOwnersAlone() throws Exception {
    kept("lockouts");
    Path file = directory.resolve("risk-manager").resolve("admin_history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void itIsInTheStateDirectoryOfTheAdmin() {
    assertThat(ShellHistory.file(Map.of("XDG_STATE_HOME", "/s"), Path.of("/home/a")))
        .isEqualTo(Path.of("/s/risk-manager/admin_history"));
    assertThat(ShellHistory.file(Map.of("XDG_STATE_HOME", "relative"), Path.of("/home/a")))
        .isEqualTo(Path.of("/home/a/.local/state/risk-manager/admin_history"));
  }

  /** What the file holds after these lines were typed. */
  private String kept(String... lines) throws Exception {
    Path file = ShellHistory.file(Map.of("XDG_STATE_HOME", directory.toString()), directory);
    ShellHistory.prepare(file);
    String typed = String.join("\n", lines) + "\n";
    try (Terminal terminal =
        new DumbTerminal(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream())) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .history(new ShellHistory())
              .variable(LineReader.HISTORY_FILE, file)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      for (int i = 0; i < lines.length; i++) {
        reader.readLine("> ");
      }
      reader.getHistory().save();
    }
    // The file escapes some characters.
    return Files.readString(file).replace("\\", "");
  }
}
