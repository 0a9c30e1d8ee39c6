package dev.riskmanager.daemon.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.riskmanager.payload.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real HTTP server that says what a test wrote down, reply by reply, and remembers requests. */
final class ScriptedVenue implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Reply>> script = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<String> expired = ConcurrentHashMap.newKeySet();
  private final CountDownLatch released = new CountDownLatch(1);

  record Request(String operation, @Nullable String authorization, String text, int peerPort) {
    JsonNode body() {
      return WireJson.read(text);
    }
  }

  /** A status and a body; without a status the connection is broken, or kept waiting. */
  record Reply(int status, String body, boolean hangs) {
    static Reply of(int status, String body) {
      return new Reply(status, body, false);
    }

    static Reply ok(String members) {
      String rest = members.isEmpty() ? "" : members + ",";
      return of(200, "{" + rest + "\"success\":true,\"errorCode\":0,\"errorMessage\":null}");
    }

    static Reply code(int code, String message) {
      return of(
          200,
          "{\"success\":false,\"errorCode\":" + code + ",\"errorMessage\":\"" + message + "\"}");
    }

    static Reply broken() {
      return new Reply(0, "", false);
    }

    static Reply hanging() {
      return new Reply(0, "", true);
    }
  }

  ScriptedVenue() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    always("Auth/loginKey", Reply.ok("\"token\":\"token-number-0001\""));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The replies of an operation, in this order; the last is repeated. */
  ScriptedVenue always(String operation, Reply... replies) {
    script.put(operation, new ArrayDeque<>(List.of(replies)));
    return this;
  }

  /** Whatever comes with this token from now on is answered 401. */
  ScriptedVenue expire(String token) {
    expired.add("Bearer " + token);
    return this;
  }

  List<Request> requests(String operation) {
    return requests.stream().filter(request -> request.operation().equals(operation)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String operation = exchange.getRequestURI().getPath().replaceFirst("^/api/", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        new Request(operation, authorization, body, exchange.getRemoteAddress().getPort()));
    boolean refused = authorization != null && expired.contains(authorization);
    Reply reply = refused ? Reply.of(401, "") : next(operation);
    if (reply.hangs()) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (reply.status() != 0) {
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private Reply next(String operation) {
    Deque<Reply> replies = script.get(operation);
    if (replies == null) {
      return Reply.of(404, "");
    }
    synchronized (replies) {
      return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
    }
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
