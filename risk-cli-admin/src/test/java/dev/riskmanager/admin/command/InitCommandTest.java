package dev.riskmanager.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.app.RiskAdmin;
import dev.riskmanager.daemon.app.ConfigCheck;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.HomeDir;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first run by options, as a script does it, against a venue. */
class InitCommandTest {
  private static final String KEY = "k3y-that-must-not-be-shown-4711";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void accountsOfTheVenueAreChosenAndTheResultIsValid() throws Exception {
    try (SimVenue venue = venue()) {
      assertThat(
              init(
                  venue,
                  "--account",
                  "501",
                  "--account",
                  "503",
                  "--preset",
                  "conservative",
                  "--name",
                  "Mine"))
          .as("%s", err)
          .isZero();

      assertThat(ConfigCheck.validate(home().config(), Map.of()).valid()).isTrue();
      assertThat(Files.readString(home().accountsYaml()))
          .contains("501")
          .contains("503")
          .doesNotContain("502");
      assertThat(out.toString())
          .contains("Preset conservative:")
          .contains("protects 501  Mine")
          .contains("protects 503")
          .contains("early closes in")
          .contains("No admin password is set")
          .doesNotContain(KEY);
      assertThat(out.toString())
          .containsPattern("daily_realized_loss +-250\n")
          .containsPattern(
              "max_contracts_per_instrument +MNQ: 2, MES: 2, NQ: 1, ES: 1, others: block\n")
          .containsPattern("cooldown_after_loss +-100: 300 s, -200: 900 s\n")
          .containsPattern("session_block_outside +off\n")
          .containsPattern("auth_loss_guard +on\n");
    }
  }

  /** No number is cut: each stands in the table as often as presets say it. */
  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void whatThePresetsSayStandsBesideEachOther(int columns) {
    List<String> lines = InitPreset.beside(Setup.presets(), columns);

    assertThat(lines).allMatch(line -> line.length() <= columns).noneMatch(l -> l.contains("…"));
    assertThat(lines.getFirst()).containsPattern("conservative +moderate +none");
    assertThat(lines).anyMatch(line -> line.matches("daily_realized_loss +-250 +-500 +off"));
    assertThat(lines).anyMatch(line -> line.matches("no_stop_loss_grace +10 s +10 s +off"));
    for (String preset : Setup.presets()) {
      int from = lines.getFirst().indexOf(preset);
      int to = preset.equals("none") ? columns : from + (columns - 29) / 3;
      String column =
          lines.stream()
              .skip(1)
              .map(
                  line ->
                      line.substring(Math.min(from, line.length()), Math.min(to, line.length())))
              .map(String::strip)
              .filter(cell -> !cell.isEmpty())
              .collect(Collectors.joining(" "));
      assertThat(column)
          .isEqualTo(
              Setup.numbersOf(preset).values().stream()
                  .map(numbers -> String.join(", ", numbers))
                  .collect(Collectors.joining(" ")));
    }
  }

  @Test
  void whereThreeColumnsHaveNoRoomThePresetsFollowOneAnother() {
    List<String> lines = InitPreset.beside(Setup.presets(), 60);

    assertThat(lines).allMatch(line -> line.length() <= 60);
    assertThat(lines)
        .containsSubsequence("conservative:", "moderate:", "none:")
        .contains("  daily_realized_loss          -250", "  daily_realized_loss          -500");
  }

  @Test
  void whatIsThereStaysAndIsTriedAgain() throws Exception {
    try (SimVenue venue = venue()) {
      init(venue, "--account", "502", "--preset", "none");
      String accounts = Files.readString(home().accountsYaml());
      String rules = Files.readString(home().riskConfigYaml()) + "# mine\n";
      Files.writeString(home().riskConfigYaml(), rules);
      Files.delete(home().holidaysYaml());

      int code = run("init", "--home", home().root().toString(), "--no-password");

      assertThat(code).as("%s", err).isZero();
      assertThat(home().accountsYaml()).hasContent(accounts);
      assertThat(home().riskConfigYaml()).hasContent(rules);
      assertThat(home().holidaysYaml()).exists();
      assertThat(out.toString())
          .contains("there already and stay")
          .containsPattern("ok +login")
          .containsPattern("ok +user hub")
          .doesNotContain("Preset moderate");
    }
  }

