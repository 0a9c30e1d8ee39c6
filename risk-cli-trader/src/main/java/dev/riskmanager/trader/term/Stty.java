package dev.riskmanager.trader.term;

import com.googlecode.lanterna.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The settings of the terminal this process belongs to, read and changed with {@code stty}. */
final class Stty {
  private static final File TTY = new File("/dev/tty");

  /** Seconds after which {@code stty} is taken to hang. */
  private static final int PATIENCE = 5;

  /** What was set before. */
  record Saved(String settings, TerminalSize size) {}

  private Stty() {}

  /**
   * Keys arrive one by one, unechoed, none of them a signal; output stays as it is.
   *
   * @return what was set before
   */
  static Saved raw() throws IOException {
    // One shell for three calls: a process costs as much as drawing the first picture.
    List<String> lines =
        sh("stty -g && stty size && stty -icanon -echo -isig -ixon -iexten min 1 time 0")
            .lines()
            .toList();
    if (lines.size() < 2) {
      throw new TerminalException("the terminal did not tell its settings");
    }
    TerminalSize size = size(lines.get(1));
    return new Saved(lines.get(0), size == null ? new TerminalSize(80, 24) : size);
  }

  /** The size now, null when the terminal does not know. */
  static @Nullable TerminalSize size() throws IOException {
    return size(sh("stty size").strip());
  }

  /** Sets everything back. */
  static void restore(Saved saved) throws IOException {
    // What -g printed: hexadecimal numbers and colons, safe as a word.
    sh("stty '" + saved.settings() + "'");
  }

  /** Starts a process as the others here do, without a terminal. */
  static void rehearse() throws IOException {
    sh("echo 24 80", new File("/dev/null")).lines().forEach(Stty::size);
  }

  private static @Nullable TerminalSize size(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 2) {
      return null;
    }
    try {
      int rows = Integer.parseInt(parts[0]);
      int columns = Integer.parseInt(parts[1]);
      return rows > 0 && columns > 0 ? new TerminalSize(columns, rows) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String sh(String command) throws IOException {
    return sh(command, TTY);
  }

  private static String sh(String command, File terminal) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(ProcessBuilder.Redirect.from(terminal))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new TerminalException("stty does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TerminalException("interrupted while setting up the terminal");
    }
    if (process.exitValue() != 0) {
      throw new TerminalException(
          "cannot set up the terminal (" + output.strip() + "); use --once for plain text");
    }
    return output;
  }
}
