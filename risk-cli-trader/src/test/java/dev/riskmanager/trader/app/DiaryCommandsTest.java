package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.PnlView;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiaryCommandsTest {
  private static final InstantSource AT_NINE = InstantSource.fixed(Samples.NOW);
  private static final InstantSource LATER = InstantSource.fixed(Samples.NOW.plusSeconds(5405));

  private static World world() throws IOException {
    return new World(day(Samples.DAY, "-310.00", 12)).set("TZ", "America/Chicago");
  }

  /** The first account as given, the second always the same. */
  private static StatusView day(LocalDate day, String realized, int trades) {
    AccountView free = Samples.free();
    PnlView pnl = new PnlView(day, realized, "0.00", "0.00", realized, trades, List.of());
    return Samples.status(free.withPnl(pnl), Samples.second());
  }

  private static Path file(World world) {
    return world.home().resolve("state").resolve("risk-manager").resolve("diary.json");
  }

  @Test
  void aShiftHasDurationTradesAndRealized() throws IOException {
    try (World world = world()) {
      assertThat(world.run("diary").out())
          .isEqualTo("nothing yet; begin with: risk-trader clock-in\n");
      assertThat(world.run(AT_NINE, "clock-in", "--note", "two trades at most"))
          .isEqualTo(new World.Result(0, "at work since 2025-10-31 12:21:19 Chicago\n", ""));
      world.engine().show(day(Samples.DAY, "-210.50", 19));
      assertThat(world.run(LATER, "clock-out", "--note", "kept to it"))
          .isEqualTo(new World.Result(0, "done: 1h 30m, 7 trades, realized +99.50\n", ""));

      assertThat(world.run(LATER, "diary").lines())
          .containsExactly(
              "from (Chicago)       until     duration  trades  realized  note",
              "2025-10-31 12:21:19  13:51:24    1h 30m       7    +99.50  two trades at"
                  + " most; kept to it");
      assertThat(world.run(LATER, "diary", "--json").out())
          .isEqualTo(
              "{\"file\":\""
                  + file(world)
                  + "\",\"shifts\":[{\"from\":\"2025-10-31T17:21:19.412Z\","
                  + "\"until\":\"2025-10-31T18:51:24.412Z\",\"durationSeconds\":5405,\"trades\":7,"
                  + "\"realized\":\"99.50\",\"note\":\"two trades at most; kept to it\"}]}\n");
    }
  }

  @Test
  void whileAtWorkTheShiftGoesOn() throws IOException {
    try (World world = world()) {
      world.run(AT_NINE, "clock-in");

      assertThat(world.run(LATER, "diary").out()).contains("at work").contains("1h 30m");
      World.Result again = world.run(LATER, "clock-in");
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.out()).isEmpty();
      assertThat(again.err())
          .isEqualTo(
              "risk-trader: at work already, since 2025-10-31 12:21:19 Chicago; end that shift"
                  + " first: risk-trader clock-out\n");
    }
  }

  @Test
  void nobodyAtWorkCannotClockOut() throws IOException {
    try (World world = world()) {
      World.Result result = world.run("clock-out");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .isEqualTo("risk-trader: not at work; begin a shift with: risk-trader clock-in\n");
      assertThat(file(world)).doesNotExist();
    }
  }

  @Test
  void afterAResetTradesAndRealizedAreNotKnown() throws IOException {
    try (World world = world()) {
      world.run(AT_NINE, "clock-in");
      world.engine().show(day(Samples.DAY.plusDays(1), "50.00", 1));

      assertThat(world.run(LATER, "clock-out").out()).isEqualTo("done: 1h 30m\n");
    }
  }

  @Test
  void ofOneAccountWhenItIsNamed() throws IOException {
    try (World world = world()) {
      world.run(AT_NINE, "clock-in", "--account", "20202020");
      world.engine().show(day(Samples.DAY, "-210.50", 19));

      assertThat(world.run(LATER, "clock-out").out())
          .isEqualTo("done: 1h 30m, 0 trades, realized 0.00\n");
      World.Result unknown = world.run("clock-in", "--account", "5");
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err()).isEqualTo("risk-trader: account 5 is not monitored\n");
    }
  }

  @Test
  void withoutAnEngineTheDiaryStillWorksAndSaysWhatIsMissing() throws IOException {
    try (World world = world()) {
      world.engine().close();

      World.Result in = world.run(AT_NINE, "clock-in", "--json");
      assertThat(in.code()).isZero();
      assertThat(in.out())
          .isEqualTo(
              "{\"from\":\"2025-10-31T17:21:19.412Z\",\"until\":null,\"durationSeconds\":0,"
                  + "\"trades\":null,\"realized\":null,\"note\":\"\"}\n");
      assertThat(in.err().lines())
          .singleElement()
          .asString()
          .startsWith("risk-trader: written without trades and P&L")
          .contains("the engine is not running");
      assertThat(world.run(LATER, "clock-out").out()).isEqualTo("done: 1h 30m\n");
      assertThat(world.run(LATER, "diary").code()).isZero();
    }
  }

  @Test
  void theEngineIsOnlyAskedAndNeverTold() throws IOException {
    try (World world = world()) {
      world.run("clock-in", "--note", "my secret plan");
      world.run("clock-out");
      world.run("diary");

      assertThat(world.engine().requests())
          .allMatch(line -> line.contains("\"hello\"") || line.contains("\"status\""))
          .noneMatch(line -> line.contains("secret"));
    }
  }

  /** The live screen writes them so; a second clock would be read as the first. */
  @Test
  void itsTimesAreThoseOfTheTradingDayWhateverTheMachinesZone() throws IOException {
    try (World world = world().set("TZ", "Asia/Tokyo")) {
      assertThat(world.run(AT_NINE, "clock-in").out())
          .isEqualTo("at work since 2025-10-31 12:21:19 Chicago\n");
      world.run(LATER, "clock-out");
      world.engine().close();

      assertThat(world.run(LATER, "diary").lines().get(1))
          .as("the zone was written down")
          .startsWith("2025-10-31 12:21:19  13:51:24 ");
      assertThat(world.run(LATER, "clock-in").out())
          .isEqualTo("at work since 2025-10-31 13:51:24 Chicago\n");
    }
  }

  @Test
  void beforeAnyEngineToldItsZoneTheMachinesIsNamed() throws IOException {
    try (World world = world().set("TZ", "Asia/Tokyo")) {
      world.engine().close();

      assertThat(world.run(AT_NINE, "clock-in").out())
          .isEqualTo("at work since 2025-11-01 02:21:19 Tokyo\n");
      assertThat(world.run(LATER, "diary").lines().getFirst()).startsWith("from (Tokyo) ");
    }
  }

  /** As everything on Unix: {@code HOME=/tmp/x program} works in that home. */
  @Test
  void theHomeOfTheEnvironmentIsTheUsers() throws IOException {
    try (World world = world()) {
      Path home = Files.createDirectories(world.home().resolve("other"));
      world.set("XDG_STATE_HOME", "").set("HOME", home.toString()).run("clock-in");

      assertThat(home.resolve(".local/state/risk-manager/diary.json")).exists();
      assertThat(world.runAsIs(AT_NINE, "status", "--once").err())
          .as("and the engine's home is looked for there")
          .contains(home.resolve(".risk-manager").toString());
    }
  }

  @Test
  void aFileThatIsNoDiaryIsLeftAsItIs() throws IOException {
    try (World world = world()) {
      Files.createDirectories(file(world).getParent());
      for (String text : new String[] {"", "null", "{\"shifts\":[{\"from\":\"x\"}]}", "[1,\n2"}) {
        Files.writeString(file(world), text);
        for (String command : new String[] {"diary", "clock-in", "clock-out"}) {
          World.Result result = world.run(command);

          assertThat(result.code()).isEqualTo(1);
          assertThat(result.err().lines())
              .singleElement()
              .asString()
              .contains(file(world) + " is no diary")
              .endsWith("mend it or move it away, it was left as it is");
          assertThat(file(world)).hasContent(text);
        }
      }
    }
  }

  @Test
  void aClockThatWasSetBackWritesNothing() throws IOException {
    try (World world = world()) {
      world.run(LATER, "clock-in");
      String before = Files.readString(file(world));
      World.Result result = world.run(AT_NINE, "clock-out");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err()).contains("set the clock").contains("2025-10-31 13:51:24 Chicago");
      assertThat(file(world)).hasContent(before);
    }
  }

  @Test
  void theFileIsTheTradersAloneAndNothingElseIsLeftBehind() throws IOException {
    try (World world = world()) {
      world.run("clock-in");
      world.run("clock-out");

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(world))))
          .isEqualTo("rw-------");
      Path directory = file(world).getParent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).containsExactly(file(world));
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    try (World world = world()) {
      Files.createFile(world.home().resolve("file"));
      World.Result result =
          world.set("XDG_STATE_HOME", world.home().resolve("file").toString()).run("clock-in");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .contains(world.home().resolve("file").toString());
    }
  }
}
