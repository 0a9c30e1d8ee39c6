package dev.riskmanager.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines off a channel: bytes up to a line feed, at most {@link Protocol#MAX_LINE_BYTES}. It
 * does not decode, because a character may be split between two reads. For one thread.
 */
public final class LineReader {
  private static final int FIRST_BUFFER = 4096;

  private final ReadableByteChannel channel;
  private final GrowthLimit limit;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int start;
  private int end;
  private int scanned;

  /**
   * A reader without any limit but that of a line.
   *
   * @param channel where the bytes come from, blocking
   */
  public LineReader(ReadableByteChannel channel) {
    this(channel, (from, to) -> true);
  }

  /**
   * A reader whose buffer grows only as far as it is allowed to.
   *
   * @param channel where the bytes come from, blocking
   * @param limit asked before the buffer grows, told when it shrinks
   */
  public LineReader(ReadableByteChannel channel, GrowthLimit limit) {
    this.channel = channel;
    this.limit = limit;
  }

  /**
   * The next line, waiting for it.
   *
   * @return its bytes without line feed and a carriage return before it, a copy that belongs to the
   *     caller; null at the end of the stream (bytes after the last line feed are no line)
   * @throws LineTooLongException if the line is longer than allowed; the stream cannot be read on
   * @throws IOException if the channel fails
   */
  public byte @Nullable [] read() throws IOException {
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          return take(i);
        }
      }
      scanned = end;
      // One byte more may be the carriage return of a line that is just short enough.
      if (end - start > Protocol.MAX_LINE_BYTES + 1) {
        throw new LineTooLongException(
            "the line is longer than " + Protocol.MAX_LINE_BYTES + " bytes");
      }
      makeRoom();
      int n = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
      if (n < 0) {
        return null;
      }
      end += n;
    }
  }

  /** Forgets what has been read, also in memory. The reader cannot be used afterwards. */
  public void wipe() {
    Arrays.fill(buffer, (byte) 0);
    limit.grow(buffer.length, 0);
    buffer = new byte[0];
    start = 0;
    end = 0;
  }

  private byte[] take(int lineFeed) throws LineTooLongException {
    int stop = lineFeed > start && buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    if (stop - start > Protocol.MAX_LINE_BYTES) {
      throw new LineTooLongException(
          "the line is longer than " + Protocol.MAX_LINE_BYTES + " bytes");
    }
    byte[] line = Arrays.copyOfRange(buffer, start, stop);
    // A line may hold a password: nothing of it stays behind.
    Arrays.fill(buffer, start, lineFeed + 1, (byte) 0);
    start = lineFeed + 1;
    scanned = start;
    if (start == end && buffer.length > FIRST_BUFFER) {
      limit.grow(buffer.length, FIRST_BUFFER);
      buffer = new byte[FIRST_BUFFER];
      start = 0;
      end = 0;
      scanned = 0;
    }
    return line;
  }

  private void makeRoom() throws LineTooLongException {
    if (end < buffer.length) {
      return;
    }
    byte[] old = buffer;
    if (start == 0) {
      int size = Math.min(old.length * 2, Protocol.MAX_LINE_BYTES + 2);
      if (!limit.grow(old.length, size)) {
        throw new LineTooLongException("too many long lines at once; send shorter ones");
      }
      buffer = new byte[size];
    }
    int length = end - start;
    System.arraycopy(old, start, buffer, 0, length);
    Arrays.fill(old, old == buffer ? length : 0, old.length, (byte) 0);
    scanned -= start;
    start = 0;
    end = length;
  }

  /** Decides how much memory lines under way may take. */
  @FunctionalInterface
  public interface GrowthLimit {
    /**
     * Asks to change the size of a buffer.
     *
     * @param from bytes it has
     * @param to bytes it wants; 0 when it is given up. Shrinking is never refused
     * @return whether it may
     */
    boolean grow(int from, int to);
  }

  /** A line was longer than it may be. */
  public static final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1;

    LineTooLongException(String message) {
      super(message);
    }
  }
}
