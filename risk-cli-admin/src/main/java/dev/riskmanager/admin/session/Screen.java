package dev.riskmanager.admin.session;

import dev.riskmanager.admin.render.FoldedWriter;
import dev.riskmanager.trader.term.Descriptors;
import dev.riskmanager.trader.term.Display;
import java.io.PrintWriter;
import java.util.OptionalInt;

/** The terminal that a command which stands alone writes to, if it is one. */
public final class Screen {
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
    return exact || !Descriptors.isTerminal(descriptor)
        ? to
        : new PrintWriter(new FoldedWriter(to, () -> Asked.COLUMNS.orElse(0)), true);
  }

  /** How wide the terminal is; 80 when it does not tell. */
  public static int columns() {
    return Asked.COLUMNS.orElse(USUAL);
  }
}
