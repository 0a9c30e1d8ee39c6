package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Golden;
import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final StatusView FREE = Samples.status(Samples.free());
  private static final StatusView LOCKED = Samples.status(Samples.lockedOut());
  private static final StatusView BOTH = Samples.status(Samples.lockedOut(), Samples.second());

  @Test
  void jsonIsWhatTheEngineSaidByteForByte() throws IOException {
    try (World world = new World(LOCKED)) {
      World.Result result = world.run("status", "--json");

      assertThat(result.code()).isZero();
      assertThat(result.out()).isEqualTo(WireJson.write(LOCKED) + System.lineSeparator());
      assertThat(result.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "status",
    "lockouts --history",
    "engine",
    "pnl",
    "positions",
    "rules",
    "hours",
    "why",
    "log --tail 4"
  })
  void pipedOutput(String command) throws IOException {
    try (World world = new World(LOCKED)) {
      world.engine().hours(Samples.hours());
      world.engine().lockouts(Samples.lockouts());
      world.engine().receipt(Samples.receipt());
      World.Result result = world.run(command.split(" ", -1));

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).doesNotContain("\033").doesNotContain("│");
      assertThat(result.lines()).allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
      Golden.check(
          "command/" + command.replace(" --", "-").replace(' ', '-'),
          result.out().replace(world.home().toString(), "/home/risk"));
    }
  }

  /** The exit code is whether the engine is there; a script must not take that for protection. */
  @Test
  void checkWarnsOfAnEngineThatRunsAndDoesNotProtect() throws IOException {
    String why = "cancel is refused for account 13298777";
    StatusView free =
        Samples.status(Samples.engine(EngineState.NOT_PROTECTED, why), Samples.free());
    StatusView locked =
        Samples.status(Samples.engine(EngineState.NOT_PROTECTED, why), Samples.lockedOut());
    String warning = "risk-trader: NOT PROTECTED: the engine cannot enforce: " + why + "\n";
    try (World world = new World(free)) {
      assertThat(world.run("status", "--check")).isEqualTo(new World.Result(0, "", warning));
      world.engine().show(locked);
      assertThat(world.run("status", "--check")).isEqualTo(new World.Result(10, "", warning));
      // A prompt stays whole: the line says it itself.
      World.Result prompt = world.run("status", "--check", "--oneline");
      assertThat(prompt.err()).isEmpty();
      assertThat(prompt.out()).startsWith("NOT PROTECTED, locked by RULE-003 04:38:40 | ");
      world.engine().show(FREE);
      assertThat(world.run("status", "--check")).isEqualTo(new World.Result(0, "", ""));
    }
  }

  @Test
  void onATerminalThereAreColoursUnlessUnwanted() throws IOException {
    try (World world = new World(LOCKED).onATerminal()) {
      assertThat(world.run("status", "--once").out()).contains("\033[1;38;5;231;48;5;160m LOCKED");
      assertThat(world.run("status", "--once", "--no-color").out()).doesNotContain("\033");
      assertThat(world.set("NO_COLOR", "1").run("status", "--once").out()).doesNotContain("\033");
    }
  }

  /** Such as the shell of an editor: it writes lines and does nothing else. */
  @Test
  void aDumbTerminalGetsOneSnapshot() throws IOException {
    try (World world = new World(LOCKED).onATerminal().set("TERM", "dumb")) {
      World.Result result = world.run("status");

      assertThat(result.code()).isZero();
      assertThat(result.out()).startsWith(" LOCKED OUT ").doesNotContain("\033[48");
    }
  }

  @Test
  void withoutUtf8ATerminalGetsAscii() throws IOException {
    try (World world = new World(BOTH).onATerminal().set("LANG", "C").set("NO_COLOR", "1")) {
      World.Result result = world.run("status", "--once");

      assertThat(result.out().chars()).allMatch(c -> c == '\n' || (c >= 32 && c < 127));
      assertThat(result.out()).contains("???????????? (20202020)");
    }
  }

  @Test
  void onelineNamesTheLockAndWhatIsLeft() throws IOException {
    try (World world = new World(LOCKED)) {
      assertThat(world.run("status", "--oneline").out())
          .isEqualTo("LOCKED OUT RULE-003 04:38:40 | -570.50 | flat\n");
      world.engine().show(BOTH);
      assertThat(world.run("status", "--oneline").out())
          .isEqualTo(
              "13298777: LOCKED OUT RULE-003 04:38:40 | -570.50 | flat; 20202020: OK TO TRADE"
                  + " except RTY | +12.00 | flat\n");
      world.engine().show(Samples.status(Samples.cooling()));
      assertThat(world.run("status", "--oneline").out())
          .isEqualTo("COOLDOWN RULE-007 00:04:00 | -85.00 | ES -1!\n");
    }
  }

  /**
   * An engine of another kind, or a defect: an end without a word would be taken for "all is well".
   */
  @Test
  void anAnswerThatNobodyUnderstandsIsSaid() throws IOException {
    try (World world = new World(FREE)) {
      world.engine().show(WireJson.read("{\"accounts\":[]}", StatusView.class));

      World.Result oneline = world.run("status", "--oneline");
      assertThat(oneline.code()).isEqualTo(1);
      assertThat(oneline.out()).contains("NOT PROTECTED");
      assertThat(oneline.out().lines()).hasSize(1);
      assertThat(oneline.err()).as("a prompt shows both").isEmpty();
      World.Result engine = world.run("engine");
      assertThat(engine.code()).isEqualTo(1);
      assertThat(engine.err()).startsWith("risk-trader: could not show what the engine answered");
    }
  }

  /** Unlocked beyond a limit: the next loss locks again, which is no time for a green line. */
  @Test
  void onelineDoesNotSayOkBeyondALimit() throws IOException {
    try (World world = new World(FREE)) {
      world.engine().show(Samples.status(beyond("-630.00", "1.26")));
      assertThat(world.run("status", "--oneline").out()).startsWith("CAUTION ");
      world.engine().show(Samples.status(beyond("-500.00", "1.00")));
      assertThat(world.run("status", "--oneline").out()).startsWith("OK TO TRADE ");
    }
  }

  private static AccountView beyond(String value, String used) {
    AccountView free = Samples.free();
    return Samples.account(
        false,
        List.of(),
        free.pnl(),
        free.positions(),
        free.orders(),
        Samples.rules(RuleState.OK, value, used));
  }

  @Test
  void checkTellsByItsExitCode() throws IOException {
    try (World world = new World(FREE)) {
      assertThat(world.run("status", "--check")).isEqualTo(new World.Result(0, "", ""));
      world.engine().show(BOTH);
      assertThat(world.run("status", "--check")).isEqualTo(new World.Result(10, "", ""));
      assertThat(world.run("status", "--check", "--account", "13298777").code()).isEqualTo(10);
      // The second account has a symbol lockout only.
      assertThat(world.run("status", "--check", "--account", "20202020").code()).isZero();
      assertThat(world.run("status", "--check", "--json").code()).isEqualTo(10);
      world.engine().close();
      assertThat(world.run("status", "--check").code()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "lockouts",
        "engine",
        "pnl",
        "positions",
        "rules",
        "hours",
        "why",
        "log",
        "log --follow",
        "watch"
      })
  void withoutAnEngineOneLineSaysWhatToDo(String command) throws IOException {
    try (World world = new World(FREE)) {
      world.engine().close();
      World.Result result = world.run(command.split(" ", -1));

      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .startsWith("risk-trader: the engine is not running")
          .endsWith("start it with: risk-admin engine start");
    }
  }

  /** An account that cannot be closed must not look like one that is locked and flat. */
  @Test
  void onelineTellsWhatIsWrongBesideALockout() throws IOException {
    EngineView healthy = Samples.engine(EngineState.DEGRADED);
    EngineView engine =
        new EngineView(
            EngineState.DEGRADED,
            List.of("account 13298777: still open after 12 requests", "the disk is full"),
            healthy.pid(),
            healthy.version(),
            healthy.startedAt(),
            healthy.uptimeSeconds());
    try (World world = new World(Samples.status(engine, Samples.lockedOut()))) {
      assertThat(world.run("status", "--oneline").out())
          .startsWith("LOCKED OUT RULE-003 04:38:40 | ")
          .endsWith(" | DEGRADED: account 13298777: still open after 12 requests (and 1 more)\n");
      assertThat(world.run("status", "--once").out())
          .contains("BUT: account 13298777: still open after 12 requests; the disk is full");
    }
  }

  @Test
  void aStatusBarShowsThatTheEngineIsGone() throws IOException {
    try (World world = new World(FREE)) {
      world.engine().close();
      World.Result result = world.run("status", "--oneline");

      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out()).isEqualTo("NOT PROTECTED (no engine)\n");
      assertThat(result.err()).as("a prompt shows both").isEmpty();
    }
  }

  @Test
  void anUnknownAccountIsAFailure() throws IOException {
    try (World world = new World(FREE)) {
      World.Result result = world.run("status", "--account", "5");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err()).isEqualTo("risk-trader: account 5 is not monitored\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "statsu",
        "status --jsno",
        "status --account x",
        "lockouts extra",
        "log --tail 0",
        "log --tail 10001",
        "why a b",
        "diary extra",
        "clock-in --note"
      })
  void wrongOptions(String line) throws IOException {
    try (World world = new World(FREE)) {
      World.Result result = world.runAsIs(InstantSource.fixed(Samples.NOW), line.split(" ", -1));

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("risk-trader: ").contains("--help");
    }
  }

  @Test
  void optionsMayStandBeforeOrAfterTheCommand() throws IOException {
    try (World world = new World(FREE)) {
      String home = world.home().toString();
      World.Result before =
          world.runAsIs(InstantSource.fixed(Samples.NOW), "--home", home, "--json", "status");
      World.Result after =
          world.runAsIs(InstantSource.fixed(Samples.NOW), "status", "--json", "--home", home);
      World.Result environment =
          world
              .set("RISK_HOME", home)
              .runAsIs(InstantSource.fixed(Samples.NOW), "status", "--json");

      assertThat(before.code()).as(before.err()).isZero();
      assertThat(after).isEqualTo(before);
      assertThat(environment).isEqualTo(before);
    }
  }

  @Test
  void helpHasExamplesAndVersionIsTheBuilds() throws IOException {
    try (World world = new World(FREE)) {
      InstantSource clock = InstantSource.fixed(Samples.NOW);
      assertThat(world.runAsIs(clock).out())
          .contains("Examples:")
          .contains("generate-completion")
          .contains("lockouts");
      for (String command : CommandTree.COMMANDS) {
        World.Result help = world.runAsIs(clock, command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Examples:").contains("--account").contains("--home");
      }
      assertThat(world.runAsIs(clock, "--version").out()).matches("risk-trader \\d+\\.\\d+.*\\R");
    }
  }

  @Test
  void completionIsAScript() throws IOException {
    try (World world = new World(FREE)) {
      World.Result result = world.runAsIs(InstantSource.fixed(Samples.NOW), "generate-completion");

      assertThat(result.code()).isZero();
      assertThat(result.out()).contains("complete -F").contains("--oneline");
    }
  }

  @Test
  void aHomeThatIsNoHomeIsNamed() throws IOException {
    try (World world = new World(FREE)) {
      Path file = Files.createFile(world.home().resolve("file"));
      World.Result result =
          world.runAsIs(InstantSource.fixed(Samples.NOW), "status", "--home", file.toString());

      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains(file.toString());
      assertThat(result.err().lines()).hasSize(1);
    }
  }
}
