package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.ReloadRequest;
import dev.riskmanager.wire.RuleSetRequest;
import dev.riskmanager.wire.UnlockRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * The admin socket as its clients meet it: real sockets, real hashes, a small engine behind them.
 */
@Timeout(120)
class AdminServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Instant START = Instant.parse("2025-10-31T17:00:00Z");
  private static final UnlockRequest UNLOCK =
      new UnlockRequest(FakeEngine.MAIN, "RULE-003", null, "a mistake of mine");

  @RegisterExtension final ShortPaths paths = new ShortPaths();
  private final FakeEngine engine = new FakeEngine();
  private final ManualClock clock = new ManualClock(START);

  @SuppressWarnings("NullAway.Init")
  private AdminSecret secret;

  @SuppressWarnings("NullAway.Init")
  private AdminServer server;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(home().data());
    secret = AdminSecret.load(home().adminSecret(), clock);
    secret.setFirst(right());
    server = AdminServer.start(home(), "1.2.3", engine, engine, secret);
  }

  @AfterEach
  void stop() {
    server.close();
    secret.close();
  }

  @Test
  void onlyItsOwnerMayOpenTheSocket() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
  }

  /** Though the permissions let everybody through, as after a chmod. */
  @Test
  void anotherUserIsTurnedAwayWhateverThePermissionsSay() throws Exception {
    List<String> asked = new ArrayList<>();
    Path other = home().run().resolve("other.sock");
    try (AdminServer strict =
            new AdminServer(
                other,
                home().root(),
                "1.2.3",
                engine,
                engine,
                secret,
                Limits.STANDARD,
                user -> {
                  asked.add(user);
                  return false;
                });
        RawClient client = new RawClient(other)) {
      assertThat(strict.clients()).isZero();
      JsonNode error = client.next().path("error");
      assertThat(error.path("code").asInt()).isEqualTo(Protocol.FORBIDDEN);
      assertThat(error.path("message").asString()).startsWith("the admin socket is not for");
      assertThat(client.nextOrEnd()).isNull();
      assertThat(asked).containsExactly(ProcessHandle.current().info().user().orElseThrow());
    }
  }

  @Test
  void looksWithoutAPassword() throws Exception {
    try (AdminClient client = connect()) {
      assertThat(client.hello().socket()).isEqualTo("admin");
      assertThat(client.status(OptionalLong.empty()).accounts()).hasSize(2);
    }
  }

  @Test
  void nothingThatChangesAnythingIsDoneWithoutThePassword() throws Exception {
    try (AdminClient client = connect()) {
      List<ThrowingCallable> all =
          List.of(
              () -> client.unlock(UNLOCK),
              () -> client.lock(new LockRequest(1, START, "r"), null),
              () -> client.flatten(new FlattenRequest(1, "r"), null),
              () -> client.rulesList(OptionalLong.empty()),
              () -> client.rulesSet(new RuleSetRequest("a", "b", "c", false, null, false)),
              client::configShow,
              client::configValidate,
              () -> client.configValidate("risk_config.yaml", "{}"),
              () ->
                  client.configWrite(
                      new ConfigWriteRequest("risk_config.yaml", "00", "{}", false, null)),
              () -> client.unlockPreview(UNLOCK),
              () -> client.configReload(new ReloadRequest(false, null)),
              client::accountsList,
              () -> client.accountsAdd(1),
              () -> client.accountsRemove(1, "r"),
              client::accountsTest,
              () -> client.audit(1),
              client::auditVerify,
              () -> client.shutdown("r"));
      for (ThrowingCallable call : all) {
        assertThatThrownBy(call).isInstanceOf(ControlException.NotAuthenticated.class);
      }
    }
    assertThat(engine.calls).isEmpty();
  }

  @Test
  void thePasswordOpensThisConnectionAndNoOther() throws Exception {
    String user = Files.getOwner(socket()).getName();
    try (AdminClient client = connect();
        AdminClient other = connect()) {
      client.authenticate(right());

      assertThat(client.unlock(UNLOCK).ended().getFirst().accountId()).isEqualTo(FakeEngine.MAIN);
      assertThat(engine.calls)
          .containsExactly(
              "unlock by "
                  + user
                  + " with risk-admin/9: UnlockRequest[accountId=13298777, ruleId=RULE-003,"
                  + " symbol=null, reason=a mistake of mine]");
      assertThatThrownBy(() -> other.unlock(UNLOCK))
          .isInstanceOf(ControlException.NotAuthenticated.class);
      assertThat(client.shutdown("maintenance").pid()).isEqualTo(4711);
      assertThat(engine.calls.getLast()).isEqualTo("shutdown by " + user + ": maintenance");
    }
  }

  @Test
  void refusalsArriveAsWhatTheyAre() throws Exception {
    try (AdminClient client = connect()) {
      client.authenticate(right());

      assertThatThrownBy(
              () -> client.unlock(new UnlockRequest(FakeEngine.MAIN, "RULE-010", null, "please")))
          .isInstanceOf(ControlException.Forbidden.class)
          .hasMessage("RULE-010 forbids an unlock");
      assertThatThrownBy(
              () -> client.unlock(new UnlockRequest(FakeEngine.MAIN, null, "MNQX", "please")))
          .isInstanceOfSatisfying(
              ControlException.BadParameters.class, e -> assertThat(e.field()).isEqualTo("symbol"));
      assertThatThrownBy(() -> client.unlock(new UnlockRequest(FakeEngine.MAIN, null, null, " ")))
          .isInstanceOfSatisfying(
              ControlException.BadParameters.class, e -> assertThat(e.field()).isEqualTo("reason"));
      assertThatThrownBy(() -> client.rulesList(OptionalLong.empty()))
          .isInstanceOf(ControlException.MethodNotFound.class)
          .hasMessage("rules.list is not available in this version of the engine");
    }
  }

  @Test
  void fiveWrongPasswordsBlockEveryoneAlsoAfterARestart() throws Exception {
    try (AdminClient client = connect()) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> client.authenticate(wrong()))
            .isInstanceOfSatisfying(
                ControlException.NotAuthenticated.class,
                e -> assertThat(e.exitCode()).isEqualTo(4));
      }
      assertThatThrownBy(() -> client.authenticate(right()))
          .isInstanceOfSatisfying(
              ControlException.Blocked.class,
              e -> assertThat(e.until()).isEqualTo(START.plusSeconds(900)));
    }
    assertThat(engine.calls)
        .hasSize(5)
        .first()
        .asString()
        .endsWith("risk-admin/9: wrong admin password, 4 attempt(s) left");
    assertThat(engine.calls.getLast()).endsWith("wrong admin password, passwords are blocked");

    restart();
    try (AdminClient client = connect()) {
      assertThatThrownBy(() -> client.authenticate(right()))
          .isInstanceOf(ControlException.Blocked.class);
      clock.set(START.plusSeconds(900));
      client.authenticate(right());
      assertThat(client.unlock(UNLOCK).ended()).hasSize(1);
    }
  }

  @Test
  void whoWasInStaysInDuringABlock() throws Exception {
    try (AdminClient inside = connect();
        AdminClient attacker = connect()) {
      inside.authenticate(right());
      block(attacker);

      assertThat(inside.unlock(UNLOCK).ended()).hasSize(1);
    }
  }

  @Test
  void duringABlockTheRightPasswordStillLocksAndFlattens() throws Exception {
    LockRequest lock = new LockRequest(FakeEngine.MAIN, START.plusSeconds(3600), "enough");
    FlattenRequest flatten = new FlattenRequest(FakeEngine.OTHER, "out");
    try (AdminClient client = connect()) {
      block(client);
      engine.calls.clear();

      assertThat(client.flatten(flatten, right()).positions()).isEqualTo(2);
      assertThatThrownBy(() -> client.lock(lock, right()))
          .as("within the same second")
          .isInstanceOf(ControlException.Blocked.class);
      clock.pass(Duration.ofSeconds(1));
      assertThat(client.lock(lock, right()).lockout().type()).isEqualTo(LockoutType.MANUAL);
      clock.pass(Duration.ofSeconds(1));
      assertThatThrownBy(() -> client.lock(lock, wrong()))
          .isInstanceOf(ControlException.NotAuthenticated.class);
      assertThat(engine.calls)
          .startsWith(
              "flatten FlattenRequest[accountId=20000002, reason=out]",
              "lock LockRequest[accountId=13298777, until=2025-10-31T18:00:00Z, reason=enough]")
          .hasSize(3);
      // It was for that request only.
      assertThatThrownBy(() -> client.unlock(UNLOCK))
          .isInstanceOf(ControlException.NotAuthenticated.class);
      clock.pass(Duration.ofSeconds(1));
      assertThatThrownBy(() -> client.authenticate(right()))
          .isInstanceOf(ControlException.Blocked.class);
    }
  }

  @Test
  void aHundredGuessesAtOnceAreStillOnlyFive() throws Exception {
    try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> guesses = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        guesses.add(guessers.submit((Callable<Integer>) this::guess));
      }
      int lookedAt = 0;
      for (Future<Integer> guess : guesses) {
        lookedAt += guess.get() == Protocol.NOT_AUTHENTICATED ? 1 : 0;
      }
      assertThat(lookedAt).isEqualTo(5);
    }
    assertThat(engine.calls).hasSize(5);
  }

  private int guess() throws Exception {
    try (RawClient client = RawClient.greeted(socket())) {
      return client.errorOf(RawClient.request(1, "authenticate", "{\"password\":\"guess\"}"));
    }
  }

  @Test
  void aChangeOfThePasswordClosesWhatTheOldOneOpened() throws Exception {
    try (AdminClient changer = connect();
        AdminClient other = connect()) {
      other.authenticate(right());
      assertThatThrownBy(() -> changer.passwd(wrong(), "neu".toCharArray()))
          .isInstanceOf(ControlException.NotAuthenticated.class);
      assertThatThrownBy(() -> changer.passwd(null, "neu".toCharArray()))
          .isInstanceOf(ControlException.NotAuthenticated.class)
          .hasMessageContaining("needs the old one");
      assertThatThrownBy(() -> changer.passwd(right(), new char[0]))
          .isInstanceOfSatisfying(
              ControlException.BadParameters.class,
              e -> assertThat(e.field()).isEqualTo("newPassword"));
      assertThat(other.unlock(UNLOCK).ended()).hasSize(1);

      changer.passwd(right(), "nëu 🔑".toCharArray());

      assertThatThrownBy(() -> other.unlock(UNLOCK))
          .isInstanceOf(ControlException.NotAuthenticated.class);
      assertThat(changer.unlock(UNLOCK).ended()).hasSize(1);
      other.authenticate("nëu 🔑".toCharArray());
      assertThat(engine.calls).anyMatch(call -> call.endsWith(": admin password changed"));
      assertThat(engine.calls).noneMatch(call -> call.contains("nëu"));
    }
  }

  @Test
  void theFirstPasswordIsSetByTheOwnerOfTheHome() throws Exception {
    Files.delete(home().adminSecret());
    try (AdminClient client = connect()) {
      assertThatThrownBy(() -> client.authenticate(right()))
          .isInstanceOf(ControlException.NotAuthenticated.class)
          .hasMessageContaining("risk-admin passwd");

      client.passwd(null, "first".toCharArray());

      assertThat(client.unlock(UNLOCK).ended()).hasSize(1);
      assertThat(secret.verify("first".toCharArray()))
          .isInstanceOf(AdminSecret.Verdict.Accepted.class);
    }
  }

  @Test
  void aDamagedSecretIsSaidAndNothingIsDone() throws Exception {
    Files.writeString(home().adminSecret(), "garbage");
    try (AdminClient client = connect()) {
      assertThatThrownBy(() -> client.authenticate(right()))
          .isInstanceOf(ControlException.Unavailable.class)
          .hasMessageContaining("is damaged");
      assertThatThrownBy(() -> client.passwd(null, "first".toCharArray()))
          .isInstanceOf(ControlException.Unavailable.class);
    }
    assertThat(home().adminSecret()).hasContent("garbage");
  }

  @Test
  void aReasonIsOneLineOfReasonableLength() throws Exception {
    try (RawClient client = RawClient.greeted(socket())) {
      client.send(RawClient.request(1, "authenticate", "{\"password\":\"right\"}"));
      assertThat(client.next().path("result").path("authenticated").asBoolean()).isTrue();
      for (String reason : List.of("a\\nb", "\\u001b[2J", "x".repeat(501), "", "\\u202Eevil")) {
        client.send(
            RawClient.request(
                2, "unlock", "{\"accountId\":13298777,\"reason\":\"" + reason + "\"}"));
        JsonNode error = client.next().path("error");
        assertThat(error.path("data").path("field").asString()).as(reason).isEqualTo("reason");
      }
      assertThat(
              client.errorOf(
                  RawClient.request(
                      3, "unlock", "{\"accountId\":1,\"rule\":\"RULE-003\",\"reason\":\"r\"}")))
          .as("a misspelt filter must not unlock everything")
          .isEqualTo(Protocol.INVALID_PARAMS);
      assertThat(engine.calls).isEmpty();
    }
  }

  @Test
  void aPasswordMustBeAText() throws Exception {
    try (RawClient client = RawClient.greeted(socket())) {
      assertThat(client.errorOf(RawClient.request(1, "authenticate", "{}")))
          .isEqualTo(Protocol.INVALID_PARAMS);
      assertThat(client.errorOf(RawClient.request(2, "authenticate", "{\"password\":12345}")))
          .isEqualTo(Protocol.INVALID_PARAMS);
    }
    assertThat(engine.calls).isEmpty();
  }

  private void block(AdminClient client) {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> client.authenticate(wrong()))
          .isInstanceOf(ControlException.NotAuthenticated.class);
    }
  }

  private void restart() throws Exception {
    stop();
    secret = AdminSecret.load(home().adminSecret(), clock);
    server = AdminServer.start(home(), "1.2.3", engine, engine, secret);
  }

  private static char[] right() {
    return "right".toCharArray();
  }

  private static char[] wrong() {
    return "wrong".toCharArray();
  }

  private HomeDir home() {
    return new HomeDir(paths.root());
  }

  private Path socket() {
    return home().adminSocket();
  }

  private AdminClient connect() throws ControlException {
    return AdminClient.connectAdmin(socket(), "risk-admin/9", PATIENCE);
  }
}
