package dev.riskmanager.trader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.view.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares text with a file of {@code src/test/resources/golden}. With {@code -Dgolden.update=true}
 * the files are written instead; what changed is then seen in the version control.
 */
public final class Golden {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  /** Lines as they are, spaces at their ends shown by a bar that marks the width. */
  public static void check(String name, List<Line> lines, int columns) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.fit(columns).text()).append("|\n");
    }
    check(name, text.toString());
  }

  /** Text as it is. */
  public static void check(String name, String actual) throws IOException {
    Path file = DIRECTORY.resolve(name + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual, StandardCharsets.UTF_8);
      return;
    }
    assertThat(file).as("run with -Dgolden.update=true to write it").exists();
    assertThat(actual).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }
}
