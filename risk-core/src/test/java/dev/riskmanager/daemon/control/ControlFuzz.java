package dev.riskmanager.daemon.control;

import dev.riskmanager.fuzz.Mutator;
import dev.riskmanager.fuzz.Target;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Bytes for a control socket: whatever one client sends, the next one is served. */
public final class ControlFuzz implements Target {
  private static final int HALF_SAID = 40;
  private static final String BIG = "x".repeat(1 << 20);

  private static final List<String> REQUESTS =
      List.of(
          RawClient.request(2, "status", "{\"accountId\":13298777}"),
          RawClient.request(3, "watch", "{}"),
          RawClient.request(4, "lockouts", "{\"history\":true}"),
          RawClient.request(5, "log", "{\"tail\":50,\"rule\":\"RULE-003\"}"),
          RawClient.request(6, "receipt", "{\"id\":\"1\"}"),
          RawClient.request(7, "hours", "{}"),
          RawClient.request(8, "authenticate", "{\"password\":\"wrong\"}"),
          RawClient.request(
              9, "unlock", "{\"accountId\":13298777,\"ruleId\":\"RULE-003\",\"reason\":\"x\"}"),
          RawClient.request(
              10,
              "rules.set",
              "{\"rule\":\"RULE-003\",\"key\":\"limit\",\"value\":-1,\"now\":true,"
                  + "\"reason\":\"x\"}"),
          RawClient.request(11, "shutdown", "{\"reason\":\"x\"}"));

  private final Path root;
  private final Path socket;
  private final FakeEngine engine = new FakeEngine();
  private final AutoCloseable server;

  /** Clients that have begun a line and never end it. */
  private final Deque<RawClient> slow = new ArrayDeque<>();

  private interface Starter {
    AutoCloseable start(HomeDir home, FakeEngine engine) throws Exception;
  }

  private ControlFuzz(boolean admin, Starter starter) throws Exception {
    root = Files.createTempDirectory(Path.of("/tmp"), "rmfz");
    HomeDir home = new HomeDir(root);
    Files.createDirectories(home.run());
    Files.createDirectories(home.data());
    socket = admin ? home.adminSocket() : home.viewSocket();
    server = starter.start(home, engine);
  }

  /** The socket that only shows. */
  public static ControlFuzz view() throws Exception {
    return new ControlFuzz(
        false, (home, engine) -> ViewServer.start(home.viewSocket(), "1.2.3", engine, what -> {}));
  }

  /** The socket that changes, of which nobody here knows the password. */
  public static ControlFuzz admin() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2025-10-31T17:21:19Z"));
    return new ControlFuzz(
        true,
        (home, engine) -> {
          AdminSecret secret = AdminSecret.load(home.adminSecret(), clock);
          secret.setFirst("right".toCharArray());
          AdminServer server = AdminServer.start(home, "1.2.3", engine, engine, secret);
          return () -> {
            server.close();
            secret.close();
          };
        });
  }

  @Override
  public void attempt(Mutator input) throws Exception {
    int callsBefore = changes();
    RawClient client = new RawClient(socket);
    // Who reads nothing is dropped after seconds, which other tests see to.
    Thread.ofVirtual().start(() -> drain(client));
    boolean stays = input.below(4) == 0;
    try {
      if (input.below(4) > 0) {
        client.send(RawClient.HELLO);
      }
      for (int i = input.below(4); i >= 0; i--) {
        switch (input.below(12)) {
          case 0 -> client.send((BIG + BIG).getBytes(StandardCharsets.UTF_8));
          case 1 -> client.send("\n".repeat(2_000));
          default -> {
            client.send(input.bytes(input.oneOf(REQUESTS)));
            client.send(stays ? new byte[0] : new byte[] {'\n'});
          }
        }
      }
    } catch (IOException e) {
      // Hanging up on such a client is an answer, too.
    }
    if (stays) {
      slow.addLast(client);
      if (slow.size() > HALF_SAID) {
        slow.removeFirst().close();
      }
    } else {
      client.close();
    }
    try (ViewClient next = ViewClient.connect(socket, "fuzz/1", Duration.ofSeconds(50))) {
      if (next.status(OptionalLong.empty()).accounts().size() != 2) {
        throw new IllegalStateException("the next client is not served");
      }
    }
    if (changes() != callsBefore) {
      throw new IllegalStateException("something was changed: " + engine.calls);
    }
  }

  private static void drain(RawClient client) {
    try {
      while (client.nextOrEnd() != null) {
        Thread.onSpinWait();
      }
    } catch (IOException | RuntimeException e) {
      // The end of the connection, from either side.
    }
  }

  private int changes() {
    return (int)
        engine.calls.stream()
            .filter(call -> call.matches("(unlock|lock|flatten|rules|config|shutdown|passwd).*"))
            .filter(call -> !call.startsWith("lockouts"))
            .count();
  }

  @Override
  public void close() throws Exception {
    for (RawClient client : slow) {
      client.close();
    }
    server.close();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
