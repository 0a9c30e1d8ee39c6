package dev.riskmanager.admin.service;

import dev.riskmanager.admin.session.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of the service on a system.
 *
 * @param root the system's root directory; another one for packaging and tests
 */
public record ServiceFiles(Path root) {
  private static final int LONGEST_NAME = 32;

  /** The unit. */
  public Path unit() {
    return root.resolve("etc/systemd/system").resolve(SystemdUnit.NAME);
  }

  /** Where programs find the home. */
  public Path homeFile() {
    return root.resolve("etc/risk-manager/home");
  }

  /** Lets the service's user keep the machine awake. */
  public Path sleepRule() {
    return root.resolve("etc/polkit-1/rules.d/50-risk-manager.rules");
  }

  /** Whether this is the system that runs, and not a tree of files. */
  public boolean isLive() {
    return root.equals(Path.of("/"));
  }

  /** Whether a service for this home is installed. */
  public boolean serves(Path home) {
    try {
      return Files.isRegularFile(unit())
          && Files.isRegularFile(homeFile())
          && Files.readString(homeFile()).strip().equals(home.toString());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes them.
   *
   * @return the files written
   */
  public List<Path> write(SystemdUnit unit) throws CommandException {
    List<Path> written = new ArrayList<>();
    written.add(file(unit(), unit.text()));
    written.add(file(homeFile(), unit.home() + "\n"));
    written.add(file(sleepRule(), sleepRule(unit.user())));
    return written;
  }

  /**
   * Removes them.
   *
   * @return the files removed
   */
  public List<Path> remove() throws CommandException {
    List<Path> removed = new ArrayList<>();
    for (Path file : List.of(unit(), homeFile(), sleepRule())) {
      try {
        if (Files.deleteIfExists(file)) {
          removed.add(file);
        }
      } catch (IOException e) {
        throw new CommandException("cannot remove " + file + ": " + e.getMessage());
      }
    }
    return removed;
  }

  /** A name that useradd(8) takes: it becomes part of files. */
  static boolean isUserName(String name) {
    return name.matches("[a-z_][a-z0-9_-]*") && name.length() <= LONGEST_NAME;
  }

  private static String sleepRule(String user) {
    return """
    // Written by `risk-admin engine install`: the engine keeps the machine awake while positions are open.
    polkit.addRule(function (action, subject) {
      if (subject.user == "%s" &&
          (action.id == "org.freedesktop.login1.inhibit-block-sleep" ||
           action.id == "org.freedesktop.login1.inhibit-handle-lid-switch")) {
        return polkit.Result.YES;
      }
    });
    """
        .formatted(user);
  }

  private static Path file(Path file, String text) throws CommandException {
    try {
      Files.createDirectories(file.getParent());
      if (Files.isSymbolicLink(file)) {
        throw new CommandException(
            file + " is a link to " + Files.readSymbolicLink(file) + "; remove it first");
      }
      Path fresh = Files.createTempFile(file.getParent(), ".risk-manager", ".new");
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } catch (IOException e) {
      throw new CommandException(
          "cannot write "
              + file
              + (Files.isWritable(existing(file)) ? ": " + e.getMessage() : "; run it with sudo"));
    }
  }

  private static Path existing(Path file) {
    Path at = file;
    while (at.getParent() != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      at = at.getParent();
    }
    return at;
  }
}
