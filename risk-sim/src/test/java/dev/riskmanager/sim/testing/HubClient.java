package dev.riskmanager.sim.testing;

import dev.riskmanager.sim.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/** Speaks the hub protocol by hand, so that the bytes themselves can be checked. */
public final class HubClient implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final char END = 0x1E;

  /** WebSocket messages as they came. */
  public final List<String> messages = new CopyOnWriteArrayList<>();

  /** Records in the order they came, without separators. */
  public final List<JsonNode> records = new CopyOnWriteArrayList<>();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final WebSocket socket;
  private final AtomicInteger frames = new AtomicInteger();

  private HubClient(String url, String header) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (!header.isEmpty()) {
      builder.header("Authorization", "Bearer " + header);
    }
    socket = builder.buildAsync(URI.create(url.replaceFirst("^http", "ws")), listener()).join();
  }

  /**
   * Opens the socket and no more.
   *
   * @param header a token for the header; empty for none
   * @throws CompletionException when the upgrade is refused
   */
  public static HubClient open(String url, String header) {
    return new HubClient(url, header);
  }

  /** Opens with the token in the query and shakes hands. */
  public static HubClient connect(String url, String token) {
    HubClient client = open(url + "?access_token=" + token, "");
    client.send("{\"protocol\":\"json\",\"version\":1}");
    soon().until(() -> !client.records.isEmpty());
    return client;
  }

  /** Waits like Awaitility, but looks every five milliseconds: there are many short waits. */
  public static ConditionFactory soon() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private WebSocket.Listener listener() {
    StringBuilder partial = new StringBuilder();
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        frames.incrementAndGet();
        if (last) {
          message(partial.toString());
          partial.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        closed.countDown();
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void onError(WebSocket webSocket, Throwable error) {
        closed.countDown();
      }
    };
  }

  private void message(String text) {
    messages.add(text);
    if (text.charAt(text.length() - 1) != END) {
      throw new AssertionError("a message does not end with the record separator: " + text);
    }
    for (String record : text.split(String.valueOf(END))) {
      records.add(Json.parse(record));
    }
  }

  /** Parts the messages came in; the JDK's client shows each frame as one. */
  public int frames() {
    return frames.get();
  }

  /** Sends one record. */
  public void send(String record) {
    raw(record + END);
  }

  /** Sends text as it is, in one WebSocket message. */
  public void raw(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends one record in a binary message, as Microsoft's Java client does. */
  public void binary(String record) {
    socket
        .sendBinary(ByteBuffer.wrap((record + END).getBytes(StandardCharsets.UTF_8)), true)
        .join();
  }

  /** Invokes a method and gives its completion. */
  public JsonNode invoke(String id, String target, String arguments) {
    send(
        "{\"type\":1,\"invocationId\":\""
            + id
            + "\",\"target\":\""
            + target
            + "\",\"arguments\":["
            + arguments
            + "]}");
    Predicate<JsonNode> mine =
        r -> r.path("type").asInt(0) == 3 && r.path("invocationId").asString("").equals(id);
    soon().alias("the completion of " + target).until(() -> records.stream().anyMatch(mine));
    return records.stream().filter(mine).findFirst().orElseThrow();
  }

  /** The arguments of all events of a name so far. */
  public List<JsonNode> events(String target) {
    return invocations()
        .filter(r -> r.get("target").stringValue().equals(target))
        .map(r -> r.get("arguments"))
        .toList();
  }

  /** Waits for so many events of a name, and gives their arguments. */
  public List<JsonNode> await(String target, int count) {
    soon().alias(count + " " + target).until(() -> events(target).size() >= count);
    return events(target);
  }

  /** Names of the events so far, in order. */
  public List<String> names() {
    return invocations().map(r -> r.get("target").stringValue()).toList();
  }

  private Stream<JsonNode> invocations() {
    return new ArrayList<>(records).stream().filter(r -> r.path("type").asInt(0) == 1);
  }

  /** Forgets what came so far. */
  public void forget() {
    messages.clear();
    records.clear();
    frames.set(0);
  }

  /** Whether the connection ended within five seconds. */
  public boolean ended() throws InterruptedException {
    return closed.await(5, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
