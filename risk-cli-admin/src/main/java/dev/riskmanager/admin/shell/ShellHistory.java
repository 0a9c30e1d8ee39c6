package dev.riskmanager.admin.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jline.reader.impl.history.DefaultHistory;

/** The lines typed before, in a file of the admin's own; without those that may hold a secret. */
final class ShellHistory extends DefaultHistory {
  private volatile Predicate<String> kept = line -> true;

  /** Lines that do not fulfil this are not kept from now on. */
  void keepOnly(Predicate<String> condition) {
    kept = condition;
  }

  /**
   * Where it is kept: {@code $XDG_STATE_HOME/risk-manager/admin_history}, else below {@code
   * ~/.local/state}.
   */
  static Path file(Map<String, String> environment, Path userHome) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        !state.isBlank() && Path.of(state).isAbsolute()
            ? Path.of(state)
            : userHome.resolve(".local").resolve("state");
    return base.resolve("risk-manager").resolve("admin_history");
  }

  /** Makes the file, readable by its owner only, before anything is written to it. */
  static void prepare(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      if (posix) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      if (posix) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      if (posix) {
        Files.setPosixFilePermissions(file, ownerOnly);
      }
    }
  }

  @Override
  public void add(Instant time, String line) {
    if (kept.test(line) && !SecretWords.isIn(line)) {
      super.add(time, line);
    }
  }
}
