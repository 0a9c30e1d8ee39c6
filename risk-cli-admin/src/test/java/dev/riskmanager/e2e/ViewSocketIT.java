package dev.riskmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives at the view socket of a real engine, nothing changes and nobody else notices.
 */
class ViewSocketIT {
  /** All that the admin's client can ask for: {@code rulesSet} is the method {@code rules.set}. */
  private static final List<String> ADMIN_METHODS =
      Stream.of(AdminClient.class.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .filter(method -> !Modifier.isStatic(method.getModifiers()))
          .map(method -> method.getName().replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT))
          .distinct()
          .sorted()
          .toList();

  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{\"protocol\":1,\"client\":\"it/1\"}}\n";

  private Stage stage;
  private EngineProcess engine;

  @BeforeEach
  void lockedEngine() throws Exception {
    stage = Stage.set();
    engine = EngineProcess.start(stage.home());
    engine.awaitProtecting();
    SimVenue venue = stage.venue();
    venue.halfTurn(Stage.ACCOUNT, "MNQ", new BigDecimal("-600"));
    engine.awaitStatus("locked", status -> Stage.account(status).locked());
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
    stage.close();
  }

  /** Everything an order of the admin could have changed. */
  private record World(
      boolean locked,
      List<Long> lockouts,
      List<String> rules,
      long pid,
      Map<String, String> files,
      String audit) {}

  private World world() throws Exception {
    StatusView status = Objects.requireNonNull(engine.status(), "the engine answers");
    AccountView account = Stage.account(status);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> config = Files.list(stage.home().config())) {
      for (Path file : config.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    files.put("password", Arrays.toString(Files.readAllBytes(stage.home().adminSecret())));
    return new World(
        account.locked(),
        account.lockouts().stream().map(lockout -> lockout.id()).toList(),
        account.rules().stream().map(rule -> rule.rule() + rule.limit() + rule.mode()).toList(),
        status.engine().pid(),
        files,
        audit());
  }

  /** Nothing of it gets onto the audit either. */
  private String audit() throws IOException {
    Path audit = stage.home().logs().resolve("audit.log");
    return Files.exists(audit) ? Files.readString(audit) : "";
  }

  @Test
  void everyAdminMethodWithTheRightPasswordChangesNothing() throws Exception {
    assertThat(ADMIN_METHODS)
        .hasSizeGreaterThanOrEqualTo(17)
        .contains("unlock", "rules.set", "config.reload", "shutdown");
    World before = world();
    try (SocketChannel channel = connect()) {
      send(channel, HELLO);
      int id = 2;
      for (String method : ADMIN_METHODS) {
        for (String params : List.of("{}", everything())) {
          send(
              channel,
              "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}\n"
                  .formatted(id++, method, params));
        }
      }
      String answers = readLines(channel, 1 + 2 * ADMIN_METHODS.size());
      assertThat(answers.lines().skip(1)).allMatch(line -> line.contains("\"code\":-32601"));
    }
    assertThat(world()).isEqualTo(before);
  }

  private static String everything() {
    return "{\"accountId\":"
        + Stage.ACCOUNT
        + ",\"password\":\""
        + Stage.PASSWORD
        + "\",\"oldPassword\":\""
        + Stage.PASSWORD
        + "\",\"newPassword\":\"another password 17\",\"reason\":\"let me\",\"now\":true,"
        + "\"rule\":\"daily_realized_loss\",\"key\":\"limit\",\"value\":\"-9999\","
        + "\"until\":\"2030-01-01T00:00:00Z\"}";
  }

  @Test
  void bytesOfAnyKindChangeNothing() throws Exception {
    World before = world();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      try (SocketChannel channel = connect()) {
        if (random.nextBoolean()) {
          send(channel, HELLO);
        }
        send(channel, garbage(random));
      } catch (IOException e) {
        // The engine had enough of it.
      }
    }
    assertThat(world()).as("seed %d", seed).isEqualTo(before);
    await("the connections to end").until(() -> engine.status() != null);
  }

  private static byte[] garbage(Random random) {
    byte[] bytes;
    switch (random.nextInt(3)) {
      case 0 -> {
        bytes = new byte[random.nextInt(100_000)];
        random.nextBytes(bytes);
      }
      case 1 -> {
        // An order of the admin with a few bytes turned.
        bytes =
            ("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"unlock\",\"params\":"
                    + everything()
                    + "}\n")
                .repeat(5)
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 8; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> {
        // One line that is longer than any may be.
        bytes = new byte[1 << 21];
        Arrays.fill(bytes, (byte) '[');
      }
    }
    return bytes;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(stage.home().viewSocket()));
    return channel;
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    send(channel, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static String readLines(SocketChannel channel, int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (text.chars().filter(c -> c == '\n').count() < lines && channel.read(buffer) >= 0) {
      text.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
      buffer.clear();
    }
    return text.toString();
  }
}
