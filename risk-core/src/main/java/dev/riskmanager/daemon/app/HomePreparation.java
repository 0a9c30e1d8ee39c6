package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.HomeCheck;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.Files;
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
}
