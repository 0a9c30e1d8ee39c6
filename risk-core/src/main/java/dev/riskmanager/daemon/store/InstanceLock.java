package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One engine for one home: held from before the database is opened until the process ends. The
 * system releases it with the process, however that ends, so there is never a stale one.
 */
public final class InstanceLock implements AutoCloseable {
  private static final String NAME = "engine.lock";

  // Behind every byte of the text, so that others can read the pid where locks are mandatory.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  // POSIX drops a process's locks on a file when it closes *any* descriptor of that file. A second
  // attempt in this process must therefore fail before it opens the file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private InstanceLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock of a home.
   *
   * @param run its {@code run} directory, which exists
   * @throws StoreException when another engine has it, naming its pid, or the file cannot be
   *     written
   */
  public static InstanceLock acquire(Path run) throws StoreException {
    Path file = run.resolve(NAME);
    try {
      if (Files.notExists(file)) {
        createIfMissing(file);
      }
      Path key = file.toRealPath();
      if (!HELD.add(key)) {
        throw taken("pid " + ProcessHandle.current().pid());
      }
      boolean locked = false;
      try {
        FileChannel channel = lock(file);
        locked = true;
        return new InstanceLock(key, channel);
      } finally {
        if (!locked) {
          HELD.remove(key);
        }
      }
    } catch (IOException e) {
      throw StoreErrors.of(file, "locked", e);
    }
  }

  private static void createIfMissing(Path file) throws IOException {
    try {
      PrivateFiles.create(file);
    } catch (FileAlreadyExistsException _) {
      // Another engine starts at the same time; who gets the lock is decided below.
    }
  }

  private static FileChannel lock(Path file) throws IOException, StoreException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw taken(holder(file));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)),
          0);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** Who holds it. Reads the file, so never called while this process has the lock. */
  private static String holder(Path file) {
    try {
      return "pid " + Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException _) {
      return "its pid could not be read from " + file;
    }
  }

  private static StoreException taken(String who) {
    return new StoreException(
        "another engine ("
            + who
            + ") already runs for this home. Stop it with `risk-admin engine stop`, or give this"
            + " one another --home");
  }

  /** Releases it; harmless when repeated. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException _) {
      // The descriptor is gone in any case, and with it the lock.
    }
    HELD.remove(key);
  }
}
