package dev.riskmanager.daemon.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories for the engine's user alone, whatever the umask is. Where the file system
 * has no such permissions (Windows), access is left to its lists.
 */
final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** Creates the directory and its parents where they are missing; then it is 0700. */
  static void directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, attribute(directory, DIRECTORY));
    }
    restrict(directory, DIRECTORY);
  }

  /**
   * Creates an empty file of mode 0600.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  static void create(Path file) throws IOException {
    Files.createFile(file, attribute(file, FILE));
  }

  /** Makes an existing file 0600. */
  static void restrict(Path file) throws IOException {
    restrict(file, FILE);
  }

  private static void restrict(Path path, Set<PosixFilePermission> wanted) throws IOException {
    if (isPosix(path) && !Files.getPosixFilePermissions(path).equals(wanted)) {
      Files.setPosixFilePermissions(path, wanted);
    }
  }

  private static FileAttribute<?>[] attribute(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Forces the bytes of a file to the disk. Never for a file that SQLite has open: see there. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Forces a directory, so that a name created or changed in it outlives a power cut. */
  static void forceDirectory(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return; // Windows cannot open a directory, and makes names durable by itself.
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
