package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOPSTEPX_USERNAME", "ada", "TOPSTEPX_API_KEY", "0123456789abcdef", "LIMIT", "-123");

  @TempDir Path dir = Path.of("unset");
  private final Problems problems = new Problems();

  @Test
  void mistakesOfAllFilesAreListedTogetherFileByFileAndLineByLine() throws IOException {
    write("engine.yaml", "gateway: {read_timeout: never}\n");
    write(
        "accounts.yaml",
        "topstepx: {username: a, api_key: b}\nmonitored_account: {account_id: x}\n");
    write("risk_config.yaml", "a: 1\nmax_contracts: {limit: -1}\n");
    write("holidays.yaml", "holidays: [\n");

    RuleCatalog.read(load(CredentialsUse.RESOLVE).riskConfig(), Holidays.NONE, problems);

    assertThat(problems.errors())
        .extracting(p -> p.place().toString() + " " + p.path())
        .containsExactly(
            "engine.yaml:1:25 gateway.read_timeout",
            "accounts.yaml:2:33 monitored_account.account_id",
            "holidays.yaml:2:1 ",
            "risk_config.yaml:1:1 a",
            "risk_config.yaml:2:24 max_contracts.limit");
  }

  @Test
  void aMissingFileIsAnErrorButForTheOneThatIsAllOptional() {
    ConfigFiles files = load(CredentialsUse.RESOLVE);

    assertThat(problems.errors())
        .extracting(p -> p.place().file())
        .containsExactly("accounts.yaml", "risk_config.yaml", "holidays.yaml");
    assertThat(problems.errors())
        .allSatisfy(p -> assertThat(p.message()).startsWith("the file is missing: " + dir));
    assertThat(problems.warnings())
        .extracting(Object::toString)
        .containsExactly(
            "engine.yaml: the file is missing: "
                + dir.resolve("engine.yaml")
                + "; the defaults hold");
    assertThat(files.engine()).isEqualTo(EngineSettings.DEFAULTS);
  }

  /** Replay and check read a directory that is no home. */
  @Test
  void holidaysAloneMayBeTheShippedOnes() {
    assertThat(ConfigFiles.holidays(dir, ENVIRONMENT, problems))
        .isEqualTo(ShippedConfig.holidays());
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .extracting(Object::toString)
        .containsExactly(
            "holidays.yaml: the file is missing: "
                + dir.resolve("holidays.yaml")
                + "; the shipped holidays hold");
  }

  @Test
  void rulesMayComeFromTheEnvironmentEvenWhenCredentialsAreNotAskedFor() throws IOException {
    write(
        "accounts.yaml",
        "topstepx: {username: \"${U}\", api_key: \"${K}\"}\nmonitored_account: {account_id: 1}\n");
    write("risk_config.yaml", "daily_realized_loss: {limit: \"${LIMIT}\"}\n");
    write("holidays.yaml", "holidays: []\n");

    ConfigFiles files = load(CredentialsUse.SKIP);
    RuleCatalog.read(files.riskConfig(), Holidays.NONE, problems);

    assertThat(problems.errors()).isEmpty();
    assertThat(files.accounts().credentials()).isEmpty();
    Settings rule =
        Settings.of("", files.riskConfig(), problems).section("daily_realized_loss").orElseThrow();
    assertThat(rule.negativeMoney("limit", Money.of("-1"))).isEqualTo(Money.of("-123"));
  }

  @Test
  void aDanglingLinkIsNotAnAbsentFile() throws IOException {
    write(
        "accounts.yaml",
        "topstepx: {username: a, api_key: b}\nmonitored_account: {account_id: 1}\n");
    write("risk_config.yaml", "");
    Files.createSymbolicLink(dir.resolve("holidays.yaml"), dir.resolve("gone.yaml"));

    load(CredentialsUse.RESOLVE);

    assertThat(problems.errors())
        .extracting(p -> p.place().file())
        .containsExactly("holidays.yaml");
  }

  private ConfigFiles load(CredentialsUse use) {
    return ConfigFiles.load(dir, ENVIRONMENT, use, Set.of(), TODAY, problems);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name), text);
  }
}
