package dev.riskmanager.admin.shell;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jline.reader.LineReader;
import org.jline.reader.MaskingCallback;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import picocli.CommandLine.ParameterException;

/**
 * The prompt, and what is seen and kept of the line behind it. At a locked prompt people type the
 * password: nothing is shown there until it begins with a command, and what is none is kept never.
 */
final class ShellPrompt {
  private static final String OPEN = "risk-admin> ";
  private static final String LOCKED = "risk-admin (locked; Enter: password)> ";

  private final LineReader reader;
  private final BooleanSupplier locked;
  private final Set<String> names;
  private final Consumer<List<String>> parser;
  private volatile boolean waiting;
  private volatile String shown = "";

  /**
   * For one reader.
   *
   * @param locked whether the password must be shown first; asked at every key
   * @param commands their names
   * @param parser throws ParameterException for what is no whole command
   */
  ShellPrompt(
      LineReader reader,
      BooleanSupplier locked,
      Set<String> commands,
      Consumer<List<String>> parser) {
    this.reader = reader;
    this.locked = locked;
    this.names = ShellLine.names(commands);
    this.parser = parser;
  }

  /** The next line. */
  String readLine() {
    shown = text();
    waiting = true;
    try {
      return reader.readLine(shown, null, echoes() ? null : new Guard(), null);
    } finally {
      waiting = false;
    }
  }

  /** A terminal that writes what is typed itself: nothing can be hidden on it. */
  private boolean echoes() {
    return reader.getTerminal().getType().startsWith(Terminal.TYPE_DUMB);
  }

  private String text() {
    return locked.getAsBoolean() ? LOCKED : OPEN;
  }

  /**
   * Whether the history may keep a line: nothing that is no command, while locked no half of one.
   */
  boolean mayBeKept(String line) {
    return beginsWithCommand(line) && (!locked.getAsBoolean() || isWholeCommand(line));
  }

  boolean beginsWithCommand(String line) {
    return names.contains(ShellLine.first(line));
  }

  /**
   * The prompt becomes what is so now, also while somebody types.
   *
   * @return whether it must be drawn
   */
  boolean follow() {
    String now = text();
    if (!waiting || now.equals(shown) || !(reader instanceof LineReaderImpl drawn)) {
      return false;
    }
    shown = now;
    drawn.setPrompt(now);
    return true;
  }

  /** Draws it if it has changed. */
  void redraw() {
    if (follow()) {
      try {
        reader.callWidget(LineReader.REDRAW_LINE);
        reader.callWidget(LineReader.REDISPLAY);
      } catch (IllegalStateException e) {
        // The line has just ended; the next one begins with a prompt of its own.
      }
    }
  }

  private boolean isWholeCommand(String line) {
    try {
      List<String> words = ShellLine.words(reader.getParser(), line);
      if (words.size() != 1 || !ShellLine.OWN.contains(words.getFirst())) {
        parser.accept(words);
      }
      return true;
    } catch (ParameterException | SyntaxError e) {
      return false;
    }
  }

  private final class Guard implements MaskingCallback {
    @Override
    public String display(String line) {
      return locked.getAsBoolean() && !beginsWithCommand(line) ? "*".repeat(line.length()) : line;
    }

    @Override
    public String history(String line) {
      return line;
    }
  }
}
