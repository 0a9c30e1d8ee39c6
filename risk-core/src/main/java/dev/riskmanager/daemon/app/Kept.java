package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.daemon.config.ConfigWriter;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.config.YamlEdit;
import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a home says that is there already, against what a further {@code init} asks for: its files
 * stay as they are, so whoever asked for something else must hear that he did not get it.
 */
public final class Kept {
  private static final String STAYS = " is there already and stays; change it with ";

  private final HomeDir home;
  private final Asked asked;
  private final Configuration there;
  private final List<String> lines = new ArrayList<>();

  /**
   * What was asked for; empty where nothing was.
   *
   * @param accounts numbers
   * @param edits settings of {@code risk_config.yaml}, {@code rule.key=value}
   */
  public record Asked(
      List<Long> accounts,
      Optional<String> name,
      Optional<String> userName,
      Optional<String> apiKey,
      Optional<URI> venue,
      Optional<String> preset,
      List<String> edits) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Asked[" + accounts + ", " + preset + "]";
    }
  }

  private Kept(HomeDir home, Asked asked, Map<String, String> environment) {
    this.home = home;
    this.asked = asked;
    this.there =
        Configuration.read(
            home.config(),
            environment,
            AccountsFile.CredentialsUse.RESOLVE,
            LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC));
  }

  /**
   * A line for each thing that was asked for and is otherwise in a file that stays, with what
   * changes it; none for what the file says already.
   *
   * @param environment what <code>${NAME}</code> is replaced from
   * @throws StartException when a file cannot be read, or a setting is none
   */
  public static List<String> instead(HomeDir home, Asked asked, Map<String, String> environment)
      throws StartException {
    Kept kept = new Kept(home, asked, environment);
    if (Files.exists(home.accountsYaml())) {
      kept.accounts();
      kept.credentials();
    }
    if (Files.exists(home.engineYaml())) {
      kept.venue();
    }
    if (Files.exists(home.riskConfigYaml())) {
      kept.rules();
    }
    return List.copyOf(kept.lines);
  }

  private void accounts() {
    List<AccountsFile.MonitoredAccount> accounts = there.files().accounts().accounts();
    for (long id : asked.accounts()) {
      if (accounts.stream().noneMatch(one -> one.id().value() == id)) {
        line("--account " + id, ShippedConfig.ACCOUNTS, "`risk-admin accounts add " + id + "`");
      }
    }
    asked
        .name()
        .filter(name -> accounts.stream().noneMatch(one -> one.name().equals(Optional.of(name))))
        .ifPresent(name -> line("--name " + name, ShippedConfig.ACCOUNTS, edit("accounts.yaml")));
  }

  private void credentials() {
    Optional<AccountsFile.Credentials> used = there.files().accounts().credentials();
    boolean user =
        asked.userName().isPresent()
            && !asked.userName().equals(used.map(AccountsFile.Credentials::username));
    boolean key =
        asked.apiKey().isPresent()
            && !asked.apiKey().equals(used.map(found -> found.apiKey().value()));
    if (user || key) {
      line(
          user ? "another user name" : "another API key",
          ShippedConfig.ACCOUNTS,
          edit("accounts.yaml"));
    }
  }

  private void venue() {
    URI used = there.files().engine().gateway().apiUrl();
    asked
        .venue()
        .filter(url -> !bare(url).equals(bare(used)))
        .ifPresent(url -> line("--url " + url, ShippedConfig.ENGINE, edit("engine.yaml")));
  }

  private static String bare(URI address) {
    return address.toString().replaceAll("/+$", "");
  }

  private void rules() throws StartException {
    String text;
    try {
      text = Files.readString(home.riskConfigYaml(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StartException("cannot read " + home.riskConfigYaml() + ": " + e.getMessage());
    }
    String now = values(text);
    if (asked.preset().isPresent()) {
      String wanted = FirstFiles.riskConfig(asked.preset().get(), asked.edits());
      if (values(wanted).equals(now)) {
        return;
      }
      line(
          "--preset " + asked.preset().get(),
          ShippedConfig.RISK_CONFIG,
          "`risk-admin rules set` or " + edit("risk_config.yaml"));
    }
    for (String edit : asked.edits()) {
      ConfigWriter.Edit one = FirstFiles.edit(edit);
      String changed;
      try {
        changed = YamlEdit.set(text, one.path(), one.value());
      } catch (IllegalArgumentException e) {
        throw new StartException("--set " + edit + ": " + e.getMessage());
      }
      if (!values(changed).equals(now)) {
        line("--set " + edit, ShippedConfig.RISK_CONFIG, ruleSet(one));
      }
    }
  }

  private static String values(String text) {
    return YamlFile.parse(ShippedConfig.RISK_CONFIG, text, new Problems())
        .map(ConfigText::block)
        .orElse(text);
  }

  private static String ruleSet(ConfigWriter.Edit edit) {
    if (edit.path().size() < 2) {
      return edit("risk_config.yaml");
    }
    String key = String.join(".", edit.path().subList(1, edit.path().size()));
    return "`risk-admin rules set " + edit.path().get(0) + " " + key + " " + edit.value() + "`";
  }

  private static String edit(String file) {
    return "`risk-admin config edit " + file + "`";
  }

  private void line(String option, String file, String remedy) {
    Path path = home.config().resolve(file);
    lines.add(option + " was passed over: " + path + STAYS + remedy);
  }
}
