package dev.riskmanager.daemon.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How fast a disk takes what must not be lost. */
final class DiskProbe {
  private static final int WRITES = 20;
  private static final int BYTES = 4_096;

  /** Enforcement does not wait longer for the disk: rules.md, 2. */
  private static final Duration SLOW_DISK = Duration.ofMillis(250);

  private DiskProbe() {}

  /** On the database's disk, as the database does it. */
  static String run(Path directory) throws Probing.Finding {
    Path file = directory.resolve("doctor.probe");
    long slowest = 0;
    long total = 0;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      for (int i = 0; i < WRITES; i++) {
        long began = System.nanoTime();
        channel.write(ByteBuffer.allocate(BYTES));
        channel.force(false);
        long took = System.nanoTime() - began;
        slowest = Math.max(slowest, took);
        total += took;
      }
    } catch (IOException e) {
      throw new Probing.Finding(
          directory + " takes no writes: " + e.getMessage(), "look at the disk and its owner");
    }
    String text =
        WRITES
            + " writes, "
            + total / WRITES / 1_000
            + " µs each, the slowest "
            + slowest / 1_000
            + " µs";
    if (slowest > SLOW_DISK.toNanos()) {
      throw new Probing.Finding(text, "use a faster disk, or one that is less busy");
    }
    return text;
  }
}
