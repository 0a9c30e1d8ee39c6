package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Whatever is wrong gets one clear line, and costs nothing that was there. */
class BadInputIT {
  @Test
  void rejectedCredentials() throws Exception {
    try (Stage stage = Stage.set()) {
      stage.configure("accounts.yaml", Stage.API_KEY, "another-key-entirely");

      List<String> lines = refused(stage);

      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst()).contains("accounts.yaml");
      assertThat(lines.getFirst()).doesNotContain("another-key-entirely");
    }
  }

  @Test
  void anUnknownAccountIsNamedBesideThoseThatAreThere() throws Exception {
    try (Stage stage = Stage.set()) {
      stage.configure("accounts.yaml", String.valueOf(ACCOUNT), "99887766");

      List<String> lines = refused(stage);

      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst())
          .contains("99887766", "account_id", "accounts.yaml", String.valueOf(ACCOUNT));
    }
  }

  @Test
  void everyErrorOfTheYamlAtOnceWithItsPlace() throws Exception {
    try (Stage stage = Stage.set()) {
      Path rules = stage.home().riskConfigYaml();
      Files.writeString(
          rules,
          """
          daily_realized_loss:
            enabled: true
            limt: -500
          max_contracts:
            enabled: perhaps
            limit: -3
          """);
      byte[] before = Files.readAllBytes(rules);

      List<String> lines = refused(stage);

      assertThat(lines).anyMatch(l -> l.matches(".*risk_config\\.yaml:3:3\\b.*limt.*limit.*"));
      assertThat(lines).anyMatch(l -> l.matches(".*risk_config\\.yaml:5:12\\b.*"));
      assertThat(lines).anyMatch(l -> l.matches(".*risk_config\\.yaml:6:10\\b.*"));
      assertThat(Files.readAllBytes(rules)).isEqualTo(before);

      Files.writeString(rules, "daily_realized_loss: {enabled: true\nmax_contracts: [\n");
      assertThat(refused(stage)).anyMatch(l -> l.matches(".*risk_config\\.yaml:\\d+:\\d+\\b.*"));
    }
  }

  @Test
  void aDamagedDatabaseIsKeptByteForByteAndTheAccountHeld() throws Exception {
    try (Stage stage = Stage.set()) {
      byte[] damaged = new byte[8192];
      new Random(4711).nextBytes(damaged);
      Files.write(stage.home().database(), damaged);

      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitStatus(
            "held, for the books are not trusted",
            status ->
                status.engine().state() == EngineState.DEGRADED
                    && Stage.account(status).lockouts().stream()
                        .anyMatch(held -> held.ruleId().equals("BOOKS")));
        try (Stream<Path> files = Files.list(stage.home().data())) {
          List<Path> kept =
              files.filter(f -> f.getFileName().toString().startsWith("risk.db.kept-")).toList();
          assertThat(kept).hasSize(1);
          assertThat(Files.readAllBytes(kept.getFirst())).isEqualTo(damaged);
        }
        assertThat(engine.output())
            .anySatisfy(line -> assertThat(line).contains("damaged", "not a SQLite database"));
      }
    }
  }

  @Test
  void aHomeThatMayNotBeEntered() throws Exception {
    Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "root may do all");
    try (Stage stage = Stage.set()) {
      Path data = stage.home().data();
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("---------"));
      try {
        assertThat(refused(stage)).hasSize(1).first().asString().contains(data.toString());
      } finally {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  @Test
  void aHomeThatAnybodyMayChange() throws Exception {
    try (Stage stage = Stage.set()) {
      Path rules = stage.home().riskConfigYaml();
      Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-rw-rw-"));

      assertThat(refused(stage)).hasSize(1).first().asString().contains(rules.toString());
    }
  }

  /** Starts it, and it ends with 1; what it said on standard error. */
  private static List<String> refused(Stage stage) throws IOException, InterruptedException {
    try (EngineProcess engine = EngineProcess.start(stage.home())) {
      int code = engine.awaitExit();
      assertThat(code).as(String.join("\n", engine.output())).isEqualTo(1);
      assertThat(engine.output()).noneMatch(line -> line.startsWith("\tat "));
      assertThat(engine.complaints()).isNotEmpty();
      return engine.complaints();
    }
  }

  @Test
  void aVenueThatIsNotThereIsTriedOnAndShown() throws Exception {
    try (Stage stage = Stage.set()) {
      String nobody;
      try (ServerSocket socket = new ServerSocket(0)) {
        nobody = "http://127.0.0.1:" + socket.getLocalPort();
      }
      stage.configure("engine.yaml", stage.venue().url(), nobody);

      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        StatusView status =
            engine.awaitStatus("DEGRADED", s -> s.engine().state() == EngineState.DEGRADED);

        assertThat(status.engine().problems()).isNotEmpty();
        assertThat(String.join(" ", status.engine().problems()))
            .contains(nobody, "gateway.api_url");
        engine.awaitLine("The venue is not reached, trying on: ");
        assertThat(engine.complaints()).isEmpty();
      }
    }
  }

  @Test
  void aSecondEngineAndGarbageOnTheSocketsDisturbNobody() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();

      List<String> second = refused(stage);

      assertThat(second).hasSize(1);
      assertThat(second.getFirst()).contains("already runs", "pid " + engine.pid());
      assertThat(stage.home().viewSocket()).exists();
      assertThat(stage.home().pidFile()).hasContent(String.valueOf(engine.pid()));

      for (Path socket : List.of(stage.home().viewSocket(), stage.home().adminSocket())) {
        garbage(socket);
      }
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-501"));
      StatusView status = engine.awaitStatus("locked all the same", s -> account(s).locked());
      assertThat(status.engine().state()).isEqualTo(EngineState.PROTECTING);
      assertThat(status.engine().pid()).isEqualTo(engine.pid());
    }
  }

  /** Text, binary, half a line, a line without end; each as one client that then stays. */
  private static void garbage(Path socket) throws IOException {
    byte[] endless = new byte[3 << 19];
    Arrays.fill(endless, (byte) '[');
    byte[] binary = new byte[4096];
    new Random(1).nextBytes(binary);
    List<byte[]> all =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"unlo".getBytes(StandardCharsets.US_ASCII),
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":7}\n".getBytes(StandardCharsets.US_ASCII),
            binary,
            endless);
    for (byte[] bytes : all) {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(socket));
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        // The engine hung up on it, as it may.
        assertThat(e.getMessage()).containsAnyOf("Broken pipe", "reset");
      }
    }
  }
}
