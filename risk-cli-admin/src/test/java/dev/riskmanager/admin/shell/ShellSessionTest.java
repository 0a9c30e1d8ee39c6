package dev.riskmanager.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.LineReader;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection that has shown the password: asked once, closed by idling and by a restart. */
@Timeout(60)
class ShellSessionTest {
  private static final long TEN_MINUTES = Duration.ofMinutes(10).toNanos();
  private static final Pattern REQUEST = Pattern.compile("\"id\":(\\d+),\"method\":\"([a-z.]+)\"");

  private final AtomicLong nanos = new AtomicLong(5);
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
  private HomeDir home = new HomeDir(Path.of("/"));
  private Optional<ServerSocketChannel> server = Optional.empty();
  private Optional<char[]> given = Optional.empty();

  @BeforeEach
  void listen() throws IOException {
    home = new HomeDir(Files.createTempDirectory(Path.of("/tmp"), "ss"));
    Files.createDirectories(home.run());
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(home.adminSocket()));
    server = Optional.of(socket);
    Thread.ofPlatform().daemon().start(() -> accept(socket));
  }

  @AfterEach
  void stop() throws IOException {
    server.orElseThrow().close();
    for (SocketChannel client : clients) {
      client.close();
    }
    Files.deleteIfExists(home.adminSocket());
    Files.deleteIfExists(home.run());
    Files.deleteIfExists(home.root());
  }

  private void accept(ServerSocketChannel socket) {
    try {
      while (true) {
        SocketChannel client = socket.accept();
        clients.add(client);
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException e) {
      // The end of the test.
    }
  }

  private static void serve(SocketChannel client) {
    LineReader lines = new LineReader(client);
    try {
      for (byte[] line = lines.read(); line != null; line = lines.read()) {
        String text = new String(line, StandardCharsets.UTF_8);
        Matcher request = REQUEST.matcher(text);
        if (request.find()) {
          String id = "{\"jsonrpc\":\"2.0\",\"id\":" + request.group(1);
          boolean wrong = request.group(2).equals("authenticate") && !text.contains("\"right\"");
          String reply =
              wrong
                  ? id + ",\"error\":{\"code\":-32001,\"message\":\"wrong password\"}}\n"
                  : id + ",\"result\":{\"protocol\":1,\"server\":\"s\",\"socket\":\"admin\"}}\n";
          client.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException e) {
      // The end of the test.
    }
  }

  private ShellSession session() {
    ShellSession.Asker asker =
        new ShellSession.Asker() {
          @Override
          public String line(String prompt) {
            asked.add(prompt);
            return "";
          }

          @Override
          public char[] secret(String prompt) {
            asked.add(prompt);
            return answers.removeFirst().toCharArray();
          }

          @Override
          public boolean interactive() {
            return true;
          }

          @Override
          public int columns() {
            return 80;
          }
        };
    return new ShellSession(
        home,
        "test/1",
        asker,
        () -> given.map(char[]::clone),
        new IdleLock(Duration.ofMinutes(10), nanos::get));
  }

  @Test
  void thePasswordIsAskedOnceAndClosingWhatACommandGotLeavesItOpen() throws Exception {
    answers.add("right");
    try (ShellSession session = session()) {
      session.admin().close();
      session.admin().close();
      session.admin().authenticate("right".toCharArray());

      assertThat(asked).containsExactly("Admin password: ");
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void tenIdleMinutesCloseItAndNotANanosecondLess() throws Exception {
    answers.addAll(List.of("right", "right"));
    try (ShellSession session = session()) {
      session.admin().close();
      nanos.addAndGet(TEN_MINUTES - 1);
      assertThat(session.lockIfIdle()).isFalse();
      session.touch();
      nanos.addAndGet(TEN_MINUTES - 1);
      assertThat(session.lockIfIdle()).as("typing counts").isFalse();
      nanos.addAndGet(1);

      assertThat(session.lockIfIdle()).isTrue();
      assertThat(session.lockIfIdle()).as("said once").isFalse();
      assertThat(session.isOpen()).isFalse();

      session.admin().close();
      assertThat(asked).containsExactly("Admin password: ", "Admin password: ");
    }
  }

  /** Whoever sits down at a terminal that was left must know it, whatever the environment holds. */
  @Test
  void afterIdlingAPersonIsAskedEvenWhereTheFirstPasswordCameFromAFile() throws Exception {
    given = Optional.of("right".toCharArray());
    answers.add("right");
    try (ShellSession session = session()) {
      session.admin().close();
      assertThat(asked).isEmpty();
      nanos.addAndGet(TEN_MINUTES);

      session.admin().close();

      assertThat(asked).containsExactly("Admin password: ");
    }
  }

  @Test
  void aRestartOfTheEngineIsNoticedAndThePasswordAskedAgain() throws Exception {
    answers.addAll(List.of("right", "right"));
    try (ShellSession session = session()) {
      session.admin().close();

      clients.getFirst().close();

      Awaitility.await().until(() -> !session.isOpen());
      session.admin().close();
      assertThat(asked).hasSize(2);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void threeWrongPasswordsAreEnough() {
    answers.addAll(List.of("a", "b", "c", "right"));
    try (ShellSession session = session()) {
      assertThatThrownBy(session::admin).isInstanceOf(ControlException.NotAuthenticated.class);
      assertThat(session.isOpen()).isFalse();
      assertThat(answers).containsExactly("right");
    }
  }
}
