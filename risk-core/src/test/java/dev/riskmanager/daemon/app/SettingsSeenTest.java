package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.YamlEdit;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no rule and yet decides whether anybody is protected: where, as whom, who is told. */
class SettingsSeenTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:00:00Z");
  private static final String KEY = "key-that-must-not-be-shown-4711";

  @TempDir private Path directory;

  private HomeDir home = new HomeDir(Path.of("/"));
  private List<Store.MetaSaved> kept = List.of();

  @BeforeEach
  void home() throws Exception {
    home = new HomeDir(directory.resolve("home"));
    Setup.initialise(
        home, new Setup.Choices(7, "", "a-trader", KEY, Optional.empty(), "none", List.of()));
  }

  @Test
  void theFirstStartAndOneWithTheSameFilesSayNothing() throws Exception {
    assertThat(start()).isEmpty();
    assertThat(start()).isEmpty();
  }

  @Test
  void anotherVenueIsSaidOnce() throws Exception {
    start();
    engine(List.of("gateway", "api_url"), "\"http://127.0.0.1:8090\"");

    assertThat(start())
        .containsExactly(
            "engine.yaml gateway.api_url: \"https://api.topstepx.com\" →"
                + " \"http://127.0.0.1:8090\"");
    assertThat(start()).isEmpty();
  }

  @Test
  void whoIsToldIsSaidWithoutItsSecrets() throws Exception {
    engine(List.of("notifications"), "{webhook: {url: \"https://example.org/s3cret-hook-1\"}}");
    start();

    engine(List.of("notifications", "webhook", "url"), "\"https://example.org/s3cret-mine-1\"");
    assertThat(start()).hasSize(1).allMatch(line -> line.startsWith("engine.yaml "));
    assertThat(kept.toString()).doesNotContain("s3cret");

    engine(List.of("notifications"), "{}");
    assertThat(start())
        .singleElement()
        .asString()
        .startsWith("engine.yaml notifications.webhook.url: ")
        .endsWith(" → (not set)");
  }

  @Test
  void aSecretOfTheSameEndIsSaidToBeAnother() throws Exception {
    start();
    Path accounts = home.accountsYaml();
    Files.writeString(
        accounts, Files.readString(accounts).replace(KEY, "another-must-not-be-shown-4711"));

    assertThat(start()).containsExactly("accounts.yaml: the login is another one");
    assertThat(kept.toString()).doesNotContain("be-shown");
  }

  private void engine(List<String> path, String value) throws Exception {
    Files.writeString(
        home.engineYaml(), YamlEdit.set(Files.readString(home.engineYaml()), path, value));
  }

  /** Between the reading of the file and the record of it nobody can slip another one in. */
  @Test
  void whatIsRecordedIsWhatTheEngineRunsWith() throws Exception {
    start();
    Configuration loaded = load();
    engine(List.of("gateway", "api_url"), "\"http://127.0.0.1:8090\"");

    assertThat(start(loaded)).isEmpty();
    assertThat(start()).hasSize(1);
  }

  private Configuration load() throws StartException {
    return Configuration.load(
        home, Map.of(), AccountsFile.CredentialsUse.RESOLVE, LocalDate.of(2025, 10, 31));
  }

  /** What a start puts on the audit. */
  private List<String> start() throws Exception {
    return start(load());
  }

  private List<String> start(Configuration found) {
    List<Store.MetaSaved> rows = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (Store.Change change : SettingsSeen.rows(found, kept, NOW)) {
      switch (change) {
        case Store.MetaSaved row -> rows.add(row);
        case Store.AuditAppended audit -> {
          assertThat(audit.by() + " " + audit.action()).isEqualTo("engine config.found");
          said.add(audit.detail());
        }
        default -> throw new AssertionError(change);
      }
    }
    kept = List.copyOf(rows);
    return said;
  }
}
