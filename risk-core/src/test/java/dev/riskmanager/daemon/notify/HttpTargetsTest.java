package dev.riskmanager.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire, against a real server. */
class HttpTargetsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN = "t0ken-that-must-not-be-shown";
  private static final Notice LOCKOUT =
      new Notice(
          Notice.Kind.LOCKOUT,
          Instant.parse("2025-10-31T17:21:19.150Z"),
          Optional.of(new AccountId(13_298_777)),
          Optional.of(new RuleId(3, "daily_realized_loss")),
          "Account 13298777 locked until 2025-10-31T22:00:00Z: \"@everyone\" Daily loss");
  private static final Notice ALARM =
      new Notice(
          Notice.Kind.ALARM,
          Instant.parse("2025-10-31T17:21:20Z"),
          Optional.empty(),
          Optional.empty(),
          "the disk is full");

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());
  private final HttpTargets http = new HttpTargets(Duration.ofSeconds(5));
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";
  private String header = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          lines.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (body.length > 0) {
            bodies.add(JSON.readTree(body));
          }
          if (!header.isEmpty()) {
            String[] parts = header.split(": ", 2);
            exchange.getResponseHeaders().add(parts[0], parts[1]);
          }
          byte[] reply = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Test
  void aWebhookGetsADocument() throws Exception {
    http.webhook(url("/hook?key=" + TOKEN)).send(List.of(LOCKOUT), 2);
    http.webhook(url("/hook")).send(List.of(ALARM), 0);

    assertThat(lines).containsExactly("POST /hook?key=" + TOKEN, "POST /hook");
    assertThat(bodies.get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"kind":"lockout","at":"2025-10-31T17:21:19.150Z","accountId":13298777,
                 "ruleId":"RULE-003",
                 "text":"Account 13298777 locked until 2025-10-31T22:00:00Z: \\"@everyone\\" Daily loss",
                 "lostBefore":2}
                """));
    assertThat(bodies.get(1).get("accountId").isNull()).isTrue();
    assertThat(bodies.get(1).get("kind").asString()).isEqualTo("alarm");
  }

  @Test
  void discordGetsOneMessageThatMentionsNobody() throws Exception {
    http.discord(url("/api/webhooks/1/" + TOKEN)).send(List.of(LOCKOUT, ALARM), 4);

    assertThat(bodies.get(0).get("allowed_mentions").toString()).isEqualTo("{\"parse\":[]}");
    assertThat(bodies.get(0).get("content").asString())
        .isEqualTo(
            """
            LOCKOUT account 13298777 2025-10-31T17:21:19Z: Account 13298777 locked until \
            2025-10-31T22:00:00Z: "@everyone" Daily loss
            ALARM 2025-10-31T17:21:20Z: the disk is full
            (4 earlier notice(s) could not be delivered; see the engine's log)\
            """);
  }

  @Test
  void whatIsTooLongIsCut() throws Exception {
    Notice longest =
        new Notice(
            Notice.Kind.AUDIT, LOCKOUT.at(), Optional.empty(), Optional.empty(), "x".repeat(5_000));

    http.discord(url("/d")).send(List.of(longest), 0);
    http.telegram(url(""), TOKEN, "-100").send(List.of(longest), 0);

    assertThat(bodies.get(0).get("content").asString()).hasSize(2_000).endsWith("x …");
    assertThat(bodies.get(1).get("text").asString()).hasSize(4_096).endsWith("x …");
  }

  @Test
  void telegramGetsAMessageOfTheBot() throws Exception {
    http.telegram(url(""), TOKEN, "-1001234567890").send(List.of(ALARM), 0);

    assertThat(lines).containsExactly("POST /bot" + TOKEN + "/sendMessage");
    assertThat(bodies.get(0).get("chat_id").asString()).isEqualTo("-1001234567890");
    assertThat(bodies.get(0).get("text").asString())
        .isEqualTo("ALARM 2025-10-31T17:21:20Z: the disk is full");
  }

  @Test
  void anErrorSaysWhyWithoutTheToken() {
    status = 401;
    answer = "{\"ok\":false,\"description\":\"Unauthorized: bot" + TOKEN + "\"}";

    SendException refused =
        failure(() -> http.telegram(url(""), TOKEN, "1").send(List.of(ALARM), 0));
    SendException discord =
        failure(() -> http.discord(url("/webhooks/77/" + TOKEN)).send(List.of(ALARM), 0));
    SendException hook = failure(() -> http.webhook(url("/h?a=" + TOKEN)).send(List.of(ALARM), 0));

    assertThat(List.of(refused, discord, hook))
        .allSatisfy(
            e -> {
              assertThat(e.isPermanent()).isTrue();
              assertThat(e).hasMessageContaining("HTTP 401").hasMessageContaining("Unauthorized");
              assertThat(e.toString()).doesNotContain(TOKEN);
            });
  }

  @Test
  void aBusyServerSaysWhenToComeBack() {
    status = 429;
    header = "Retry-After: 1.734";
    SendException busy = failure(() -> http.discord(url("/d")).send(List.of(ALARM), 0));
    header = "Retry-After: soon";
    SendException vague = failure(() -> http.discord(url("/d")).send(List.of(ALARM), 0));

    assertThat(busy.isPermanent()).isFalse();
    assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(vague.isPermanent()).isFalse();
    assertThat(vague.pause()).isZero();
  }

  @Test
  void aServerInTroubleIsTriedAgain() {
    status = 503;
    assertThat(failure(() -> http.webhook(url("/x")).send(List.of(ALARM), 0)).isPermanent())
        .isFalse();
    status = 408;
    assertThat(failure(() -> http.webhook(url("/x")).send(List.of(ALARM), 0)).isPermanent())
        .isFalse();
    server.stop(0);
    SendException dead = failure(() -> http.webhook(url("/" + TOKEN)).send(List.of(ALARM), 0));
    assertThat(dead.isPermanent()).isFalse();
    assertThat(dead.toString()).contains("ConnectException").doesNotContain(TOKEN);
  }

  @Test
  void aRedirectionIsNotFollowed() {
    status = 307;
    header = "Location: " + url("/elsewhere");

    SendException refused = failure(() -> http.webhook(url("/" + TOKEN)).send(List.of(ALARM), 0));

    assertThat(refused.isPermanent()).isTrue();
    assertThat(lines).containsExactly("POST /" + TOKEN);
  }

  @Test
  void aServerThatNeverAnswersIsLeftAfterTheTimeout() throws Exception {
    try (HttpTargets hasty = new HttpTargets(Duration.ofMillis(200));
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/" + TOKEN;
      long began = System.nanoTime();

      SendException late = failure(() -> hasty.webhook(url).send(List.of(ALARM), 0));

      assertThat(late.isPermanent()).isFalse();
      assertThat(late.toString()).doesNotContain(TOKEN);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aHeartbeatOnlyWantsAnAnswer() throws Exception {
    http.get(url("/beat/" + TOKEN));
    assertThat(lines).containsExactly("GET /beat/" + TOKEN);

    status = 404;
    answer = "no check " + TOKEN;
    assertThatThrownBy(() -> http.get(url("/beat/" + TOKEN))).hasMessage("HTTP 404 no check ****");
  }

  private static SendException failure(ThrowingCallable call) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(SendException.class, call);
  }
}
