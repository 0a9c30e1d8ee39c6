package dev.riskmanager.trader.term;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.terminal.Terminal;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Key;
import dev.riskmanager.trader.view.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The screen and its keys. Drawing and closing may happen on different threads; nothing is drawn
 * after the end.
 */
public final class Display implements AutoCloseable {
  private final Terminal terminal;
  private final Painter painter;
  private volatile boolean closed;

  /** What the display tells, on threads of its own. */
  public interface Listener {
    /** A key was pressed. */
    void pressed(Key key);

    /** The terminal has another size. */
    void resized();

    /** No more keys can be read. */
    void failed(IOException why);
  }

  private Display(Terminal terminal, ColorDepth depth) {
    this.terminal = terminal;
    this.painter = new Painter(terminal, depth);
  }

  /**
   * Takes the terminal of this process.
   *
   * @param depth the colours it shows
   * @return the display; close it, whatever happens
   * @throws IOException with one line for the user, if there is none
   */
  public static Display open(ColorDepth depth) throws IOException {
    return on(TtyTerminal.open(), depth);
  }

  /**
   * A display that shows nothing, through the code of a real one.
   *
   * @param depth the colours it would show
   * @param keys what is pressed, as a terminal sends it
   * @return the display
   * @throws IOException if no process can be started
   */
  public static Display rehearsal(ColorDepth depth, InputStream keys) throws IOException {
    return on(TtyTerminal.to(OutputStream.nullOutputStream(), keys), depth);
  }

  /**
   * The width of the terminal of this process.
   *
   * @return its columns, empty when there is none or it does not tell
   */
  public static OptionalInt columnsOfTerminal() {
    try {
      TerminalSize size = Stty.size();
      return size == null ? OptionalInt.empty() : OptionalInt.of(size.getColumns());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Takes any terminal.
   *
   * @param terminal the terminal; closed with the display
   * @param depth the colours it shows
   * @return the display
   * @throws IOException if it does not take what is drawn
   */
  static Display on(Terminal terminal, ColorDepth depth) throws IOException {
    try {
      terminal.enterPrivateMode();
      terminal.setCursorVisible(false);
    } catch (IOException | RuntimeException e) {
      terminal.close();
      throw e;
    }
    return new Display(terminal, depth);
  }

  /**
   * How many columns and rows it has.
   *
   * @return the size
   */
  public Size size() throws IOException {
    TerminalSize size = terminal.getTerminalSize();
    return new Size(size.getColumns(), size.getRows());
  }

  /** A size. */
  public record Size(int columns, int rows) {}

  /**
   * Listens to keys and changes of the size from now on.
   *
   * @param listener who is told
   */
  public void listen(Listener listener) {
    terminal.addResizeListener((changed, size) -> listener.resized());
    Thread.ofPlatform().daemon().name("keys").start(() -> readKeys(listener));
  }

  private void readKeys(Listener listener) {
    try {
      while (!closed) {
        Key key = key(terminal.readInput());
        if (key != null) {
          listener.pressed(key);
          if (key.kind() == Key.Kind.END_OF_INPUT) {
            return;
          }
        }
      }
    } catch (IOException e) {
      if (!closed) {
        listener.failed(e);
      }
    } catch (RuntimeException e) {
      // Without keys there would be no way out.
      if (!closed) {
        listener.failed(new IOException("the keys cannot be read: " + e, e));
      }
    }
  }

  /**
   * Draws what has changed.
   *
   * @param lines the whole picture
   * @return how many cells were written
   */
  public int draw(List<Line> lines) throws IOException {
    synchronized (painter) {
      return closed ? 0 : painter.draw(lines);
    }
  }

  /** The next picture is drawn whole. */
  public void forget() {
    synchronized (painter) {
      painter.forget();
    }
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() throws IOException {
    synchronized (painter) {
      if (closed) {
        return;
      }
      closed = true;
    }
    terminal.close();
  }

  private static @Nullable Key key(@Nullable KeyStroke stroke) {
    if (stroke == null) {
      return Key.of(Key.Kind.END_OF_INPUT);
    }
    Character character = stroke.getCharacter();
    return switch (stroke.getKeyType()) {
      case Character -> {
        if (character == null) {
          yield null;
        }
        if (stroke.isCtrlDown()) {
          yield switch (character) {
            case 'c', 'd' -> Key.of(Key.Kind.INTERRUPT);
            case 'l' -> Key.of(Key.Kind.REDRAW);
            default -> null;
          };
        }
        yield stroke.isAltDown() ? null : Key.of((char) character);
      }
      case Enter -> Key.of(Key.Kind.ENTER);
      case Escape -> Key.of(Key.Kind.ESCAPE);
      case Backspace, Delete -> Key.of(Key.Kind.BACKSPACE);
      case Tab -> Key.of(Key.Kind.TAB);
      case ReverseTab -> Key.of(Key.Kind.BACK_TAB);
      case ArrowLeft -> Key.of(Key.Kind.LEFT);
      case ArrowRight -> Key.of(Key.Kind.RIGHT);
      case ArrowUp -> Key.of(Key.Kind.UP);
      case ArrowDown -> Key.of(Key.Kind.DOWN);
      case PageUp -> Key.of(Key.Kind.PAGE_UP);
      case PageDown -> Key.of(Key.Kind.PAGE_DOWN);
      case Home -> Key.of(Key.Kind.HOME);
      case End -> Key.of(Key.Kind.END);
      case EOF -> Key.of(Key.Kind.END_OF_INPUT);
      default -> null;
    };
  }
}
