package dev.riskmanager.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file or of standard input, one at a time, gzip unpacked: however long it is, one
 * line is in memory.
 */
final class EventLines implements Closeable {
  /** Nobody's snapshot is near it; a file without line ends must not fill the memory. */
  private static final int LONGEST = 64 << 20;

  private static final int GZIP_1 = 0x1f;
  private static final int GZIP_2 = 0x8b;
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private byte[] line = new byte[BUFFER];
  private long number;

  private EventLines(InputStream in) {
    this.in = in;
  }

  /** Opens a file. */
  static EventLines of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory; name a file in it");
    }
    return of(Files.newInputStream(file));
  }

  /** Reads a stream, which is closed with this. */
  static EventLines of(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean packed = in.read() == GZIP_1 && in.read() == GZIP_2;
    in.reset();
    return new EventLines(
        packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in);
  }

  /** The number of the line last read, from 1. */
  long number() {
    return number;
  }

  /**
   * The next line without its end; null after the last.
   *
   * @throws IOException when it cannot be read, or is too long to be one
   */
  @Nullable String next() throws IOException {
    int length = 0;
    int c = in.read();
    if (c < 0) {
      return null;
    }
    number++;
    while (c >= 0 && c != '\n') {
      if (length == line.length) {
        if (length >= LONGEST) {
          throw new IOException(
              "line " + number + " is longer than " + (LONGEST >> 20) + " MiB; is it a recording?");
        }
        line = Arrays.copyOf(line, length * 2);
      }
      line[length++] = (byte) c;
      c = in.read();
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
