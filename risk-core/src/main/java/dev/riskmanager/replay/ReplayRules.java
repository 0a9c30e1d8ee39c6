package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.daemon.config.ConfigFiles;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The rules of a directory: {@code risk_config.yaml} must be there; {@code accounts.yaml} gives the
 * accounts and their overrides when it is, and its credentials are not looked at.
 */
final class ReplayRules {
  private ReplayRules() {}

  static Rules read(Path directory, Map<String, String> environment, Problems problems) {
    ConfigNode tree = ConfigFiles.riskConfig(directory, environment, problems);
    Holidays holidays = ConfigFiles.holidays(directory, environment, problems);
    Path file = directory.resolve(ShippedConfig.ACCOUNTS);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Rules(tree, List.of(), true, holidays);
    }
    List<MonitoredAccount> accounts =
        YamlFile.read(file, problems)
            .map(read -> AccountsFile.read(read, environment, CredentialsUse.SKIP, problems))
            .map(AccountsFile::accounts)
            .orElse(List.of());
    return new Rules(tree, accounts, false, holidays);
  }
}
