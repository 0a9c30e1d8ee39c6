package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.WireJson;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The admin's commands about rules and lockouts, as processes, without a terminal. */
class RulesIT {
  private static final String LIMIT = "  limit: -500";

  @Test
  void rulesAreShownSetAndSwitchedOff() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();

      Programs.Ended list = admin(stage, "rules", "list");
      assertThat(list.code()).as(String.join("\n", list.err())).isZero();
      assertThat(list.out()).hasSize(14);
      assertThat(list.out().get(3))
          .matches("RULE-003 +daily_realized_loss +enforced +limit=-500 .*");

      Programs.Ended tighter = admin(stage, "rules", "set", "RULE-003", "limit", "-300");
      assertThat(tighter.code()).as(String.join("\n", tighter.err())).isZero();
      assertThat(tighter.out().get(1))
          .matches("daily_realized_loss\\.limit +-500 +-300 +TIGHTENS +at once");
      assertThat(tighter.out().get(2))
          .isEqualTo(
              "daily_realized_loss: how often it would have fired is not known: no trades of"
                  + " earlier days are stored");
      engine.awaitStatus(
          "the tighter limit",
          s -> String.valueOf(account(s).rules().get(2).limit()).equals("-300.00"));
      String file = Files.readString(stage.home().config().resolve("risk_config.yaml"));
      assertThat(file).contains("  limit: -300").doesNotContain(LIMIT).contains("# RULE-003");

      Programs.Ended preview = admin(stage, "rules", "disable", "RULE-003", "--preview");
      assertThat(preview.out().get(1)).matches(".*enabled +true +false +LOOSENS +20.*Z");
      assertThat(Files.readString(stage.home().config().resolve("risk_config.yaml")))
          .isEqualTo(file);

      Programs.Ended unasked = admin(stage, "rules", "disable", "RULE-003");
      assertThat(unasked.code()).isEqualTo(1);
      assertThat(unasked.err()).singleElement().asString().contains("add --yes");
      Programs.Ended stop = admin(stage, "engine", "stop", "--reason", "maintenance");
      assertThat(stop.code()).isEqualTo(1);
      assertThat(stop.err()).singleElement().asString().contains("add --yes");
      engine.awaitProtecting();
      assertThat(Files.readString(stage.home().config().resolve("risk_config.yaml")))
          .isEqualTo(file);

      JsonNode json =
          WireJson.mapper()
              .readTree(
                  admin(stage, "rules", "disable", "RULE-003", "--yes", "--json").out().getFirst());
      assertThat(json.at("/changes/0/direction").stringValue()).isEqualTo("LOOSENS");
      assertThat(admin(stage, "rules", "show", "daily_realized_loss").out())
          .anySatisfy(
              line -> assertThat(line).startsWith("Waits until 20").contains("true → false"));

      Programs.Ended own =
          admin(stage, "rules", "set", "RULE-003", "limit", "-250", "--account", ACCOUNT + "");
      assertThat(own.code()).as("%s", own).isZero();
      assertThat(own.out().get(1)).matches(".*limit +-300 +-250 +TIGHTENS +at once");
      assertThat(Files.readString(stage.home().accountsYaml())).contains("limit: -250");
      Programs.Ended hidden = admin(stage, "rules", "set", "RULE-003", "limit", "-200");
      assertThat(hidden.err())
          .anyMatch(line -> line.contains("has a value of its own, -250, which stays"));

