package dev.riskmanager.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Why the last start of the engine was refused: a small file beside its sockets, which those find
 * who ask for the engine in vain. There is none while it runs, nor after it was stopped.
 *
 * @param at when it was refused
 * @param why one line, which holds no secret
 */
public record RefusedStart(Instant at, String why) {
  private static final String FILE = "refused";
  private static final int MOST_BYTES = 2_000;

  public RefusedStart {
    why = why.replaceAll("\\s+", " ").strip();
  }

  /**
   * Reads what is left of the last start.
   *
   * @param run the directory of the sockets
   * @return empty when there is nothing that can be read
   */
  public static Optional<RefusedStart> read(Path run) {
    try (InputStream in = Files.newInputStream(run.resolve(FILE))) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      int line = text.indexOf('\n');
      return line < 0
          ? Optional.empty()
          : Optional.of(
              new RefusedStart(Instant.parse(text.substring(0, line)), text.substring(line + 1)));
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Leaves it for others.
   *
   * @param run the directory of the sockets
   * @throws IOException when that disk does not take it either
   */
  public void write(Path run) throws IOException {
    Path file = run.resolve(FILE);
    Files.writeString(file, at + "\n" + why + "\n");
    try {
      // The trader is another user, and may know.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions: access is ruled by other means there.
      return;
    }
  }

  /**
   * The engine runs: nothing is left of the last start.
   *
   * @param run the directory of the sockets
   */
  public static void clear(Path run) throws IOException {
    Files.deleteIfExists(run.resolve(FILE));
  }
}
