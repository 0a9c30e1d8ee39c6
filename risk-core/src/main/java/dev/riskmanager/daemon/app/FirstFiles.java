package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigWriter;
import dev.riskmanager.daemon.config.Preset;
import dev.riskmanager.daemon.config.Secret;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.domain.model.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the files of a new home are written from. */
final class FirstFiles {
  private FirstFiles() {}

  /** A setting, {@code rule.key=value}. */
  static ConfigWriter.Edit edit(String text) throws StartException {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new StartException("a setting is rule.key=value, not " + text);
    }
    return ConfigWriter.Edit.of(text.substring(0, equals), text.substring(equals + 1));
  }

  /** The text of {@code risk_config.yaml}. */
  static String riskConfig(String preset, List<String> edits) throws StartException {
    Setup.Choices choices =
        new Setup.Choices(1, "", "", "", Optional.empty(), preset, List.copyOf(edits));
    return String.valueOf(ConfigWriter.render(choices(choices)).get(ShippedConfig.RISK_CONFIG));
  }

  /** The same choices, read. */
  static ConfigWriter.Choices choices(Setup.Choices choices) throws StartException {
    Preset preset =
        Preset.find(choices.preset())
            .orElseThrow(
                () ->
                    new StartException(
                        "unknown preset "
                            + choices.preset()
                            + "; there are: "
                            + String.join(", ", Preset.keys())));
    List<ConfigWriter.Edit> edits = new ArrayList<>();
    for (String edit : choices.edits()) {
      edits.add(edit(edit));
    }
    return new ConfigWriter.Choices(
        new AccountId(choices.accountId()),
        choices.accountName().isBlank() ? Optional.empty() : Optional.of(choices.accountName()),
        choices.userName().isBlank()
            ? Optional.empty()
            : Optional.of(
                new AccountsFile.Credentials(choices.userName(), new Secret(choices.apiKey()))),
        choices
            .venue()
            .map(
                base ->
                    new ConfigWriter.Addresses(
                        base, base.resolve("/hubs/user"), base.resolve("/hubs/market"))),
        preset,
        edits);
  }
}