  /** A script is run twice: what it asks for is so. */
  @Test
  void theSameOptionsAgainAreNoFailure() throws Exception {
    try (SimVenue venue = venue()) {
      String[] options = {
        "--account",
        "502",
        "--name",
        "Mine",
        "--preset",
        "moderate",
        "--set",
        "max_contracts.limit=4"
      };
      assertThat(init(venue, options)).isZero();
      assertThat(init(venue, options)).as("%s", err).isZero();
      assertThat(err.toString()).isEmpty();
      // One of them alone, too.
      assertThat(init(venue, "--set", "max_contracts.limit=4")).as("%s", err).isZero();
    }
  }

  /** Whoever asks for tight limits and gets those of before must not believe that he has them. */
  @Test
  void whatIsAskedForAndIsOtherwiseInAFileThatStaysIsNamed() throws Exception {
    try (SimVenue venue = venue()) {
      init(venue, "--account", "502", "--preset", "none");
      String rules = Files.readString(home().riskConfigYaml());
      Path other = Files.writeString(directory.resolve("other.txt"), "another-key-0815-x\n");

      int code =
          run(
              "init",
              "--home",
              home().root().toString(),
              "--no-password",
              "--preset",
              "moderate",
              "--set",
              "max_contracts.limit=3",
              "--account",
              "501",
              "--account",
              "502",
              "--name",
              "Mine",
              "--url",
              "http://127.0.0.1:9",
              "--api-key-file",
              other.toString());

      assertThat(code).isEqualTo(1);
      assertThat(home().riskConfigYaml()).hasContent(rules);
      assertThat(err.toString().lines())
          .containsExactly(
              passedOver("--account 501", "accounts.yaml", "`risk-admin accounts add 501`"),
              passedOver("--name Mine", "accounts.yaml", "`risk-admin config edit accounts.yaml`"),
              passedOver(
                  "another API key", "accounts.yaml", "`risk-admin config edit accounts.yaml`"),
              passedOver(
                  "--url http://127.0.0.1:9",
                  "engine.yaml",
                  "`risk-admin config edit engine.yaml`"),
              passedOver(
                  "--preset moderate",
                  "risk_config.yaml",
                  "`risk-admin rules set` or `risk-admin config edit risk_config.yaml`"),
              passedOver(
                  "--set max_contracts.limit=3",
                  "risk_config.yaml",
                  "`risk-admin rules set max_contracts limit 3`"));
      assertThat(out + err.toString()).doesNotContain("another-key");
    }
  }

  private String passedOver(String what, String file, String remedy) {
    return "risk-admin: "
        + what
        + " was passed over: "
        + home().config().resolve(file)
        + " is there already and stays; change it with "
        + remedy;
  }

  @Test
  void whatCannotBeWritesNothing() throws Exception {
    try (SimVenue venue = venue()) {
      assertThat(init(venue, "--account", "77")).isEqualTo(1);
      assertThat(err.toString()).contains("account 77 is not among");
      assertThat(init(venue)).as("three accounts and nobody to ask").isEqualTo(1);
      assertThat(init(venue, "--account", "501", "--preset", "brave")).isEqualTo(1);
      assertThat(init(venue, "--account", "501", "--set", "daily_realized_loss.limit=5"))
          .isEqualTo(1);
      assertThat(init(venue, "--account", "501", "--set", "daily_realized_loss.limit=["))
          .isEqualTo(1);
      assertThat(err.toString())
          .contains("these settings cannot be written")
          .doesNotContain("defect");
      assertThat(home().root()).doesNotExist();
    }
  }

  private int init(SimVenue venue, String... more) throws Exception {
    Path key = Files.writeString(directory.resolve("key.txt"), venue.apiKey() + "\n");
    List<String> args =
        new ArrayList<>(
            List.of(
                "init",
                "--home",
                home().root().toString(),
                "--url",
                venue.url(),
                "--username",
                venue.userName(),
                "--api-key-file",
                key.toString(),
                "--no-password"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private HomeDir home() {
    return new HomeDir(directory.resolve("home"));
  }

  private static SimVenue venue() {
    return SimVenue.builder(InstantSource.system())
        .credentials("trader", KEY)
        .account(501)
        .account(502)
        .account(503)
        .instant()
        .start();
  }

  private int run(String... args) {
    return RiskAdmin.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
