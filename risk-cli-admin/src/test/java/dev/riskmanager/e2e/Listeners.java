package dev.riskmanager.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Where notifications go in a test: a server that listens, and one that never answers. */
public final class Listeners implements AutoCloseable {
  private static final String SLOW = "/slow";

  /** What a slow one needs for an answer: it is less than after which an engine gives up. */
  static final Duration DAWDLING = Duration.ofSeconds(4);

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer live;
  private final ServerSocket silent;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);

  private Listeners(HttpServer live, ServerSocket silent) {
    this.live = live;
    this.silent = silent;
  }

  /** Opens both. */
  public static Listeners open() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer live = HttpServer.create(new InetSocketAddress(here, 0), 0);
    Listeners listeners = new Listeners(live, new ServerSocket(0, 100, here));
    live.setExecutor(listeners.workers);
    live.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (exchange.getRequestURI().getPath().startsWith(SLOW)) {
            listeners.dawdle();
          }
          listeners.heard.add(
              exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    live.start();
    return listeners;
  }

  /** What arrived: path and body. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** The base address of the one that listens. */
  String url() {
    return "http://127.0.0.1:" + live.getAddress().getPort();
  }

  /** Has the engine of the stage tell four targets that take a connection and never answer. */
  public void deaf(Stage stage) throws IOException {
    String url = "http://127.0.0.1:" + silent.getLocalPort();
    write(
        stage,
        """
          discord: {url: "%1$s/d1sc0rd-s3cret"}
          telegram: {api_url: "%1$s", bot_token: "t3legram-s3cret", chat_id: "1"}
          email: {host: 127.0.0.1, port: %2$d, security: none, from: a@example.org, to: [b@example.org]}
          webhook: {url: "%1$s/h00k-s3cret"}
        """
            .formatted(url, silent.getLocalPort()));
  }

  /** Each by its own protocol, and each of them answers. */
  void four(Stage stage, int mailPort) throws IOException {
    write(
        stage,
        """
          discord: {url: "%1$s/d1sc0rd-s3cret"}
          telegram: {api_url: "%1$s", bot_token: "t3legram-s3cret", chat_id: "-4711"}
          email: {host: 127.0.0.1, port: %2$d, security: none, from: a@example.org, to: [b@example.org]}
          webhook: {url: "%1$s/h00k-s3cret"}
        """
            .formatted(url(), mailPort));
  }

  /** Slow ones and one that answers at once. */
  void slow(Stage stage, int mailPort) throws IOException {
    write(
        stage,
        """
          discord: {url: "%1$s/slow/d1sc0rd-s3cret"}
          telegram: {api_url: "%1$s/slow", bot_token: "t3legram-s3cret", chat_id: "1"}
          email: {host: 127.0.0.1, port: %2$d, security: none, from: a@example.org, to: [b@example.org]}
          webhook: {url: "%1$s/h00k-s3cret"}
          heartbeat_url: "%1$s/slow/b3at-s3cret"
        """
            .formatted(url(), mailPort));
  }

  private void dawdle() throws IOException {
    try {
      over.await(DAWDLING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The same, but the webhook and the heartbeat go to the one that listens. */
  void mixed(Stage stage) throws IOException {
    write(
        stage,
        """
          discord: {url: "http://127.0.0.1:%2$d/d1sc0rd-s3cret"}
          webhook: {url: "%1$s/h00k-s3cret", events: [violation, lockout, unlock, audit, alarm]}
          heartbeat_url: "%1$s/b3at-s3cret"
        """
            .formatted(url(), silent.getLocalPort()));
  }

  private static void write(Stage stage, String targets) throws IOException {
    Files.writeString(
        stage.home().engineYaml(), "\nnotifications:\n" + targets, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    live.stop(0);
    workers.shutdownNow();
    silent.close();
  }
}
