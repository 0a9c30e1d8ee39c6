package dev.riskmanager.trader.term;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the descriptors of this process lead to. */
public final class Descriptors {
  /** Standard output. */
  public static final int OUT = 1;

  /** Standard error. */
  public static final int ERR = 2;

  private Descriptors() {}

  /** Whether a file descriptor of this process is a terminal. */
  public static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
    } catch (IOException e) {
      return false;
    }
    // No Linux: ask the JDK, which costs more and wants both ends to be terminals.
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
