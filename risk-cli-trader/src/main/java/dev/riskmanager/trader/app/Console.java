package dev.riskmanager.trader.app;

import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Glyphs;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Everything of the world a command may see: streams, environment and clocks.
 *
 * @param out standard output, UTF-8
 * @param err standard error
 * @param outIsTerminal whether standard output is a terminal
 * @param environment the environment
 * @param clock the wall clock
 * @param nanos a monotonic clock in nanoseconds
 */
record Console(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    Map<String, String> environment,
    InstantSource clock,
    LongSupplier nanos) {

  /** What to draw with: box drawing only on a terminal whose locale is UTF-8. */
  Glyphs glyphs() {
    return outIsTerminal && utf8() ? Glyphs.UNICODE : Glyphs.ASCII;
  }

  /** Whether the locale of the environment is UTF-8, by the rules of POSIX. */
  boolean utf8() {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.contains("utf-8") || lower.contains("utf8");
      }
    }
    return false;
  }

  /** Whether a picture can be drawn there: on a terminal that can do more than write lines. */
  boolean canPaint() {
    return outIsTerminal && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** How many colours to use: none where standard output is no terminal. */
  ColorDepth depth(boolean noColor) {
    return outIsTerminal ? ColorDepth.detect(environment, noColor) : ColorDepth.NONE;
  }

  /** Columns of the terminal on standard output; 80 when it does not tell. */
  int columns() {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches("[1-9][0-9]{1,3}")) {
      return Integer.parseInt(columns);
    }
    return Display.columnsOfTerminal().orElse(80);
  }
}
