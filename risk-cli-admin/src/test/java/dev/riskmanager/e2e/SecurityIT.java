package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a trader under the engine's own user may try, with real processes: what happens, and what is
 * recorded. docs/security.md has the table, with the tests of the other attacks.
 */
class SecurityIT {

  /** A loss is made smaller in the database, and the machine is started anew. */
  @Test
  void anEditedTradeIsNamedAndReadAnewAndTheAccountHeldAcrossAReboot() throws Exception {
    try (Stage stage = Stage.set()) {
      stage.venue().knob("fees", Map.of("MNQ", 0));
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        lose(stage, "-300.00");
        engine.awaitStatus("the loss", s -> realized(s).equals("-300.00"));
      }
      stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
      edit(stage, "UPDATE trades SET profit_and_loss = '-3' WHERE profit_and_loss IS NOT NULL");
      emptyRun(stage);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitStatus(
            "held",
            s ->
                problems(s).contains("changed by hand: trades ")
                    && lockedBy(s, "BOOKS")
                    && s.engine().state() == EngineState.DEGRADED);
        // What is there may stay and be closed; nothing may be added.
        engine.awaitStatus(
            "what the venue says",
            s -> realized(s).equals("-300.00") && account(s).positions().size() == 1);
        stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> stage.venue().positions(ACCOUNT).getFirst().size() == 1);
        assertThat(engine.output())
            .anySatisfy(
                line -> assertThat(line).contains("ALARM: rows of the database were changed"))
            .anySatisfy(line -> assertThat(line).contains("left to the venue to tell: trades ("));
        assertThat(admin(stage, "audit").out())
            .anySatisfy(line -> assertThat(line).contains("BOOKS_DISTRUSTED", "changed by hand"));
        String reason = "looked at it";
        assertThat(
                admin(stage, "unlock", "" + ACCOUNT, "--rule", "BOOKS", "--reason", reason, "--yes")
                    .code())
            .isZero();
        assertThat(problems(engine.awaitProtecting())).isEmpty();
        assertThat(admin(stage, "audit", "verify").code()).isZero();
      }
    }
  }

  @Test
  void aConfigurationThatIsSwappedAndPutBackOrDeletedLoosensNothing() throws Exception {
    try (Stage stage = Stage.set()) {
      Path file = stage.home().riskConfigYaml();
      String sound = Files.readString(file);
      String loose = sound.replace("  limit: -500", "  limit: -9000");
      assertThat(loose).isNotEqualTo(sound);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
      }
      Files.writeString(file, loose);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        assertThat(limit(engine.awaitProtecting())).isEqualTo("-500.00");
        assertThat(admin(stage, "audit").out())
            .anySatisfy(line -> assertThat(line).contains("-500 → -9000", "LOOSENS"));
        Files.delete(file);
        Programs.Ended reload = admin(stage, "config", "reload");
        assertThat(reload.code()).isEqualTo(1);
        assertThat(String.join("\n", reload.err())).contains("risk_config.yaml");
        lose(stage, "-600.00");
        engine.awaitStatus("locked at the old limit", s -> lockedBy(s, "RULE-003"));
      }
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        assertThat(engine.awaitExit()).isEqualTo(1);
        assertThat(engine.complaints())
            .anySatisfy(line -> assertThat(line).contains("risk_config.yaml"));
      }
      Files.writeString(file, sound);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        StatusView back = engine.awaitProtecting();
        assertThat(limit(back)).isEqualTo("-500.00");
        assertThat(lockedBy(back, "RULE-003")).isTrue();
      }
    }
  }

  @Test
  void withoutThePasswordNothingIsDoneAndAReplacedSocketIsPutBack() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      for (List<String> command :
          List.of(
              List.of("rules", "disable", "RULE-003"),
              List.of("engine", "stop", "--reason", "x", "--yes"))) {
        Programs.Ended refused = admin(stage, "a guess", command.toArray(String[]::new));
        assertThat(refused.code()).as("%s: %s", command, refused.err()).isEqualTo(4);
      }
      assertThat(limit(engine.awaitProtecting())).isEqualTo("-500.00");
      assertThat(commandLine(engine))
          .contains("RiskEngineMain")
          .doesNotContain(Stage.API_KEY)
          .doesNotContain(Stage.PASSWORD);

      replaceSocket(stage, engine);
      assertThat(admin(stage, "audit").out())
          .anySatisfy(line -> assertThat(line).contains("wrong admin password, 4 attempt(s) left"))
          .anySatisfy(line -> assertThat(line).contains("SOCKET_REPLACED", "the admin socket"));

      keyRevoked(stage, engine);
      onlyItsUserReadsWhatItWrites(stage);
    }
  }

  /** For those who type the password into it. */
  private static void replaceSocket(Stage stage, EngineProcess engine) throws IOException {
    Path socket = stage.home().adminSocket();
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Files.delete(socket);
      other.bind(UnixDomainSocketAddress.of(socket));
      engine.awaitLine("ALARM: the admin socket was removed or replaced by another program");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                try (AdminClient client = engine.admin()) {
                  client.authenticate(Stage.PASSWORD.toCharArray());
                  return true;
                } catch (ControlException e) {
                  return false;
                }
              });
    }
  }

  private static void keyRevoked(Stage stage, EngineProcess engine) {
    stage.venue().knob("login_error", 3);
    stage.venue().knob("logout_hubs", "user");
    StatusView blind =
        engine.awaitStatus(
            "it is said",
            s -> s.engine().state() == EngineState.DEGRADED && !problems(s).isEmpty());
    assertThat(engine.isAlive()).isTrue();
    assertThat(account(blind).rules()).isNotEmpty();
    stage.venue().knob("login_error", 0);
    engine.awaitStatus("back", s -> s.gateway().reconnects() >= 1 && problems(s).isEmpty());
    assertThat(engine.awaitProtecting().gateway().blindWindows()).isNotEmpty();
  }

  private static void onlyItsUserReadsWhatItWrites(Stage stage) throws IOException {
    Path root = stage.home().root();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        boolean forTheGroup =
            file.equals(root)
                || file.equals(stage.home().run())
                || file.equals(stage.home().viewSocket());
        assertThat(Files.getPosixFilePermissions(file))
            .as("%s", file)
            .doesNotContain(
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE,
                PosixFilePermission.OTHERS_EXECUTE);
        if (!forTheGroup) {
          assertThat(Files.getPosixFilePermissions(file))
              .as("%s", file)
              .doesNotContain(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
        }
        if (Files.isRegularFile(file) && !file.equals(stage.home().accountsYaml())) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as("%s", file)
              .doesNotContain(Stage.API_KEY)
              .doesNotContain(Stage.PASSWORD);
        }
      }
    }
  }

  private static String commandLine(EngineProcess engine) throws IOException {
    return Files.readString(Path.of("/proc", "" + engine.pid(), "cmdline"));
  }

  private static void edit(Stage stage, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + stage.home().database());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  /** As a reboot leaves a directory that is kept in memory. */
  private static void emptyRun(Stage stage) throws IOException {
    try (Stream<Path> files = Files.list(stage.home().run())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void lose(Stage stage, String profitAndLoss) {
    stage
        .venue()
        .halfTurn(
            ACCOUNT,
            "MNQ",
            OrderSide.SELL,
            1,
            null,
            new BigDecimal(profitAndLoss),
            new BigDecimal("0"));
  }

  private static String realized(StatusView status) {
    return String.valueOf(account(status).pnl().realized());
  }

  private static String limit(StatusView status) {
    return account(status).rules().stream()
        .filter(rule -> rule.ruleId().equals("RULE-003"))
        .map(RuleView::limit)
        .findFirst()
        .map(String::valueOf)
        .orElseThrow();
  }

  private static boolean lockedBy(StatusView status, String rule) {
    return account(status).lockouts().stream().anyMatch(lock -> lock.ruleId().equals(rule));
  }

  private static String problems(StatusView status) {
    return String.join("; ", status.engine().problems());
  }

  private static Programs.Ended admin(Stage stage, String... args) {
    return admin(stage, Stage.PASSWORD, args);
  }

  private static Programs.Ended admin(Stage stage, String password, String[] args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--home", stage.home().root().toString()));
    return Programs.admin(stage.directory(), password, all.toArray(String[]::new));
  }
}
