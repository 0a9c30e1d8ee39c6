package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.lang.reflect.Modifier;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The view socket as its clients meet it: real sockets, a small engine behind them. */
@Timeout(120)
class ViewServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final OptionalLong ALL = OptionalLong.empty();

  @RegisterExtension final ShortPaths paths = new ShortPaths();
  private final FakeEngine engine = new FakeEngine();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private ViewServer server;

  @BeforeEach
  void start() throws Exception {
    server = ViewServer.start(socket(), "1.2.3", engine, told::add);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Somebody removes it, or puts his own there and waits for passwords. */
  @ParameterizedTest
  @ValueSource(
      strings = {"removed", "another's", "a file", "a directory", "a directory with a file"})
  void aSocketThatIsTakenAwayIsPutBackAndTold(String how) throws Exception {
    try (RawClient before = RawClient.greeted(socket());
        ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Files.delete(socket());
      if (how.equals("another's")) {
        other.bind(UnixDomainSocketAddress.of(socket()));
      } else if (how.equals("a file")) {
        Files.writeString(socket(), "");
      } else if (how.startsWith("a directory")) {
        Files.createDirectory(socket());
        if (how.endsWith("with a file")) {
          Files.writeString(socket().resolve("f"), "");
        }
      }
      await().atMost(PATIENCE).until(() -> !told.isEmpty());
      assertThat(told)
          .containsExactly("the view socket was removed or replaced by another program");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-rw----");
      try (RawClient after = RawClient.greeted(socket())) {
        assertThat(server.clients()).isEqualTo(2);
        before.send(RawClient.request(2, "status", "{}"));
        assertThat(before.next().has("result")).isTrue();
        after.send(RawClient.request(2, "status", "{}"));
        assertThat(after.next().has("result")).isTrue();
      }
    }
    server.close();
    assertThat(socket()).doesNotExist();
  }

  @Test
  void helloSaysWhoIsWho() throws Exception {
    try (ViewClient client = connect()) {
      assertThat(client.hello().protocol()).isEqualTo(1);
      assertThat(client.hello().server()).isEqualTo("risk-engine/1.2.3");
      assertThat(client.hello().socket()).isEqualTo("view");
      assertThat(client.hello().user()).isEqualTo(Files.getOwner(socket()).getName());
    }
  }

  @Test
  void theGroupMayUseItAndOthersMayNot() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-rw----");
  }

  @Test
  void showsAllAccountsOrOne() throws Exception {
    try (ViewClient client = connect()) {
      assertThat(client.status(ALL).accounts()).hasSize(2);
      assertThat(client.status(OptionalLong.of(FakeEngine.OTHER)).accounts())
          .singleElement()
          .satisfies(account -> assertThat(account.accountId()).isEqualTo(FakeEngine.OTHER));
      assertThatThrownBy(() -> client.status(OptionalLong.of(5)))
          .isInstanceOf(ControlException.NotFound.class)
          .hasMessage("account 5 is not monitored");
    }
  }

  @Test
  void answersTheOtherQuestions() throws Exception {
    try (ViewClient client = connect()) {
      assertThat(client.lockouts(true).lockouts().getFirst().attempts()).isEqualTo(3);
      LogView log = client.log(2, "RULE-003");
      assertThat(log.entries()).hasSize(2);
      client.logBefore(3, null, 17);
      assertThat(client.receipts(OptionalLong.of(FakeEngine.MAIN), 7).receipts()).isEmpty();
      assertThat(client.curve(ALL).accounts()).isEmpty();
      assertThat(engine.calls)
          .containsExactly(
              "lockouts true",
              "log 2 RULE-003",
              "log 3 - before 17",
              "receipts OptionalLong[" + FakeEngine.MAIN + "] 7",
              "curve OptionalLong.empty");
      assertThatThrownBy(() -> client.receipt("r-9"))
          .isInstanceOf(ControlException.NotFound.class)
          .hasMessage("no receipt r-9");
    }
  }

  @Test
  void aMistakeInTheEngineIsAnErrorOfThatRequestAlone() throws Exception {
    try (ViewClient client = connect()) {
      assertThatThrownBy(client::hours)
          .isInstanceOfSatisfying(
              ControlException.EngineError.class,
              e -> assertThat(e.code()).isEqualTo(Protocol.INTERNAL_ERROR))
          .hasMessageNotContaining("mistake");
      assertThat(client.status(ALL).accounts()).hasSize(2);
    }
  }

  @Test
  void anAnswerThatIsTooLongSaysSo() throws Exception {
    engine.padding = "x".repeat(Protocol.MAX_LINE_BYTES / 2 + 10);
    try (ViewClient client = connect()) {
      assertThatThrownBy(() -> client.status(ALL))
          .isInstanceOf(ControlException.Unavailable.class)
          .hasMessageContaining("ask for less");
      assertThat(client.status(OptionalLong.of(FakeEngine.MAIN)).accounts()).hasSize(1);
    }
  }

  @Test
  void parametersAreCheckedByName() throws Exception {
    try (RawClient client = RawClient.greeted(socket())) {
      assertField(client, "status", "{\"accountID\":1}", "accountID");
      assertField(client, "status", "{\"accountId\":\"1\"}", "accountId");
      assertField(client, "status", "{\"accountId\":1.5}", "accountId");
      assertField(client, "status", "{\"accountId\":99999999999999999999}", "accountId");
      assertField(client, "lockouts", "{\"history\":1}", "history");
      assertField(client, "log", "{\"tail\":0}", "tail");
      assertField(client, "log", "{\"tail\":10001}", "tail");
      assertField(client, "log", "{\"rule\":\"\"}", "rule");
      assertField(client, "log", "{\"rule\":\"RULE\\n003\"}", "rule");
      assertField(client, "log", "{\"rule\":\"" + "x".repeat(65) + "\"}", "rule");
      assertField(client, "hours", "{\"any\":null}", "any");
      assertField(client, "log", "{\"before\":\"9\"}", "before");
      assertField(client, "receipts", "{\"tail\":0}", "tail");
      assertField(client, "receipts", "{\"tail\":1001}", "tail");
      assertField(client, "receipts", "{\"id\":1}", "id");
      assertField(client, "curve", "{\"accountId\":\"x\"}", "accountId");
      assertThat(engine.calls).isEmpty();
      client.send(RawClient.request(7, "log", "{\"tail\":1,\"rule\":null}"));
      assertThat(client.next().path("result").path("entries").size()).isEqualTo(1);
    }
  }

  private static void assertField(RawClient client, String method, String params, String field)
      throws Exception {
    client.send(RawClient.request(3, method, params));
    JsonNode error = client.next().path("error");
    assertThat(error.path("code").asInt()).isEqualTo(Protocol.INVALID_PARAMS);
    assertThat(error.path("data").path("field").asString()).isEqualTo(field);
    assertThat(error.path("message").asString()).startsWith(field + ": ");
  }

  @Test
  void everyAdminMethodIsUnknownHere() throws Exception {
    List<String> documented =
        List.of(
            "authenticate",
            "unlock",
            "lock",
            "flatten",
            "rules.list",
            "rules.set",
            "config.show",
            "config.validate",
            "config.reload",
            "accounts.list",
            "accounts.add",
            "accounts.remove",
            "accounts.test",
            "audit",
            "audit.verify",
            "unlock.preview",
            "config.write",
            "backup",
            "shutdown",
            "passwd");
    // No method is added without being tried here: rulesSet of the client is rules.set.
    assertThat(
            Stream.of(AdminClient.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getReturnType().equals(AdminClient.class))
                .map(m -> m.getName().replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(documented);
    try (RawClient client = new RawClient(socket())) {
      for (String method : documented) {
        assertThat(client.errorOf(RawClient.request(1, method, "{}")))
            .as("%s before hello", method)
            .isEqualTo(Protocol.METHOD_NOT_FOUND);
      }
      client.send(RawClient.HELLO);
      client.next();
      for (String method : documented) {
        assertThat(
                client.errorOf(
                    RawClient.request(
                        2,
                        method,
                        "{\"accountId\":13298777,\"password\":\"x\",\"reason\":\"let me\"}")))
            .as("%s after hello", method)
            .isEqualTo(Protocol.METHOD_NOT_FOUND);
      }
    }
    assertThat(engine.calls).isEmpty();
  }

  @Test
  void helloComesFirstAndNamesTheProtocol() throws Exception {
    try (RawClient client = new RawClient(socket())) {
      assertThat(client.errorOf(RawClient.request(1, "status", "{}")))
          .isEqualTo(Protocol.INVALID_REQUEST);
      client.send(RawClient.request(2, "hello", "{\"protocol\":2,\"client\":\"new/2\"}"));
      JsonNode error = client.next().path("error");
      assertThat(error.path("code").asInt()).isEqualTo(Protocol.INVALID_PARAMS);
      assertThat(error.path("data").path("field").asString()).isEqualTo("protocol");
      assertThat(client.errorOf(RawClient.request(3, "hello", "{\"protocol\":1}")))
          .isEqualTo(Protocol.INVALID_PARAMS);
      assertThat(client.errorOf(RawClient.request(4, "status", "{}")))
          .isEqualTo(Protocol.INVALID_REQUEST);
    }
  }

  @Test
  void malformedLinesGetTheirErrorAndTheNextRequestItsAnswer() throws Exception {
    try (RawClient client = RawClient.greeted(socket())) {
      assertThat(client.errorOf("")).isEqualTo(Protocol.PARSE_ERROR);
      assertThat(client.errorOf("hello?")).isEqualTo(Protocol.PARSE_ERROR);
      assertThat(client.errorOf("{\"jsonrpc\":\"2.0\",\"id\":1")).isEqualTo(Protocol.PARSE_ERROR);
      assertThat(client.errorOf(RawClient.HELLO + "{}")).isEqualTo(Protocol.PARSE_ERROR);
      assertThat(client.errorOf("{\"id\":1,\"id\":2}")).isEqualTo(Protocol.PARSE_ERROR);
      assertThat(client.errorOf("[".repeat(100_000))).isEqualTo(Protocol.PARSE_ERROR);
      client.send(new byte[] {'"', (byte) 0xC3, '"', '\n'});
      assertThat(client.next().path("error").path("code").asInt()).isEqualTo(Protocol.PARSE_ERROR);
      assertThat(client.errorOf("[" + RawClient.HELLO + "]")).isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf("17")).isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf("{}")).isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf("{\"jsonrpc\":\"2.0\",\"method\":\"status\"}"))
          .isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"status\"}"))
          .isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"status\"}"))
          .isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":[\"status\"]}"))
          .isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(client.errorOf(RawClient.request(1, "status", "[13298777]")))
          .isEqualTo(Protocol.INVALID_PARAMS);

      client.send("{\"id\":\"mine\",\"method\":\"status\",\"jsonrpc\":\"2.0\",\"extra\":[{}]}");
      JsonNode answer = client.next();
      assertThat(answer.path("id").asString()).isEqualTo("mine");
      assertThat(answer.path("result").path("accounts").size()).isEqualTo(2);
    }
  }

  @Test
  void anErrorDoesNotRepeatWhatMayBeAPassword() throws Exception {
    try (RawClient client = RawClient.greeted(socket())) {
      client.send("{\"password\":\"hunter2hunter2\" oops");
      assertThat(client.next().toString()).contains("-32700").doesNotContain("hunter2");
    }
  }

  @Test
  void aLineThatIsTooLongEndsTheConnectionAndNoOther() throws Exception {
    try (RawClient good = RawClient.greeted(socket());
        RawClient bad = RawClient.greeted(socket())) {
      bad.send("x".repeat(Protocol.MAX_LINE_BYTES + 1));
      JsonNode last = bad.next();
      assertThat(last.path("error").path("code").asInt()).isEqualTo(Protocol.INVALID_REQUEST);
      assertThat(last.path("id").isNull()).isTrue();
      assertThat(bad.nextOrEnd()).isNull();

      good.send(RawClient.request(1, "status", "{}"));
      assertThat(good.next().path("result").path("accounts").size()).isEqualTo(2);
    }
  }

  @Test
  void aCharacterInTwoPiecesIsOneCharacter() throws Exception {
    byte[] line =
        (RawClient.request(1, "log", "{\"tail\":1,\"rule\":\"Größe\"}") + "\n")
            .getBytes(StandardCharsets.UTF_8);
    int inside = 1;
    while (line[inside] >= 0) {
      inside++;
    }
    try (RawClient client = RawClient.greeted(socket())) {
      client.send(Arrays.copyOfRange(line, 0, inside + 1));
      await().atMost(PATIENCE).until(() -> server.clients() == 1);
      client.send(Arrays.copyOfRange(line, inside + 1, line.length));
      assertThat(client.next().path("result").path("entries").size()).isEqualTo(1);
    }
    assertThat(engine.calls).containsExactly("log 1 Größe");
  }

  @Test
  void twoHundredIdleClientsDisturbNobody() throws Exception {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        idle.add(i % 2 == 0 ? new RawClient(socket()) : RawClient.greeted(socket()));
      }
      try (ViewClient client = connect()) {
        assertThat(client.status(ALL).accounts()).hasSize(2);
        assertThat(server.clients()).isEqualTo(201);
      }
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
    await().atMost(PATIENCE).until(() -> server.clients() == 0);
  }

  @Test
  void whoFinishesSendingStillGetsTheAnswer() throws Exception {
    try (RawClient client = new RawClient(socket())) {
      client.send(RawClient.HELLO + "\n" + RawClient.request(2, "status", "{}"));
      client.finishSending();

      assertThat(client.next().path("id").asInt()).isEqualTo(1);
      assertThat(client.next().path("id").asInt()).isEqualTo(2);
      assertThat(client.nextOrEnd()).isNull();
    }
  }

  @Test
  void aWatcherGetsThePresentPictureAndThenEachChange() throws Exception {
    Watcher watcher = new Watcher();
    try (ViewClient client = ViewClient.connect(socket(), "test/1", PATIENCE, watcher)) {
      client.watch(ALL);
      assertThat(watcher.next().engine().uptimeSeconds()).isEqualTo(100);

      engine.change(101);
      assertThat(watcher.next().engine().uptimeSeconds()).isEqualTo(101);
      assertThat(client.status(ALL).accounts()).hasSize(2);
      assertThatThrownBy(() -> client.watch(OptionalLong.of(5)))
          .isInstanceOf(ControlException.NotFound.class);
    }
  }

  @Test
  void manyChangesAtOnceBecomeFewPicturesAndTheLastIsTheNewest() throws Exception {
    Watcher watcher = new Watcher();
    try (ViewClient client = ViewClient.connect(socket(), "test/1", PATIENCE, watcher)) {
      client.watch(OptionalLong.of(FakeEngine.MAIN));
      watcher.next();
      for (int i = 1; i <= 10_000; i++) {
        engine.change(1000 + i);
      }
      int pictures = 1;
      while (watcher.next().engine().uptimeSeconds() != 11_000) {
        pictures++;
      }
      assertThat(pictures).isLessThan(1000);
      assertThat(watcher.seen.getLast().accounts()).hasSize(1);
    }
  }

  @Test
  void theEndOfTheEngineIsToldAtOnce() throws Exception {
    Watcher watcher = new Watcher();
    try (ViewClient client = ViewClient.connect(socket(), "test/1", PATIENCE, watcher)) {
      client.watch(ALL);
      watcher.next();
      server.close();

      assertThat(watcher.closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ControlException.ConnectionLost.class);
      assertThatThrownBy(() -> client.status(ALL)).isInstanceOf(ControlException.class);
      assertThat(engine.listeners).isEmpty();
    }
  }

  @Test
  void anAnswerOnItsWayArrivesWhenTheEngineStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    engine.duringLockouts =
        () -> {
          asked.countDown();
          awaitLatch(answer);
        };
    try (RawClient client = RawClient.greeted(socket())) {
      client.send(RawClient.request(1, "lockouts", "{}"));
      awaitLatch(asked);
      answer.countDown();
      assertThat(client.next().path("result").path("lockouts").size()).isEqualTo(1);
      server.close();
      assertThat(client.nextOrEnd()).isNull();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path socket() {
    return paths.root().resolve("run/view.sock");
  }

  private ViewClient connect() throws ControlException {
    return ViewClient.connect(socket(), "test/1", PATIENCE);
  }

  /** Keeps what it is told. */
  static final class Watcher implements ViewClient.WatchListener {
    final BlockingQueue<StatusView> pictures = new LinkedBlockingQueue<>();
    final List<StatusView> seen = new ArrayList<>();
    final CompletableFuture<ControlException> closed = new CompletableFuture<>();

    @Override
    public void changed(JsonText status) {
      pictures.add(status.as(StatusView.class));
    }

    @Override
    public void closed(ControlException why) {
      closed.complete(why);
    }

    StatusView next() throws InterruptedException {
      @Nullable StatusView picture = pictures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (picture == null) {
        throw new AssertionError("no picture in time");
      }
      seen.add(picture);
      return picture;
    }
  }
}
