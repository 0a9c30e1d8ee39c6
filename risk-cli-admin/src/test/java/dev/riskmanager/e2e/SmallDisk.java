package dev.riskmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file system of four megabytes in place of a home's data directory, so that a disk can be full
 * or read-only. Needs the right to mount; a test is skipped, and says so, where there is none.
 */
final class SmallDisk implements AutoCloseable {
  private final Path at;

  private SmallDisk(Path at) {
    this.at = at;
  }

  /** Below the data of the stage's home, which keeps its password. */
  static SmallDisk below(Stage stage) throws IOException, InterruptedException {
    Path data = stage.home().data();
    byte[] secret = Files.readAllBytes(stage.home().adminSecret());
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", data.toString()),
        "skipped: no right to mount a file system here");
    SmallDisk disk = new SmallDisk(data);
    Files.write(stage.home().adminSecret(), secret);
    return disk;
  }

  Path at() {
    return at;
  }

  /**
   * Leaves no byte free.
   *
   * @return the file that takes the room; there is room again when it is deleted
   */
  Path fill() throws IOException {
    Path filler = at.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] zeros = new byte[1024];
      while (true) {
        out.write(zeros);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return filler;
  }

  void readOnly(boolean yes) throws InterruptedException {
    assertThat(run("mount", "-o", "remount," + (yes ? "ro" : "rw"), at.toString())).isTrue();
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  @Override
  public void close() throws InterruptedException {
    run("umount", at.toString());
  }
}
