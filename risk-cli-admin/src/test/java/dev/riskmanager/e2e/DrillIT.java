package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.admin.drill.Drill;
import dev.riskmanager.admin.drill.DrillReport;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.stage.TemporaryEngine;
import dev.riskmanager.daemon.app.DrillHome;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code drill}: all times are there, and the real home knows nothing of it. */
@Timeout(300)
class DrillIT {
  /** Ctrl-C inside the shell interrupts the thread, and does so more than once. */
  @Test
  void anInterruptionLeavesNeitherEngineNorHomeBehind() throws Exception {
    Path directory = Files.createTempDirectory("rm-drill-");
    Set<ProcessHandle> before =
        ProcessHandle.current().children().collect(Collectors.toUnmodifiableSet());
    Thread drill =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (TemporaryEngine engine =
                      TemporaryEngine.prepare(
                          SimVenue.builder(InstantSource.system()).account(ACCOUNT).start(),
                          directory,
                          ACCOUNT,
                          "Drill",
                          "none",
                          List.of())) {
                    engine.start(new PrintWriter(Writer.nullWriter()));
                  } catch (CommandException e) {
                    // It was given up, which is what is meant.
                  }
                });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProcessHandle.current().children().anyMatch(child -> !before.contains(child)));
    List<ProcessHandle> started =
        ProcessHandle.current().children().filter(child -> !before.contains(child)).toList();

    while (drill.isAlive()) {
      drill.interrupt();
      drill.join(20);
    }

    assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(directory).doesNotExist();
  }

  @Test
  void aHomeAtRestHasTheSameBytesAfterIt() throws Exception {
    try (Stage stage = Stage.set("trade_frequency_limit.enabled=true")) {
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-100.50"));
        engine.awaitStatus("the loss", s -> Stage.account(s).pnl().trades() == 1);
      }
      Map<String, Integer> before = bytes(stage.home().root());

      Programs.Ended drill = drill(stage, "--json");

      assertThat(drill.code()).as("%s", drill).isZero();
      assertThat(bytes(stage.home().root())).isEqualTo(before);
      DrillReport report = WireJson.read(String.join("\n", drill.out()), DrillReport.class);
      assertThat(report.passed()).isTrue();
      assertThat(report.failures()).isEmpty();
      assertThat(report.ruleId()).isEqualTo("RULE-003");
      assertThat(report.limit()).isEqualByComparingTo("-500");
      assertThat(report.breach()).isEqualByComparingTo("-600");
      assertThat(report.substituted()).isFalse();
      assertThat(report.accountId()).isEqualTo(ACCOUNT);
      assertThat(report.steps())
          .extracting(DrillReport.Step::name)
          .containsExactly("seen", "locked", "close", "flat", "guard", "unlocked");
      assertThat(report.steps().subList(0, 4))
          .extracting(step -> step.millis())
          .isSorted()
          .allSatisfy(millis -> assertThat(millis).isBetween(BigDecimal.ZERO, LONGEST));
    }
  }

  private static final BigDecimal LONGEST = new BigDecimal("20000");

  /** A real engine at work, with a position: its books, its venue and its status stay. */
  @Test
  void aRunningEngineNoticesNothing() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
      engine.awaitStatus("the position", s -> Stage.account(s).positions().size() == 1);
      Map<String, Integer> config = bytes(stage.home().config());
      Map<String, List<String>> books = books(stage.home());
      stage.venue().resetLog();

      Programs.Ended drill = drill(stage);

      assertThat(drill.code()).as("%s", drill).isZero();
      assertThat(drill.out().getFirst()).contains("RULE-003", stage.home().root().toString());
      assertThat(drill.out()).anyMatch(line -> line.startsWith("PASSED"));
      assertThat(bytes(stage.home().config())).isEqualTo(config);
      assertThat(books(stage.home())).isEqualTo(books);
      assertThat(stage.venue().requests())
          .extracting(request -> request.operation())
          .doesNotContain("Position/closeContract", "Order/cancel", "Order/place");
      assertThat(Stage.account(engine.awaitProtecting()))
          .satisfies(
              account -> {
                assertThat(account.locked()).isFalse();
                assertThat(account.positions()).hasSize(1);
                assertThat(account.pnl().trades()).isEqualTo(1);
              });
    }
  }

  @Test
  void whatCannotBeDrilledIsSaid() throws Exception {
    try (Stage stage = Stage.set("daily_realized_loss.mode=shadow")) {
      Programs.Ended drill = drill(stage, "--within", "0");
      assertThat(drill.code()).as("%s", drill).isEqualTo(1);
      assertThat(drill.out())
          .anyMatch(line -> line.contains("stood in for the drill"))
          .anyMatch(line -> line.startsWith("FAILED: flat was proven after"))
          .noneMatch(line -> line.startsWith("PASSED"));

      Programs.Ended unknown = drill(stage, "--account", "77");
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err())
          .containsExactly("risk-admin: account 77 is not protected; there are: [" + ACCOUNT + "]");

      stage.configure("risk_config.yaml", "limit: -500", "limit: 500");
      Programs.Ended wrong = drill(stage);
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err().getFirst()).contains("risk_config.yaml", "limit");
    }
  }

  /**
   * A venue that takes no close is seen by the drill, and the home is cleared away all the same.
   */
  @Test
  void aCloseThatIsRefusedFailsTheDrill() throws Exception {
    Path directory = Files.createTempDirectory("rm-drill-");
    try (Stage stage = Stage.set()) {
      SimVenue venue = SimVenue.builder(InstantSource.system()).account(ACCOUNT).instant().start();
      try (TemporaryEngine engine =
          TemporaryEngine.prepare(venue, directory, ACCOUNT, "Drill", "none", List.of())) {
        DrillHome.Subject subject =
            DrillHome.furnish(stage.home(), OptionalLong.empty(), engine.home(), System.getenv());
        engine.start(new PrintWriter(Writer.nullWriter()));
        venue.knob(
            "status", Map.of("op", "Position/closeContract", "code", 500, "times", 1_000_000));

        DrillReport report = new Drill(engine, subject, InstantSource.system()).run("here");

        assertThat(report.passed()).isFalse();
        assertThat(report.failures())
            .anyMatch(failure -> failure.contains("no flat was proven"))
            .contains("the venue still has a position");
      }
      assertThat(directory).doesNotExist();
    }
  }

  private static Programs.Ended drill(Stage stage, String... more) {
    List<String> args = new ArrayList<>(List.of("drill", "--home", stage.home().root().toString()));
    args.addAll(Arrays.asList(more));
    return Programs.admin(stage.directory(), null, args.toArray(String[]::new));
  }

  private static Map<String, Integer> bytes(Path root) throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.toList()) {
        found.put(
            root.relativize(path) + " " + Files.getLastModifiedTime(path),
            Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) : 0);
      }
    }
    return found;
  }

  /** Every table of the database, row for row. */
  private static Map<String, List<String>> books(HomeDir home) throws SQLException {
    Map<String, List<String>> books = new TreeMap<>();
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:file:" + home.database() + "?mode=ro")) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          connection
              .createStatement()
              .executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        List<String> rows = new ArrayList<>();
        try (ResultSet row = connection.createStatement().executeQuery("SELECT * FROM " + table)) {
          while (row.next()) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              text.append(row.getString(i)).append('|');
            }
            // A running engine says now and then that it is alive, what the balance was, and soon
            // after its start which password it has: these rows and the sum of hashes go on.
            if (!text.toString().matches("(last_seen|balance\\.\\d+|password\\.file|seal)\\|.*")) {
              rows.add(text.toString());
            }
          }
        }
        books.put(table, rows);
      }
    }
    return books;
  }
}
