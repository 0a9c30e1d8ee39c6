package dev.riskmanager.bench;

import dev.riskmanager.screens.Tmux;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.TimeoutException;

/**
 * A terminal whose output is read as it arrives: tmux passes on what the program writes to its
 * pseudo-terminal, and each piece gets the time at which it was read here.
 */
final class Pane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Piece(String text, long nanos, Instant at) {}

  private final Path directory;
  private final Tmux tmux;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private String before = "";

  /** When a text was there. */
  record Seen(long nanos, Instant at) {}

  Pane(int columns, int rows) throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bp");
    tmux = new Tmux(directory.resolve("s"), columns, rows, "sleep 1d");
    tmux.keep();
    Path pipe = directory.resolve("out");
    try {
      new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    Thread.ofPlatform().daemon().name("pane").start(() -> read(pipe));
    tmux.pipe("cat > " + pipe);
  }

  private void read(Path pipe) {
    try (InputStream in = new FileInputStream(pipe.toFile())) {
      byte[] bytes = new byte[1 << 16];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        long nanos = System.nanoTime();
        Instant at = Instant.now();
        synchronized (pieces) {
          pieces.add(new Piece(new String(bytes, 0, n, StandardCharsets.ISO_8859_1), nanos, at));
          pieces.notifyAll();
        }
      }
    } catch (IOException e) {
      // The terminal is closed.
    }
  }

  /** Starts a program in place of the one before; what that one wrote is forgotten. */
  long start(String command) throws IOException {
    forget();
    long now = System.nanoTime();
    tmux.respawn(command);
    return now;
  }

  /** Waits only for what comes from now on. */
  void forget() {
    synchronized (pieces) {
      pieces.clear();
      before = "";
    }
  }

  /** When this text, in ASCII, had arrived. */
  Seen await(String text) throws TimeoutException, InterruptedException, IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (pieces) {
      while (System.nanoTime() < deadline) {
        Piece piece = pieces.poll();
        if (piece == null) {
          pieces.wait(100);
          continue;
        }
        before += piece.text();
        if (before.contains(text)) {
          return new Seen(piece.nanos(), piece.at());
        }
      }
    }
    throw new TimeoutException("never seen: " + text + "; on the screen is\n" + tmux.text());
  }

  /** The process in the terminal. */
  long pid() throws IOException {
    return tmux.pid();
  }

  @Override
  public void close() throws IOException {
    tmux.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
