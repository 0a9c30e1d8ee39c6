package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.WireJson;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The main job, with the engine as a process: from a breach on the wire to a lockout and flat. */
class EngineIT {
  private static final String CLOSE = "Position/closeContract";

  /** The members of the object in the documentation of {@code status --json}, where they stand. */
  private static final Map<String, List<String>> DOCUMENTED =
      Map.of(
          "",
          List.of("asOf", "engine", "gateway", "accounts"),
          "/engine",
          List.of("state", "problems", "pid", "version", "startedAt", "uptimeSeconds"),
          "/gateway",
          List.of("state", "lastEventAgeMs", "reconnects", "blindWindows"),
          "/accounts/0",
          List.of(
              "accountId",
              "name",
              "canTrade",
              "locked",
              "lockouts",
              "pnl",
              "positions",
              "orders",
              "rules"),
          "/accounts/0/lockouts/0",
          List.of(
              "id",
              "ruleId",
              "rule",
              "type",
              "symbol",
              "reason",
              "lockedAt",
              "expiresAt",
              "remainingSeconds",
              "unlock"),
          "/accounts/0/pnl",
          List.of("tradingDay", "realized", "open", "fees", "total", "trades"),
          "/accounts/0/rules/2",
          List.of("ruleId", "rule", "mode", "state", "value", "limit", "used"));

  @Test
  void aBreachOnTheWireIsALockoutAndAFlatAccountAndTheTraderSeesIt() throws Exception {
    try (Stage stage = Stage.set()) {
      String home = stage.home().root().toString();
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        assertThat(check(stage, home)).isZero();
        JsonNode holding = openTwo(stage, engine);
        assertThat(names(holding.at("/accounts/0/positions/0")))
            .startsWith(
                "contractId",
                "symbol",
                "side",
                "size",
                "averagePrice",
                "mark",
                "open",
                "stopCovered",
                "openedAt");

        stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));