      Programs.Ended wrong = admin(stage, "rules", "set", "RULE-003", "limit", "300");
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err().get(0)).contains("must be an amount below 0, not \"300\"");
      Programs.Ended unknown = admin(stage, "rules", "enable", "RULE-033");
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err().get(0)).contains("no rule is called RULE-033");
      assertThat(admin(stage, "rules", "set", "RULE-003", "limit").code()).isEqualTo(2);
    }
  }

  @Test
  void aFileIsEditedOnACopyCheckedShownAndWritten() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      Path file = stage.home().config().resolve("risk_config.yaml");
      String before = Files.readString(file);

      Programs.Ended wrong = edit(stage, "s/limit: -500/limit: lots/", "--yes");
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err().get(0)).contains("risk_config.yaml:").contains("not \"lots\"");
      assertThat(Files.readString(file)).isEqualTo(before);

      Programs.Ended unasked = edit(stage, "s/limit: -500/limit: -250/");
      assertThat(unasked.code()).as("nobody said yes").isEqualTo(1);
      assertThat(Files.readString(file)).isEqualTo(before);

      Programs.Ended done = edit(stage, "s/limit: -500/limit: -250/", "--yes");
      assertThat(done.code()).as(String.join("\n", done.err())).isZero();
      assertThat(done.out().get(1)).contains("TIGHTENS");
      assertThat(Files.readString(file)).isEqualTo(before.replace("limit: -500", "limit: -250"));
      engine.awaitStatus(
          "the limit", s -> String.valueOf(account(s).rules().get(2).limit()).equals("-250.00"));

      Programs.Ended same = edit(stage, "s/zzzz/yyyy/", "--yes");
      assertThat(same.out()).containsExactly("Nothing was changed.");

      // The file changes while the editor is open.
      Programs.Ended conflict =
          edit(
              stage,
              List.of("sed -i 's/limit: -250/limit: -200/' \"$1\"", "echo '# x' >> '" + file + "'"),
              "--yes");
      assertThat(conflict.code()).isEqualTo(1);
      assertThat(String.join("\n", conflict.err())).contains("changed by somebody else meanwhile");
      assertThat(Files.readString(file)).endsWith("# x\n").contains("limit: -250");
    }
  }

  /** An editor that carries out a command of sed. */
  private static Programs.Ended edit(Stage stage, String sed, String... more) throws Exception {
    return edit(stage, List.of("sed -i '" + sed + "' \"$1\""), more);
  }

  private static Programs.Ended edit(Stage stage, List<String> script, String... more)
      throws Exception {
    Path editor = stage.directory().resolve("editor.sh");
    Files.writeString(editor, "#!/bin/sh\n" + String.join("\n", script) + "\n");
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    List<String> args = new ArrayList<>(List.of("rules", "edit"));
    args.addAll(List.of(more));
    args.addAll(List.of("--home", stage.home().root().toString()));
    return Programs.admin(
        stage.directory(),
        Stage.PASSWORD,
        Map.of("VISUAL", editor.toString()),
        args.toArray(new String[0]));
  }

  @Test
  void withoutATerminalNothingIsUnlockedUnlessItIsSaid() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));
      engine.awaitStatus("locked", s -> account(s).locked());
      String id = Long.toString(ACCOUNT);

      Programs.Ended preview = admin(stage, "unlock", id, "--preview");
      assertThat(preview.code()).as(String.join("\n", preview.err())).isZero();
      assertThat(String.join("\n", preview.out()))
          .contains("Ends now: RULE-003 daily_realized_loss: Daily loss limit exceeded")
          .contains("locks again when the day's P&L falls below -60")
          .contains("none of them would lock");
      Programs.Ended silent = admin(stage, "unlock", id, "--reason", "x");
      assertThat(silent.code()).isEqualTo(1);
      assertThat(silent.err()).hasSize(1);
      assertThat(silent.err().get(0)).contains("--yes");
      Programs.Ended flatten = admin(stage, "flatten", id, "--reason", "x");
      assertThat(flatten.code()).isEqualTo(1);
      assertThat(flatten.err().get(0)).contains("--yes");
      engine.awaitStatus("still locked", s -> account(s).locked());

      Programs.Ended said = admin(stage, "unlock", id, "--reason", "x", "--yes");
      assertThat(said.code()).as(String.join("\n", said.err())).isZero();
      engine.awaitStatus("unlocked", s -> !account(s).locked());
      assertThat(admin(stage, "lock", id, "--for", "30m", "--reason", "pause").code()).isZero();
      engine.awaitStatus("locked by hand", s -> account(s).locked());
    }
  }

  private static Programs.Ended admin(Stage stage, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--home", stage.home().root().toString()));
    return Programs.admin(stage.directory(), Stage.PASSWORD, all.toArray(new String[0]));
  }
}
