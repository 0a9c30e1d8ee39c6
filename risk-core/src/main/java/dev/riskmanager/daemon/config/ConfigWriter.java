package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.AccountsFile.Credentials;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes a first configuration from the shipped samples, with their comments. */
public final class ConfigWriter {
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final String GENERAL = "general";

  private ConfigWriter() {}

  /**
   * A value to set.
   *
   * @param path keys from the top
   * @param value in the syntax of YAML, on one line
   */
  public record Edit(List<String> path, String value) {
    /**
     * Names the path with dots.
     *
     * @param path e.g. {@code daily_realized_loss.limit}
     */
    public static Edit of(String path, String value) {
      return new Edit(List.of(DOT.split(path)), value);
    }

    /** {@code daily_realized_loss.limit = -250}. */
    @Override
    public String toString() {
      return String.join(".", path) + " = " + value;
    }
  }

  /** Where the venue answers, when it is not the real one. */
  public record Addresses(URI api, URI userHub, URI marketHub) {}

  /**
   * What the user chose.
   *
   * @param accountName empty: the venue's
   * @param credentials to be written into the file; empty: from the environment
   * @param addresses empty: the real venue's
   * @param edits further changes of {@code risk_config.yaml}, after those of the preset
   */
  public record Choices(
      AccountId account,
      Optional<String> accountName,
      Optional<Credentials> credentials,
      Optional<Addresses> addresses,
      Preset preset,
      List<Edit> edits) {}

  /** The texts of the four files by their names, in the order of {@link ShippedConfig#FILES}. */
  public static Map<String, String> render(Choices choices) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(ShippedConfig.ENGINE, engine(choices));
    files.put(ShippedConfig.ACCOUNTS, accounts(choices));
    files.put(ShippedConfig.RISK_CONFIG, riskConfig(choices));
    files.put(ShippedConfig.HOLIDAYS, ShippedConfig.text(ShippedConfig.HOLIDAYS));
    return files;
  }

  /**
   * Writes the files that are not there yet, readable by their owner only; what is there stays.
   *
   * @param home with its directories created
   * @return the files written
   * @throws IOException with the file that could not be written
   */
  public static List<Path> write(HomeDir home, Choices choices) throws IOException {
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> file : render(choices).entrySet()) {
      Path path = home.config().resolve(file.getKey());
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        AtomicFile.write(path, file.getValue());
      } catch (IOException e) {
        throw new IOException(
            "cannot write " + path + "; check its directory and the space left on the disk", e);
      }
      written.add(path);
    }
    return written;
  }

  private static String engine(Choices choices) {
    String text = ShippedConfig.text(ShippedConfig.ENGINE);
    if (choices.addresses().isEmpty()) {
      return text;
    }
    Addresses addresses = choices.addresses().get();
    text = set(text, Edit.of("gateway.api_url", quote(addresses.api())));
    text = set(text, Edit.of("gateway.user_hub_url", quote(addresses.userHub())));
    return set(text, Edit.of("gateway.market_hub_url", quote(addresses.marketHub())));
  }

  private static String accounts(Choices choices) {
    String text = ShippedConfig.text(ShippedConfig.ACCOUNTS);
    if (choices.credentials().isPresent()) {
      Credentials credentials = choices.credentials().get();
      text = set(text, Edit.of("topstepx.username", literal(credentials.username())));
      text = set(text, Edit.of("topstepx.api_key", literal(credentials.apiKey().value())));
    }
    text = set(text, Edit.of("monitored_account.account_id", choices.account().toString()));
    List<String> name = List.of("monitored_account", "account_name");
    return choices.accountName().isPresent()
        ? YamlEdit.set(text, name, literal(choices.accountName().get()))
        : YamlEdit.commentOut(text, name, "not set");
  }

  private static String riskConfig(Choices choices) {
    String text = ShippedConfig.text(ShippedConfig.RISK_CONFIG);
    for (Edit edit : choices.preset().edits()) {
      text = set(text, edit);
    }
    for (Edit edit : choices.edits()) {
      text = set(text, edit);
    }
    return forThisVersion(text);
  }

  /**
   * Rules of the shipped file that this version does not have would be unknown keys. What somebody
   * asked for is not touched: a misspelt rule is to be an error.
   */
  private static String forThisVersion(String text) {
    Settings sections =
        Settings.of(
            "",
            YamlFile.parse(
                    ShippedConfig.RISK_CONFIG,
                    ShippedConfig.text(ShippedConfig.RISK_CONFIG),
                    new Problems())
                .orElseThrow(),
            new Problems());
    String result = text;
    for (String section : sections.names()) {
      boolean known =
          section.equals(GENERAL)
              || RuleCatalog.ids().stream().anyMatch(id -> id.key().equals(section));
      if (!known) {
        result =
            YamlEdit.commentOut(result, List.of(section), "not in this version of the engine:");
      }
    }
    return result;
  }

  private static String set(String text, Edit edit) {
    return YamlEdit.set(text, edit.path(), edit.value());
  }

  private static String quote(URI address) {
    return YamlEdit.quote(address.toString());
  }

  /** A text that must not be taken for a reference to the environment. */
  private static String literal(String text) {
    return YamlEdit.quote(text.replace("${", "$${"));
  }
}
