package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.wire.ConfigReport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** Checks the files of a directory without an engine, a password or the venue. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /**
   * Reads the four files as the engine would. Credentials are not resolved: they may come from the
   * environment of the service.
   *
   * @param directory the directory of the files
   * @param environment what <code>${NAME}</code> is replaced from
   */
  public static ConfigReport validate(Path directory, Map<String, String> environment) {
    Configuration found =
        Configuration.read(
            directory,
            environment,
            AccountsFile.CredentialsUse.SKIP,
            LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC));
    return ConfigViews.problems(found.problems());
  }
}
