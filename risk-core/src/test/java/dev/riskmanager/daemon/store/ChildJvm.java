package dev.riskmanager.daemon.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link StoreChild} as a process of its own, which can be killed as kill -9 does. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it with a mode and a directory. */
  static ChildJvm start(String mode, Path directory) throws IOException {
    return new ChildJvm(
        new ProcessBuilder(command(mode, directory)).redirectErrorStream(true).start());
  }

  private static List<String> command(String mode, Path directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        StoreChild.class.getName(),
        mode,
        directory.toString());
  }

  /** From now on it cannot write a file beyond that many bytes; the JVM ignores the signal. */
  void limitFiles(long bytes) throws IOException, InterruptedException {
    prlimit(bytes + ":unlimited");
  }

  void liftFileLimit() throws IOException, InterruptedException {
    prlimit("unlimited");
  }

  private void prlimit(String size) throws IOException, InterruptedException {
    Process change =
        new ProcessBuilder("prlimit", "--fsize=" + size, "--pid", Long.toString(pid()))
            .redirectErrorStream(true)
            .start();
    String said = new String(change.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (change.waitFor() != 0) {
      throw new IOException("prlimit failed: " + said);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * The next line that begins with that word, without it.
   *
   * @throws IOException when the output ends before; it holds the output
   */
  String await(String word) throws IOException {
    StringBuilder others = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length()).strip();
      }
      others.append(line).append('\n');
    }
    throw new IOException("the child ended without " + word + ":\n" + others);
  }

  /** Lets it go on where it waits. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Kills it (SIGKILL) and returns all it still had printed. */
  List<String> kill() throws IOException, InterruptedException {
    // Not Process.destroyForcibly: that would also close the output that is still to be read.
    process.toHandle().destroyForcibly();
    process.waitFor();
    List<String> rest = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      rest.add(line);
    }
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
