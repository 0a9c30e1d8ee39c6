package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.wire.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * What a client can take from the engine and from other clients: with limits small enough to reach.
 */
@Timeout(120)
class LimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Limits SMALL =
      new Limits(
          3,
          1,
          Duration.ZERO,
          256 << 10,
          1 << 20,
          Duration.ofMillis(20),
          100,
          1_000_000,
          Duration.ofMillis(1));

  @RegisterExtension final ShortPaths paths = new ShortPaths();
  private final FakeEngine engine = new FakeEngine();

  @SuppressWarnings("NullAway.Init")
  private ViewServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aWatcherThatDoesNotReadIsDroppedAndTheOtherMissesNothing() throws Exception {
    start(SMALL);
    engine.padding = "x".repeat(300_000);
    try (RawClient slow = RawClient.greeted(socket());
        RawClient good = RawClient.greeted(socket())) {
      slow.send(RawClient.request(1, "watch", "{}"));
      good.send(RawClient.request(1, "watch", "{}"));
      assertThat(good.next().path("result").path("watching").asBoolean()).isTrue();

      // The system's buffers hold less than one picture, so the slow one's first stays half sent.
      long number = 1000;
      while (server.clients() > 1) {
        engine.change(++number);
        assertThat(good.next().path("method").asString()).isEqualTo("changed");
      }

      engine.change(5_000_000);
      while (uptime(good.next()) != 5_000_000) {
        number++;
      }
      assertThat(server.clients()).isEqualTo(1);
    }
  }

  /** A lockout follows the trade that it answers: it is not kept back because that one was told. */
  @Test
  @Timeout(30)
  void whatFollowsTheFirstChangeAfterAPauseIsToldAtOnceToo() throws Exception {
    Duration pace = Duration.ofMinutes(2);
    start(
        new Limits(3, 1, Duration.ZERO, 1 << 20, 1 << 20, Duration.ofSeconds(1), 100, 1000, pace));
    try (RawClient client = RawClient.greeted(socket())) {
      client.send(RawClient.request(1, "watch", "{}"));
      client.next();
      client.next();
      engine.change(1001);
      assertThat(uptime(client.next())).isEqualTo(1001);

      engine.change(1002);
      assertThat(uptime(client.next())).isEqualTo(1002);
    }
  }

  @Test
  void oneThatAsksAndDoesNotReadIsDropped() throws Exception {
    start(SMALL);
    engine.padding = "x".repeat(200_000);
    try (RawClient greedy = RawClient.greeted(socket())) {
      // In one write: between two of them the engine may have dropped it already.
      greedy.send(
          IntStream.range(0, 5)
              .mapToObj(i -> RawClient.request(i, "status", "{}"))
              .collect(Collectors.joining("\n")));

      await().atMost(PATIENCE).until(() -> server.clients() == 0);
    }
  }

  @Test
  void oneThatSaysNothingIsLetGo() throws Exception {
    start(
        new Limits(
            3,
            1,
            Duration.ZERO,
            1 << 20,
            1 << 20,
            Duration.ofMillis(20),
            5,
            10,
            Duration.ofMillis(1)));
    try (RawClient silent = new RawClient(socket());
        RawClient greeted = RawClient.greeted(socket())) {
      assertThat(silent.nextOrEnd()).isNull();

      greeted.send(RawClient.request(1, "status", "{}"));
      assertThat(greeted.next().path("result").path("accounts").size()).isEqualTo(2);
    }
  }

  @Test
  void oneTooManyIsToldSoAndHasItsPlaceLater() throws Exception {
    start(SMALL);
    try (RawClient first = RawClient.greeted(socket());
        RawClient second = RawClient.greeted(socket())) {
      try (RawClient third = RawClient.greeted(socket());
          RawClient fourth = new RawClient(socket())) {
        JsonNode refusal = fourth.next();
        assertThat(refusal.path("error").path("code").asInt()).isEqualTo(Protocol.UNAVAILABLE);
        assertThat(refusal.path("error").path("message").asString())
            .isEqualTo("too many connections (3); close some");
        assertThat(fourth.nextOrEnd()).isNull();
        third.send(RawClient.request(1, "status", "{}"));
        assertThat(third.next().has("result")).isTrue();
      }
      await().atMost(PATIENCE).until(() -> server.clients() == 2);
      RawClient.greeted(socket()).close();
      first.send(RawClient.request(1, "status", "{}"));
      second.send(RawClient.request(1, "status", "{}"));
      assertThat(first.next().has("result")).isTrue();
      assertThat(second.next().has("result")).isTrue();
    }
  }

  @Test
  void longLinesOfAllClientsTogetherAreLimited() throws Exception {
    start(SMALL);
    byte[] half = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
    try (RawClient first = RawClient.greeted(socket());
        RawClient second = RawClient.greeted(socket())) {
      first.send(half);
      sendUntilClosed(second, half);
      // One of them may get the memory, whichever came first; where both are half read, neither.
      await().atMost(PATIENCE).until(() -> server.clients() <= 1);
      try (RawClient third = RawClient.greeted(socket())) {
        third.send(RawClient.request(1, "log", "{\"tail\":3}"));
        assertThat(third.next().path("result").path("entries").size()).isEqualTo(3);
      }
    }
    await().atMost(PATIENCE).until(() -> server.clients() == 0);
    try (RawClient later = RawClient.greeted(socket())) {
      later.send(half);
      later.send("\n");
      assertThat(later.next().path("error").path("code").asInt()).isEqualTo(Protocol.PARSE_ERROR);
    }
  }

  /**
   * Whatever bytes arrive: no other client notices, no admin method is reached, nothing is left
   * behind.
   */
  @Test
  void randomBytesHurtNobody() throws Exception {
    start(
        new Limits(
            64,
            1,
            Duration.ZERO,
            1 << 20,
            1 << 20,
            Duration.ofMillis(20),
            50,
            1_000_000,
            Duration.ofMillis(1)));
    long seed = 20251031;
    Random random = new Random(seed);
    try (RawClient good = RawClient.greeted(socket())) {
      for (int round = 0; round < 150; round++) {
        try (RawClient bad = new RawClient(socket())) {
          for (int i = random.nextInt(5); i >= 0; i--) {
            bad.send(noise(random));
          }
        } catch (IOException e) {
          // The engine may have closed it already; that is its right.
          assertThat(e)
              .as("seed %d round %d", seed, round)
              .hasMessageMatching("(?i).*(pipe|reset).*");
        }
        good.send(RawClient.request(round, "log", "{\"tail\":1}"));
        JsonNode answer = good.next();
        assertThat(answer.path("id").asInt()).as("seed %d", seed).isEqualTo(round);
        assertThat(answer.has("result")).as("seed %d round %d", seed, round).isTrue();
      }
      await().atMost(PATIENCE).until(() -> server.clients() == 1);
    }
    assertThat(engine.calls)
        .allMatch(call -> call.startsWith("log") || call.startsWith("lockouts"));
  }

  /** Sends what the engine takes: it may close the connection before all of it is written. */
  private static void sendUntilClosed(RawClient client, byte[] bytes) {
    try {
      client.send(bytes);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(pipe|reset).*");
    }
  }

  private static byte[] noise(Random random) {
    List<String> pieces =
        new ArrayList<>(
            List.of(
                RawClient.HELLO,
                RawClient.request(1, "unlock", "{\"accountId\":13298777,\"reason\":\"x\"}"),
                RawClient.request(2, "shutdown", "{\"reason\":\"x\"}"),
                RawClient.request(3, "watch", "{}"),
                RawClient.request(4, "log", "{\"tail\":9999}"),
                "{\"jsonrpc\":\"2.0\",\"id\":\"\\ud800\",\"method\":\"\\ud800\\u0000\"}"));
    byte[] bytes = new byte[random.nextInt(20_000)];
    random.nextBytes(bytes);
    String piece = pieces.get(random.nextInt(pieces.size()));
    byte[] text = (piece + "\n").getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> bytes;
      case 1 -> text;
      case 2 -> {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
        yield text;
      }
      default -> Arrays.copyOf(text, random.nextInt(text.length));
    };
  }

  private void start(Limits limits) throws IOException {
    server = new ViewServer(socket(), "1.2.3", engine, limits);
  }

  private static long uptime(JsonNode notification) {
    return notification.path("params").path("engine").path("uptimeSeconds").asLong();
  }

  private Path socket() {
    return paths.root().resolve("view.sock");
  }
}