        awaitLockedAndFlat(engine);
        assertThat(stage.venue().positions(ACCOUNT)).isEmpty();
        assertThat(stage.venue().requests(CLOSE)).hasSize(1);
        seenByTheTrader(stage, home);
        assertThat(String.join("\n", engine.output()))
            .contains("VIOLATION: DailyRealizedLoss - Daily loss limit exceeded: $-6")
            .doesNotContain(Stage.API_KEY)
            .doesNotContain(Stage.PASSWORD);
      }
      Programs.Ended down = Programs.trader(stage.directory(), "status", "--check", "--home", home);
      assertThat(down.code()).isEqualTo(3);
      assertThat(down.err()).hasSize(1);
    }
  }

  private static int check(Stage stage, String home) {
    return Programs.trader(stage.directory(), "status", "--check", "--home", home).code();
  }

  /** A position of two, as the engine's own JSON shows it. */
  private static JsonNode openTwo(Stage stage, EngineProcess engine) throws Exception {
    stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    StatusView holding =
        engine.awaitStatus(
            "the position is seen",
            s ->
                account(s).positions().size() == 1 && account(s).positions().get(0).mark() != null);
    return WireJson.mapper().readTree(WireJson.write(holding));
  }

  private static void awaitLockedAndFlat(EngineProcess engine) {
    engine.awaitStatus(
        "locked and proven flat",
        s ->
            account(s).locked()
                && account(s).positions().isEmpty()
                && s.lastActions().stream().anyMatch(e -> e.text().startsWith("FLAT")));
  }

  private static void seenByTheTrader(Stage stage, String home) throws Exception {
    Programs.Ended json =
        Programs.trader(stage.directory(), "status", "--json", "--check", "--home", home);
    assertThat(json.code()).isEqualTo(10);
    assertThat(json.out()).hasSize(1);
    JsonNode status = WireJson.mapper().readTree(json.out().getFirst());
    DOCUMENTED.forEach(
        (at, members) ->
            assertThat(names(at.isEmpty() ? status : status.at(at)))
                .as(at)
                .startsWith(members.toArray(new String[0])));
    assertThat(status.at("/engine/state").stringValue()).isEqualTo("PROTECTING");
    assertThat(status.at("/gateway/state").stringValue()).isEqualTo("CONNECTED");
    JsonNode locked = status.at("/accounts/0");
    assertThat(locked.at("/locked").booleanValue()).isTrue();
    JsonNode lockout = locked.at("/lockouts/0");
    assertThat(lockout.at("/ruleId").stringValue()).isEqualTo("RULE-003");
    assertThat(lockout.at("/rule").stringValue()).isEqualTo("daily_realized_loss");
    assertThat(lockout.at("/type").stringValue()).isEqualTo("hard");
    assertThat(lockout.at("/symbol").isNull()).isTrue();
    assertThat(lockout.at("/reason").stringValue())
        .matches("Daily loss limit exceeded: \\$-60\\d\\.\\d\\d \\(limit: \\$-500\\.00\\)");
    assertThat(lockout.at("/remainingSeconds").longValue()).isPositive();
    List<String> rules = new ArrayList<>();
    locked.at("/rules").forEach(rule -> rules.add(rule.at("/ruleId").stringValue()));
    assertThat(rules)
        .containsExactlyElementsOf(RuleCatalog.ids().stream().map(RuleId::toString).toList());
    JsonNode rule = locked.at("/rules/2");
    assertThat(rule.at("/ruleId").stringValue()).isEqualTo("RULE-003");
    assertThat(rule.at("/state").stringValue()).isEqualTo("BREACHED");
    assertThat(rule.at("/limit").stringValue()).isEqualTo("-500.00");
    assertThat(locked.at("/rules/0/state").stringValue()).isEqualTo("DISABLED");

    Programs.Ended line = Programs.trader(stage.directory(), "status", "--oneline", "--home", home);
    assertThat(line.code()).isZero();
    assertThat(line.out()).hasSize(1);
    assertThat(line.out().getFirst()).containsIgnoringCase("locked");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void theLockoutIsOnTheDiskBeforeTheFirstCloseIsSentToAVenueThatNeverAnswersIt() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      openTwo(stage, engine);
      SimVenue venue = stage.venue();
      venue.knob("hang", CLOSE);
      // Read when the request has arrived and before the venue does anything with it.
      Queue<List<String>> onArrival = new ConcurrentLinkedQueue<>();
      venue.onRequest(
          request -> {
            if (request.operation().equals(CLOSE)) {
              onArrival.add(lockouts(stage.home().database()));
            }
          });
      assertThat(lockouts(stage.home().database())).isEmpty();

      venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));

      // The second one shows that the first has hung and was given up as ambiguous.
      engine.awaitStatus("two closes were sent", s -> onArrival.size() >= 2);
      assertThat(onArrival).allSatisfy(rows -> assertThat(rows).containsExactly("RULE-003 hard 1"));
      assertThat(venue.positions(ACCOUNT)).hasSize(1);
      StatusView hanging = engine.awaitStatus("it still answers", s -> account(s).locked());
      assertThat(account(hanging).positions()).hasSize(1);

      venue.knob("hang", "");
      engine.awaitStatus("flat at last", s -> account(s).positions().isEmpty());
      assertThat(venue.positions(ACCOUNT)).isEmpty();
    }
  }

  /** By a connection of this process, beside the engine's. */
  private static List<String> lockouts(Path database) {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select rule_id, type, active from lockouts order by id")) {
      while (result.next()) {
        rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getInt(3));
      }
    } catch (SQLException e) {
      rows.add(e.toString());
    }
    return rows;
  }

  @Test
  void killedDuringALockoutItRestoresItFirstAndClosesWhatWasOpenedMeanwhileBeforeItProtects()
      throws Exception {
    try (Stage stage = Stage.set()) {
      LockoutView before;
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-510.10"));
        before =
            account(engine.awaitStatus("locked", s -> account(s).locked())).lockouts().getFirst();
        engine.kill();
      }
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.SELL, 3);
      assertThat(stage.venue().positions(ACCOUNT)).hasSize(1);

      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        StatusView status = engine.awaitProtecting();

        assertThat(stage.venue().positions(ACCOUNT)).isEmpty();
        assertThat(account(status).locked()).isTrue();
        LockoutView after = account(status).lockouts().getFirst();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.lockedAt()).isEqualTo(before.lockedAt());
        assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
        engine.awaitLine("Risk Manager ACTIVE");
        inOrder(
            engine.output(),
            "Database initialized at",
            "Loaded 1 lockouts from database",
            "RESTORED LOCKOUT: Account " + ACCOUNT + " locked until",
            "STARTUP STATE: 1 active lockout(s) in effect",
            "Gateway: logged in",
            "FLAT: proven",
            "Risk Manager ACTIVE - Protecting your capital!");
      }
    }
  }

  /** Each of these stands in a line of its own, after the one before. */
  private static void inOrder(List<String> lines, String... parts) {
    int from = 0;
    for (String part : parts) {
      int at = from;
      while (at < lines.size() && !lines.get(at).contains(part)) {
        at++;
      }
      assertThat(at)
          .as("\"" + part + "\" in its place in\n" + String.join("\n", lines))
          .isLessThan(lines.size());
      from = at + 1;
    }
  }

  @Test
  void theAdminEndsALockoutAndOnlyAWorseBreachLocksAgain() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      lose(stage, "-500", "0");
      engine.awaitStatus("locked at the limit", s -> account(s).locked());

      Programs.Ended wrong = unlock(stage, "not the password");
      assertThat(wrong.code()).isEqualTo(4);
      assertThat(wrong.err()).hasSize(1);
      assertThat(account(engine.awaitStatus("asked", s -> true)).locked()).isTrue();

      Programs.Ended right = unlock(stage, Stage.PASSWORD);
      assertThat(right.err()).isEmpty();
      assertThat(right.code()).isZero();
      assertThat(right.out().getFirst()).contains("Unlocked", "RULE-003");

      lose(stage, "0", "0");
      StatusView same = engine.awaitStatus("one trade more", s -> trades(s) == 2);
      assertThat(account(same).locked()).isFalse();
      assertThat(account(same).pnl().realized()).isEqualTo("-500.00");
      lose(stage, "-0.01", "0");
      StatusView worse = engine.awaitStatus("locked again", s -> account(s).locked());
      assertThat(account(worse).lockouts().getFirst().reason()).contains("$-500.01");

      Programs.Ended again = unlock(stage, Stage.PASSWORD);
      assertThat(again.code()).isZero();
      Programs.Ended nothing = unlock(stage, Stage.PASSWORD);
      assertThat(nothing.code()).isEqualTo(1);
      assertThat(nothing.err()).hasSize(1);
    }
  }

  private static int trades(StatusView status) {
    return account(status).pnl().trades();
  }

  private static void lose(Stage stage, String profitAndLoss, String fees) {
    stage
        .venue()
        .halfTurn(
            ACCOUNT,
            "MNQ",
            OrderSide.SELL,
            1,
            null,
            new BigDecimal(profitAndLoss),
            new BigDecimal(fees));
  }

  private static Programs.Ended unlock(Stage stage, String password) {
    return Programs.admin(
        stage.directory(),
        password,
        "unlock",
        String.valueOf(ACCOUNT),
        "--reason",
        "reviewed",
        "--yes",
        "--home",
        stage.home().root().toString());
  }

  @Test
  void fiveWrongPasswordsBlockItAndARestartDoesNotHelp() throws Exception {
    try (Stage stage = Stage.set()) {
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        for (int i = 1; i <= 5; i++) {
          String guess = "guess " + i;
          try (AdminClient client = engine.admin()) {
            assertThatThrownBy(() -> client.authenticate(guess.toCharArray()))
                .isInstanceOf(ControlException.class);
          }
        }
        assertBlocked(engine);
      }
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        assertBlocked(engine);
        assertThat(unlock(stage, Stage.PASSWORD).code()).isEqualTo(4);
      }
    }
  }

  private static void assertBlocked(EngineProcess engine) throws ControlException {
    try (AdminClient client = engine.admin()) {
      assertThatThrownBy(() -> client.authenticate(Stage.PASSWORD.toCharArray()))
          .isInstanceOf(ControlException.Blocked.class);
      assertThatThrownBy(() -> client.unlock(new UnlockRequest(ACCOUNT, null, null, "x")))
          .isInstanceOf(ControlException.NotAuthenticated.class);
    }
  }

  @Test
  void theDemonstrationPlaysToItsEnd() throws Exception {
    Path directory = Files.createTempDirectory("rm-demo-");
    try {
      Programs.Ended demo =
          Programs.admin(directory, null, "demo", "--headless", "--seed", "20251031");

      assertThat(demo.err()).isEmpty();
      assertThat(demo.code()).isZero();
      inOrder(demo.out(), "PROTECTING", "LOCKOUT   RULE-003", "GUARD     undone", "END       ");
    } finally {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }
}
