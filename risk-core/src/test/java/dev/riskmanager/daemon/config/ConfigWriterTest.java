package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.daemon.config.AccountsFile.Credentials;
import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.daemon.config.ConfigWriter.Addresses;
import dev.riskmanager.daemon.config.ConfigWriter.Choices;
import dev.riskmanager.daemon.config.ConfigWriter.Edit;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigWriterTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  @TempDir Path dir = Path.of("unset");

  @ParameterizedTest
  @EnumSource(Preset.class)
  void whatIsWrittenForAPresetValidates(Preset preset) throws IOException {
    HomeDir home = home();

    ConfigWriter.write(home, choices(preset));

    Problems problems = new Problems();
    ConfigFiles files = load(home, Map.of(), problems);
    RuleSet rules = RuleCatalog.read(files.riskConfig(), Holidays.NONE, problems);
    assertThat(problems.all()).isEmpty();
    assertThat(files.accounts().credentials().orElseThrow())
        .isEqualTo(new Credentials("ada", new Secret("key${with}\"odd\"\\signs")));
    assertThat(files.accounts().accounts())
        .singleElement()
        .satisfies(
            account -> {
              assertThat(account.id()).isEqualTo(new AccountId(777));
              assertThat(account.name()).contains("My: \"account\"");
            });
    assertThat(files.engine().gateway().apiUrl()).isEqualTo(URI.create("http://127.0.0.1:9"));
    assertThat(files.engine().gateway().userHubUrl())
        .isEqualTo(URI.create("http://127.0.0.1:9/hubs/user"));
    assertThat(files.engine().gateway().marketHubUrl())
        .isEqualTo(URI.create("http://127.0.0.1:9/hubs/market"));
    assertThat(files.holidays()).isEqualTo(ShippedConfig.holidays());
    List<RuleId> on = RuleCatalog.ids().stream().filter(id -> rules.rule(id).isPresent()).toList();
    assertThat(on.isEmpty()).isEqualTo(preset == Preset.NONE);
  }

  @Test
  void commentsAreKept() {
    Map<String, String> files = ConfigWriter.render(choices(Preset.CONSERVATIVE));

    assertThat(files.keySet()).containsExactlyElementsOf(ShippedConfig.FILES);
    files.forEach(
        (name, text) ->
            assertThat(text.lines().filter(line -> line.startsWith("#")))
                .as(name)
                .containsAll(
                    ShippedConfig.text(name)
                        .lines()
                        .filter(line -> line.startsWith("#"))
                        .toList()));
    assertThat(files.get(ShippedConfig.RISK_CONFIG)).contains("\n  limit: -250\n");
  }

  @Test
  void aNameAndCredentialsThatWereNotGivenAreNotInvented() throws IOException {
    HomeDir home = home();
    ConfigWriter.write(
        home,
        new Choices(
            new AccountId(778),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Preset.MODERATE,
            List.of(Edit.of("daily_realized_loss.limit", "-42.50"))));

    Problems problems = new Problems();
    ConfigFiles files =
        load(
            home,
            Map.of("TOPSTEPX_USERNAME", "grace", "TOPSTEPX_API_KEY", "0123456789abcdef"),
            problems);
    assertThat(problems.all()).isEmpty();
    assertThat(files.accounts().accounts().getFirst().name()).isEmpty();
    assertThat(files.accounts().credentials().orElseThrow().username()).isEqualTo("grace");
    assertThat(files.engine()).isEqualTo(EngineSettings.DEFAULTS);
    assertThat(Files.readString(home.riskConfigYaml())).contains("\n  limit: -42.50\n");
  }

  @Test
  void whatIsThereStays() throws IOException {
    HomeDir home = home();
    Files.writeString(home.riskConfigYaml(), "# mine\n");

    List<Path> written = ConfigWriter.write(home, choices(Preset.MODERATE));

    assertThat(written)
        .containsExactly(home.engineYaml(), home.accountsYaml(), home.holidaysYaml());
    assertThat(home.riskConfigYaml()).hasContent("# mine\n");
    assertThat(ConfigWriter.write(home, choices(Preset.NONE))).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are not POSIX there")
  void onlyTheOwnerCanReadTheFilesAndNoTemporaryOneIsLeft() throws IOException {
    HomeDir home = home();

    for (Path file : ConfigWriter.write(home, choices(Preset.MODERATE))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (Stream<Path> files = Files.list(home.config())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(ShippedConfig.FILES);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    HomeDir home = home();
    Files.delete(home.config());

    assertThatThrownBy(() -> ConfigWriter.write(home, choices(Preset.MODERATE)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + home.engineYaml());
  }

  @Test
  void presetsAreFoundByTheirNames() {
    assertThat(Preset.keys()).containsExactly("conservative", "moderate", "none");
    assertThat(Preset.find("moderate")).contains(Preset.MODERATE);
    assertThat(Preset.find("MODERATE")).isEmpty();
    assertThat(Preset.MODERATE.edits().getFirst())
        .hasToString("max_contracts_per_instrument.unknown_symbol_action = allow_with_limit:1");
  }

  private HomeDir home() throws IOException {
    HomeDir home = new HomeDir(dir.resolve("home"));
    HomeCheck.create(home);
    return home;
  }

  private static ConfigFiles load(
      HomeDir home, Map<String, String> environment, Problems problems) {
    return ConfigFiles.load(
        home.config(), environment, CredentialsUse.RESOLVE, Set.of(), TODAY, problems);
  }

  private static Choices choices(Preset preset) {
    return new Choices(
        new AccountId(777),
        Optional.of("My: \"account\""),
        Optional.of(new Credentials("ada", new Secret("key${with}\"odd\"\\signs"))),
        Optional.of(
            new Addresses(
                URI.create("http://127.0.0.1:9"),
                URI.create("http://127.0.0.1:9/hubs/user"),
                URI.create("http://127.0.0.1:9/hubs/market"))),
        preset,
        List.of());
  }
}
