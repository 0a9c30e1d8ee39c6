package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The configuration of a running engine, changed by files, commands and restarts. */
class ConfigIT {
  private static final String LIMIT = "  limit: -500";

  @Test
  void tighteningHoldsAtOnceLooseningWaitsAndARestartIsNoWayAround() throws Exception {
    try (Stage stage = Stage.set()) {
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        assertThat(limit(engine.awaitStatus("a status", s -> true))).isEqualTo("-500.00");
        assertThat(config(stage, "diff").out())
            .containsExactly("No differences: the files say what is in force.");

        edit(stage, LIMIT, "  limit: -800");
        Programs.Ended diff = config(stage, "diff");
        assertThat(diff.code()).as(String.join("\n", diff.err())).isZero();
        assertThat(diff.out()).hasSize(2);
        assertThat(diff.out().get(1))
            .matches("daily_realized_loss\\.limit +-500 +-800 +LOOSENS +20.*Z");

        Programs.Ended loosened = config(stage, "reload");
        assertThat(loosened.code()).isZero();
        assertThat(loosened.out().get(1)).contains("LOOSENS");
        assertThat(limit(engine.awaitStatus("a status", s -> true))).isEqualTo("-500.00");
        assertThat(config(stage, "show").out()).contains("  limit: -500");

        edit(stage, "  limit: -800", "  limit: -300");
        assertThat(config(stage, "reload").out().get(1)).contains("-500", "-300", "TIGHTENS");
        engine.awaitStatus("the tighter limit", s -> limit(s).equals("-300.00"));

        edit(stage, "  limit: -300", "  limit: lots");
        Programs.Ended wrong = config(stage, "reload");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err().get(0))
            .startsWith("error: risk_config.yaml:")
            .contains("daily_realized_loss.limit: must be an amount below 0, not \"lots\"");
        assertThat(limit(engine.awaitStatus("a status", s -> true))).isEqualTo("-300.00");
        edit(stage, "  limit: lots", "  limit: -900");
      }
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        StatusView status = engine.awaitProtecting();
        assertThat(limit(status)).isEqualTo("-300.00");
        assertThat(String.join("\n", engine.output()))
            .contains("daily_realized_loss.limit: -300 → -900, LOOSENS, takes effect at ");

        Programs.Ended without = config(stage, "reload", "--now");
        assertThat(without.code()).isEqualTo(1);
        assertThat(limit(engine.awaitStatus("a status", s -> true))).isEqualTo("-300.00");

        Programs.Ended unasked = config(stage, "reload", "--now", "--reason", "nobody said yes");
        assertThat(unasked.code()).isEqualTo(1);
        assertThat(unasked.err()).singleElement().asString().contains("add --yes");
        assertThat(limit(engine.awaitStatus("a status", s -> true))).isEqualTo("-300.00");

        Programs.Ended now =
            config(stage, "reload", "--now", "--yes", "--reason", "agreed with the coach");
        assertThat(now.code()).as(String.join("\n", now.err())).isZero();
        engine.awaitStatus("the looser limit", s -> limit(s).equals("-900.00"));
        assertThat(audit(stage))
            .anySatisfy(
                line -> assertThat(line).contains("-300 → -900", "--now", "agreed with the coach"));
      }
    }
  }

  @Test
  void validateNeedsNoEngineAndNoPassword() throws Exception {
    try (Stage stage = Stage.set()) {
      Programs.Ended valid = offline(stage, "--home", stage.home().root().toString());
      assertThat(valid.code()).as(String.join("\n", valid.err())).isZero();
      assertThat(valid.out()).containsExactly("The configuration is valid.");

      edit(stage, LIMIT, "  limit: 500\n  limitt: 3");
      Programs.Ended wrong = offline(stage, "--config", stage.home().config().toString());
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err()).filteredOn(line -> line.startsWith("error: ")).hasSize(2);
      assertThat(wrong.err()).anySatisfy(line -> assertThat(line).contains("did you mean limit?"));
      assertThat(wrong.out()).isEmpty();
    }
  }

  @Test
  void whatIsShownHasNoSecrets() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();

      List<String> shown = config(stage, "show").out();

      assertThat(shown)
          .anySatisfy(line -> assertThat(line).startsWith("  api_key: \"****"))
          .noneSatisfy(line -> assertThat(line).contains(Stage.API_KEY));
    }
  }

  private static Programs.Ended offline(Stage stage, String... options) {
    List<String> args = new ArrayList<>(List.of("config", "validate"));
    args.addAll(List.of(options));
    return Programs.admin(stage.directory(), null, args.toArray(String[]::new));
  }

  private static Programs.Ended config(Stage stage, String... words) {
    List<String> args = new ArrayList<>(List.of("config"));
    args.addAll(List.of(words));
    args.addAll(List.of("--home", stage.home().root().toString()));
    return Programs.admin(stage.directory(), Stage.PASSWORD, args.toArray(String[]::new));
  }

  private static void edit(Stage stage, String from, String to) throws IOException {
    Path file = stage.home().config().resolve("risk_config.yaml");
    String text = Files.readString(file);
    int section = text.indexOf("\ndaily_realized_loss:");
    int at = text.indexOf(from, section);
    assertThat(at).as("%s in %s", from, text.substring(section)).isPositive();
    Files.writeString(file, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  private static List<String> audit(Stage stage) throws IOException {
    return Files.readAllLines(stage.home().logs().resolve("audit.log"));
  }

  private static String limit(StatusView status) {
    return Objects.requireNonNullElse(account(status).rules().get(2).limit(), "none");
  }
}
