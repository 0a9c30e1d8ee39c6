package dev.riskmanager.admin.session;

import dev.riskmanager.admin.render.FoldedWriter;
import dev.riskmanager.trader.term.Display;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The terminal that a command which stands alone writes to, if it is one. */
public final class Screen {
  /** The descriptor of standard output. */
  public static final int OUT = 1;

  /** The descriptor of standard error. */
  public static final int ERR = 2;

  private static final int USUAL = 80;

  /** Asked once, and only when a line is long: it costs a process. */
  private static final class Asked {
    static final OptionalInt COLUMNS = Display.columnsOfTerminal();

    private Asked() {}
  }

  private Screen() {}

  /**
   * A printer that breaks lines between words if it leads to a terminal.
   *
   * @param descriptor where it leads to
   * @param exact whether nothing may be broken all the same
   */
  public static PrintWriter folding(PrintWriter to, int descriptor, boolean exact) {
    return exact || !isTerminal(descriptor)
        ? to
        : new PrintWriter(new FoldedWriter(to, () -> Asked.COLUMNS.orElse(0)), true);
  }

  /** How wide the terminal is; 80 when it does not tell. */
  public static int columns() {
    return Asked.COLUMNS.orElse(USUAL);
  }

  /** Whether a file descriptor of this process is a terminal. */
  static boolean isTerminal(int descriptor) {
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
    // No Linux: the JDK knows whether both ends are terminals.
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
