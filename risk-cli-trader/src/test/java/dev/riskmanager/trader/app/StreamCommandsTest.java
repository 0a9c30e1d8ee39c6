package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.WireJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that go on until they are interrupted: {@code watch} and {@code log --follow}. */
@Timeout(60)
class StreamCommandsTest {
  private static final StatusView FREE = Samples.status(Samples.free());
  private static final StatusView LOCKED = Samples.status(Samples.lockedOut());

  @Test
  void watchPrintsEachPictureAsItArrivesAndSaysWhyItEnds() throws Exception {
    try (World world = new World(FREE)) {
      World.Running watch = world.start("watch");

      assertThat(watch.line()).isEqualTo(WireJson.write(FREE));
      world.engine().show(LOCKED);
      assertThat(watch.line()).isEqualTo(WireJson.write(LOCKED));
      world.engine().close();
      World.Result end = watch.end();
      assertThat(end.code()).isEqualTo(3);
      assertThat(end.out()).isEmpty();
      assertThat(end.err().lines())
          .singleElement()
          .asString()
          .startsWith("risk-trader: the engine");
    }
  }

  @Test
  void watchOfAnAccountShowsNoOther() throws Exception {
    try (World world = new World(Samples.status(Samples.free(), Samples.second()))) {
      World.Running watch = world.start("watch", "--account", "20202020");

      assertThat(watch.line()).contains("20202020").doesNotContain("Main Trading Account");
      World.Result unknown = world.start("watch", "--account", "5").end();
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err()).isEqualTo("risk-trader: account 5 is not monitored\n");
    }
  }

  @Test
  void watchEndsQuietlyWhenItsReaderHasEnough() throws IOException {
    try (World world = new World(FREE)) {
      PrintStream broken =
          new PrintStream(
              new BufferedOutputStream(
                  new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                      throw new IOException("Broken pipe");
                    }
                  }),
              false,
              StandardCharsets.UTF_8);
      Console console =
          new Console(
              broken, broken, false, Map.of(), InstantSource.fixed(Samples.NOW), System::nanoTime);
      for (String[] command : new String[][] {{"watch"}, {"log", "--follow"}}) {
        String[] args =
            Stream.concat(Stream.of("--home", world.home().toString()), Stream.of(command))
                .toArray(String[]::new);

        assertThat(RiskTrader.run(console, args)).isZero();
      }
    }
  }

  @Test
  void logFollowsWithEachLineOnceAndNothingLeftOut() throws Exception {
    try (World world = new World(FREE)) {
      World.Running log = world.start("log", "--follow", "--tail", "1");
      assertThat(log.line()).endsWith("FLAT: proven after 184 ms");

      // More at once than a picture carries.
      List<LogEntry> more = new ArrayList<>(Samples.actions());
      for (int i = 6; i <= 40; i++) {
        more.add(Samples.entry(i, "17:22:00", LogKind.GUARD, "RULE-003", "line " + i));
      }
      grow(world, more);
      for (int i = 6; i <= 40; i++) {
        assertThat(log.line()).endsWith("  line " + i);
      }
      // A picture without a new line prints none.
      world.engine().show(FREE);
      more.add(Samples.entry(45, "17:23:00", LogKind.GUARD, "RULE-003", "after a gap"));
      grow(world, more);
      assertThat(log.line()).endsWith("  after a gap");

      world.engine().close();
      World.Result end = log.end();
      assertThat(end.code()).isEqualTo(3);
      assertThat(end.out()).isEmpty();
      assertThat(end.err().lines())
          .singleElement()
          .asString()
          .startsWith("risk-trader: the engine");
    }
  }

  /** News of one line, and by the time it is read there are more: a breach comes as a burst. */
  @Test
  void logLeavesNothingOutWhenMoreHasComeSinceTheNews() throws Exception {
    try (World world = new World(FREE)) {
      World.Running log = world.start("log", "--follow", "--tail", "1");
      assertThat(log.line()).endsWith("FLAT: proven after 184 ms");

      List<LogEntry> more = new ArrayList<>(Samples.actions());
      more.add(Samples.entry(6, "17:22:00", LogKind.GUARD, "RULE-003", "line 6"));
      List<LogEntry> told = List.copyOf(more);
      for (int i = 7; i <= 9; i++) {
        more.add(Samples.entry(i, "17:22:00", LogKind.GUARD, "RULE-003", "line " + i));
      }
      world.engine().log(new LogView(List.copyOf(more)));
      show(world, told);

      for (int i = 6; i <= 9; i++) {
        assertThat(log.line()).endsWith("  line " + i);
      }
    }
  }

  @Test
  void logFollowsOneRuleAsOneJsonALine() throws Exception {
    try (World world = new World(FREE)) {
      World.Running log =
          world.start("log", "--follow", "--json", "--tail", "1", "--rule", "RULE-007");
      List<LogEntry> more = new ArrayList<>(Samples.actions());
      more.add(Samples.entry(6, "17:22:00", LogKind.GUARD, "RULE-003", "of another rule"));
      more.add(Samples.entry(7, "17:22:01", LogKind.VIOLATION, "RULE-007", "of this rule"));
      grow(world, more);

      assertThat(log.line()).isEqualTo(WireJson.write(more.getLast()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "log --follow"})
  void anEngineThatHangsIsNoticedAndSoIsThatItAnswersAgain(String command) throws Exception {
    try (World world = new World(FREE)) {
      World.Running running = world.start(command.split(" ", -1));
      assertThat(running.line()).isNotEmpty();
      world.engine().freeze(true);

      world.pass(Duration.ofSeconds(6));
      Awaitility.await()
          .until(
              running::complaints,
              text -> text.matches("risk-trader: the engine has said nothing for \\d+ s; .*\n"));
      world.engine().freeze(false);
      Awaitility.await()
          .until(running::complaints, text -> text.endsWith("the engine answers again\n"));

      world.engine().freeze(true);
      world.pass(Duration.ofSeconds(31));
      World.Result end = running.end();
      assertThat(end.code()).isEqualTo(3);
      assertThat(end.err().lines().toList().getLast())
          .startsWith("risk-trader: the engine has said nothing for 3")
          .contains("nothing is protected");
    }
  }

  @Test
  void aLongLogIsReadPageByPage() throws Exception {
    try (World world = new World(FREE)) {
      List<LogEntry> many = new ArrayList<>();
      for (int i = 1; i <= 1_300; i++) {
        many.add(Samples.entry(i, "17:22:00", LogKind.GUARD, "RULE-003", "line " + i));
      }
      world.engine().log(new LogView(many));

      World.Result all = world.run("log", "--tail", "1200");
      assertThat(all.lines()).hasSize(1_200);
      assertThat(all.lines().getFirst()).endsWith("line 101");
      assertThat(all.lines().getLast()).endsWith("line 1300");
      assertThat(world.run("log", "--tail", "10000", "--account", "13298777").lines())
          .hasSize(1_300);
      assertThat(world.run("log", "--tail", "2", "--account", "5").lines()).isEmpty();
    }
  }

  /** The log first: a picture that shows a line is not sent before the line can be read. */
  private static void grow(World world, List<LogEntry> entries) {
    world.engine().log(new LogView(entries));
    show(world, entries);
  }

  private static void show(World world, List<LogEntry> entries) {
    world
        .engine()
        .show(
            new StatusView(
                FREE.asOf(),
                FREE.engine(),
                FREE.gateway(),
                FREE.accounts(),
                FREE.clock(),
                entries.subList(Math.max(0, entries.size() - 20), entries.size())));
  }
}
