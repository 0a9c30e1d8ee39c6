package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.HomeCheck;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** The home's directories, with their permissions, before anything is written into them. */
final class HomePreparation {
  private HomePreparation() {}

  /**
   * Checks the home and creates what a restart may have lost, such as {@code run/}.
   *
   * @throws StartException with a line for each thing that is wrong
   */
  static void prepare(HomeDir home) throws StartException {
    refuseWorldWritable(home.root());
    refuseWorldWritable(home.config());
    if (Files.isDirectory(home.config())) {
      try {
        HomeCheck.create(home);
      } catch (IOException e) {
        throw new StartException(String.valueOf(e.getMessage()));
      }
    }
    List<String> problems = HomeCheck.inspect(home);
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
  }

  /** Others may have changed what is in there: closing it now would not undo that. */
  private static void refuseWorldWritable(Path directory) throws StartException {
    try {
      if (Files.isDirectory(directory)
          && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new StartException(
            directory
                + " can be written by everybody; look what is in it, then: chmod o-w "
                + directory);
      }
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions: access is ruled by other means there.
      return;
    } catch (IOException e) {
      throw new StartException(
          "the permissions of " + directory + " cannot be read: " + e.getMessage());
    }
  }

  /** Whether an older version, which kept no chain of audit records, has run here. */
  static boolean hasRun(HomeDir home) {
    return Files.exists(trace(home));
  }

  private static Path trace(HomeDir home) {
    return home.logs().resolve("database-created");
  }
}
