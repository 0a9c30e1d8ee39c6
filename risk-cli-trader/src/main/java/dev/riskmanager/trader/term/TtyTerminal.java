package dev.riskmanager.trader.term;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * The terminal of this process as Lanterna sees it. Lanterna's own for Unix calls {@code stty} six
 * times at start, asks the terminal for its size through the keyboard, and leaves Ctrl-C changed;
 * this one does not.
 *
 * <p>Whatever ends the process (but SIGKILL), the terminal gets its settings back: {@link #close}
 * is also a shutdown hook.
 */
final class TtyTerminal extends ANSITerminal implements Whole {
  /** Synchronized output, a private mode of many terminals; the others pass over it. */
  private static final byte[] BEGIN = "\033[?2026h".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] END = "\033[?2026l".getBytes(StandardCharsets.US_ASCII);

  private final Stty.Saved saved;
  private final AtomicBoolean restored = new AtomicBoolean();
  private final Thread hook = new Thread(this::restore, "restore-terminal");
  private final Object resizing = new Object();
  private volatile TerminalSize size;

  private TtyTerminal(Stty.Saved saved, InputStream in, OutputStream out) {
    super(in, new BufferedOutputStream(out, 1 << 16), StandardCharsets.UTF_8);
    this.saved = saved;
    this.size = saved.size();
  }

  /** A terminal without settings; what it is to show goes there. */
  static TtyTerminal to(OutputStream out, InputStream keys) throws IOException {
    Stty.rehearse();
    TtyTerminal terminal =
        new TtyTerminal(new Stty.Saved("", new TerminalSize(120, 40)), keys, out);
    // There are no settings to set back.
    terminal.restored.set(true);
    terminal.heedSize();
    return terminal;
  }

  /** Takes the terminal. */
  static TtyTerminal open() throws IOException {
    Stty.Saved saved = Stty.raw();
    TtyTerminal terminal;
    try {
      terminal =
          new TtyTerminal(
              saved, new FileInputStream("/dev/tty"), new FileOutputStream(FileDescriptor.out));
      Runtime.getRuntime().addShutdownHook(terminal.hook);
    } catch (IOException | RuntimeException e) {
      Stty.restore(saved);
      throw e;
    }
    terminal.heedSize();
    return terminal;
  }

  private void heedSize() {
    Signal.handle(new Signal("WINCH"), signal -> resized());
  }

  /** Each signal has a thread of its own: one that is late must not put back the size before. */
  private void resized() {
    synchronized (resizing) {
      try {
        TerminalSize now = Stty.size();
        if (now != null && !restored.get()) {
          size = now;
          onResized(now);
        }
      } catch (IOException e) {
        // The old size stays; the next signal tries again.
      }
    }
  }

  @Override
  protected TerminalSize findTerminalSize() {
    return size;
  }

  @Override
  public void begin() throws IOException {
    writeToTerminal(BEGIN);
  }

  @Override
  public void end() throws IOException {
    writeToTerminal(END);
  }

  /** Lanterna writes one half of a character at a time where it has two, and so neither. */
  @Override
  public void putString(String string) throws IOException {
    writeToTerminal(string.getBytes(StandardCharsets.UTF_8));
  }

  private void restore() {
    if (!restored.compareAndSet(false, true)) {
      return;
    }
    try {
      // Some multiplexers keep a picture that was resized; an empty one does no harm.
      resetColorAndSGR();
      clearScreen();
      exitPrivateMode();
    } catch (IOException | IllegalStateException e) {
      // The terminal may be gone, or never showed anything; its settings may still need to be set
      // back.
    }
    try {
      Stty.restore(saved);
    } catch (IOException e) {
      // Nobody is left to tell.
    }
  }

  @Override
  public void close() throws IOException {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Shutting down already.
    }
    super.close();
  }
}
