package dev.riskmanager.trader.app;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written: a {@link java.io.PrintStream} only
 * remembers that it could not.
 */
final class Output extends FilterOutputStream {
  private final Path descriptor;
  private volatile @Nullable IOException failure;

  Output(OutputStream out) {
    this(out, Path.of("/proc/self/fd/1"));
  }

  /**
   * Output.
   *
   * @param descriptor a symbolic link that tells what it leads to, where the system has one
   */
  Output(OutputStream out, Path descriptor) {
    super(out);
    this.descriptor = descriptor;
  }

  /**
   * Why what was printed has not arrived.
   *
   * @return one line; null when it has, or when its reader has had enough, as {@code head} has
   */
  @Nullable String lost() {
    IOException why = failure;
    return why == null || readerIsGone(why)
        ? null
        : "the output could not be written: " + why.getMessage();
  }

  /** What a system calls a broken pipe depends on its language. */
  private boolean readerIsGone(IOException why) {
    try {
      if (Files.isSymbolicLink(descriptor)) {
        String target = Files.readSymbolicLink(descriptor).toString();
        return target.startsWith("pipe:") || target.startsWith("socket:");
      }
    } catch (IOException e) {
      // Then its message has to do.
    }
    return String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
