package dev.riskmanager.daemon.config;

import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Creates the home directory and refuses one that others could change.
 *
 * <p>Home and {@code run/} are 0750, so that a trader of the same group reaches the view socket;
 * everything else is 0700. Where the file system knows no such permissions (Windows), only
 * existence and access are checked.
 */
public final class HomeCheck {
  private static final String SHARED = "rwxr-x---";
  private static final String PRIVATE = "rwx------";

  private HomeCheck() {}

  /**
   * Creates what is missing of the layout. What exists keeps its content, and its permissions
   * unless they let others in.
   *
   * @throws IOException with one line that says what to do
   */
  public static void create(HomeDir home) throws IOException {
    directory(home.root(), SHARED);
    directory(home.config(), PRIVATE);
    directory(home.data(), PRIVATE);
    directory(home.logs(), PRIVATE);
    directory(home.run(), SHARED);
  }

  /**
   * What keeps an engine from using the home; empty when nothing does. Each line says what to do.
   */
  public static List<String> inspect(HomeDir home) {
    List<String> problems = new ArrayList<>();
    Path root = home.root();
    if (!Files.exists(root)) {
      return List.of("the home " + root + " does not exist; create it with `risk-admin init`");
    }
    if (!Files.isDirectory(root)) {
      return List.of("the home " + root + " is not a directory; give another with --home");
    }
    inspectDirectory(root, true, problems);
    inspectDirectory(home.config(), false, problems);
    inspectDirectory(home.data(), true, problems);
    inspectDirectory(home.logs(), true, problems);
    inspectDirectory(home.run(), true, problems);
    inspectFiles(home.config(), problems);
    return problems;
  }

  private static void directory(Path path, String permissions) throws IOException {
    try {
      if (Files.exists(path)) {
        if (!Files.isDirectory(path)) {
          throw new IOException(path + " is not a directory; move it away or give another --home");
        }
        closeToOthers(path);
        return;
      }
      if (AtomicFile.isPosix(path)) {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(
              parent,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
        }
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(set));
        // The umask may have taken the group's access away.
        Files.setPosixFilePermissions(path, set);
      } else {
        Files.createDirectories(path);
      }
    } catch (AccessDeniedException e) {
      throw new IOException(
          "no permission to create "
              + path
              + "; run as the owner of the home, or give another with --home",
          e);
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot create " + path + ": " + reason(e) + "; give another home with --home", e);
    }
  }

  private static void closeToOthers(Path path) throws IOException {
    if (!AtomicFile.isPosix(path)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    boolean open = permissions.remove(PosixFilePermission.OTHERS_READ);
    open |= permissions.remove(PosixFilePermission.OTHERS_WRITE);
    open |= permissions.remove(PosixFilePermission.OTHERS_EXECUTE);
    if (open) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private static void inspectDirectory(Path path, boolean written, List<String> problems) {
    if (!Files.isDirectory(path)) {
      problems.add(
          Files.exists(path)
              ? path + " is not a directory; move it away and run `risk-admin init`"
              : path + " does not exist; create it with `risk-admin init`");
      return;
    }
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      problems.add("no permission to read " + path + "; run as the owner of the home");
    } else if (written && !Files.isWritable(path)) {
      problems.add(
          isOnReadOnlyDisk(path)
              ? path
                  + " is on a file system that is read-only; the system makes one so when its disk"
                  + " fails: look at its log (dmesg), mend the disk, then mount it for writing"
              : "no permission to write to " + path + "; run as the owner of the home");
    }
    refuseWorldWritable(path, problems);
  }

  private static boolean isOnReadOnlyDisk(Path path) {
    try {
      return Files.getFileStore(path).isReadOnly();
    } catch (IOException e) {
      return false; // Then the permission is the likelier reason.
    }
  }

  private static void inspectFiles(Path config, List<String> problems) {
    if (!Files.isDirectory(config) || !Files.isReadable(config)) {
      return;
    }
    try (Stream<Path> files = Files.list(config)) {
      files.sorted().filter(Files::isRegularFile).forEach(f -> refuseWorldWritable(f, problems));
    } catch (IOException e) {
      problems.add("cannot list " + config + ": " + e.getMessage());
    }
  }

  private static void refuseWorldWritable(Path path, List<String> problems) {
    if (!AtomicFile.isPosix(path)) {
      return;
    }
    try {
      if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
        problems.add(
            path + " can be changed by every user; close it with `chmod o-rwx " + path + "`");
      }
    } catch (IOException e) {
      problems.add("cannot read the permissions of " + path + ": " + e.getMessage());
    }
  }

  private static String reason(FileSystemException e) {
    String reason = e.getReason();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
