package dev.riskmanager.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client says when the other side is not there, silent, gone, or something else. */
@Timeout(60)
class ControlClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocol\":1,\"server\":\"x/1\",\"socket\":\"view\","
          + "\"user\":\"u\"}}";

  @SuppressWarnings("NullAway.Init")
  private Path dir;

  @BeforeEach
  void makeShortDirectory() throws Exception {
    dir = Files.createTempDirectory(Path.of("/tmp"), "rm");
  }

  @AfterEach
  void removeIt() throws Exception {
    Files.deleteIfExists(socket());
    Files.deleteIfExists(dir);
  }

  @Test
  void withoutASocketTheEngineIsNotRunning() {
    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOfSatisfying(
            ControlException.EngineNotRunning.class, e -> assertThat(e.exitCode()).isEqualTo(3))
        .hasMessageContaining(socket().toString())
        .hasMessageContaining("risk-admin engine start");
  }

  @Test
  void withASocketNobodyListensAtTheEngineIsNotRunning() throws Exception {
    listen().close();

    assertThat(socket()).exists();
    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(ControlException.EngineNotRunning.class)
        .hasMessageContaining("risk-admin engine start");
  }

  @Test
  void aPathTooLongForASocketIsNamed() {
    Path tooLong = dir.resolve("x".repeat(120));

    assertThatThrownBy(() -> ViewClient.connect(tooLong, "t/1", LONG))
        .isInstanceOf(ControlException.EngineNotRunning.class)
        .hasMessageContaining(tooLong.toString())
        .hasMessageContaining("allows 106");
  }

  @Test
  void aSilentEngineTimesOut() throws Exception {
    try (ServerSocketChannel server = listen()) {
      assertThatThrownBy(() -> connect(SHORT))
          .isInstanceOf(ControlException.TimedOut.class)
          .hasMessage("no answer from the engine to hello within 150 ms");
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void anotherProtocolIsSaid() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Void> served =
          serve(server, HELLO.replace("\"protocol\":1", "\"protocol\":2") + "\n");

      assertThatThrownBy(() -> connect(LONG))
          .isInstanceOf(ControlException.ProtocolMismatch.class)
          .hasMessageContaining("protocol 2, this program 1");
      served.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void somethingElseThatListensIsSaid() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Void> served = serve(server, "HTTP/1.1 400 Bad Request\r\n\r\n");

      assertThatThrownBy(() -> connect(LONG))
          .isInstanceOf(ControlException.ProtocolMismatch.class)
          .hasMessageContaining("is no engine");
      served.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void anEngineThatTurnsAwayIsQuoted() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Void> served =
          serve(
              server,
              "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32005,\"message\":\"too many\"}}\n");

      assertThatThrownBy(() -> connect(LONG))
          .isInstanceOf(ControlException.Unavailable.class)
          .hasMessage("too many");
      served.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void anEngineThatGoesAwayFailsWhatIsUnderWayAndTells() throws Exception {
    CompletableFuture<ControlException> told = new CompletableFuture<>();
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Void> served = serve(server, HELLO + "\n");
      try (ViewClient client =
          ViewClient.connect(
              socket(),
              "t/1",
              LONG,
              new ViewClient.WatchListener() {
                @Override
                public void changed(JsonText status) {
                  throw new AssertionError("nothing changed");
                }

                @Override
                public void closed(ControlException why) {
                  told.complete(why);
                }
              })) {
        // The server reads one line more and hangs up.
        assertThatThrownBy(client::hours)
            .isInstanceOfSatisfying(
                ControlException.ConnectionLost.class, e -> assertThat(e.exitCode()).isEqualTo(3));
        assertThat(told.get(20, TimeUnit.SECONDS)).hasMessageContaining("closed the connection");
        assertThatThrownBy(client::hours).isInstanceOf(ControlException.ConnectionLost.class);
      }
      served.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void answersFindTheirRequestsInAnyOrder() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Void> served =
          serve(
              server,
              HELLO + "\n",
              "",
              "{\"id\":99,\"result\":0}\n{\"id\":3,\"result\":\"third\"}\n"
                  + "{\"id\":2,\"result\":\"second\"}\n");
      try (ControlClient client =
          ControlClient.connect(socket(), "t/1", LONG, ControlClient.Listener.NONE)) {
        CompletableFuture<JsonText> one = call(client);
        CompletableFuture<JsonText> two = call(client);

        assertThat(
                List.of(one.get(20, TimeUnit.SECONDS).text(), two.get(20, TimeUnit.SECONDS).text()))
            .containsExactlyInAnyOrder("\"second\"", "\"third\"");
      }
      served.get(20, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<JsonText> call(ControlClient client) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.call("any", Map.of());
          } catch (ControlException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  /** Answers each line with the next of the texts; reads one line more, and hangs up. */
  private static CompletableFuture<Void> serve(ServerSocketChannel server, String... texts) {
    return CompletableFuture.runAsync(
        () -> {
          try (SocketChannel client = server.accept()) {
            LineReader lines = new LineReader(client);
            for (String text : texts) {
              requireNonNull(lines.read());
              client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            }
            lines.read();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    return server;
  }

  private ViewClient connect(Duration timeout) throws ControlException {
    return ViewClient.connect(socket(), "t/1", timeout);
  }

  private Path socket() {
    return dir.resolve("view.sock");
  }
}
