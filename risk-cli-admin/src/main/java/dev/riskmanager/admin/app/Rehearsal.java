package dev.riskmanager.admin.app;

import dev.riskmanager.admin.session.Screen;
import dev.riskmanager.trader.term.Descriptors;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.LineReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the urgent commands once against answers that stand here, so that the virtual machine can
 * write down which classes they need; the launcher makes its cache of it. No engine is asked, and
 * nothing is printed.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("\"id\":(\\d+),\"method\":\"([a-z.]+)\"");
  private static final String LOCKOUT =
      "{\"accountId\":1,\"accountName\":\"a\",\"lockout\":{\"id\":1,\"ruleId\":\"RULE-003\","
          + "\"rule\":\"daily_realized_loss\",\"type\":\"hard\",\"symbol\":null,\"reason\":\"r\","
          + "\"lockedAt\":\"2025-10-31T17:21:19Z\",\"expiresAt\":\"2025-10-31T22:00:00Z\","
          + "\"remainingSeconds\":5,\"unlock\":\"at the daily reset\"},\"active\":true,"
          + "\"clearedAt\":null,\"clearedBy\":null,\"attempts\":0}";
  private static final Map<String, String> ANSWERS =
      Map.of(
          "hello",
          "{\"protocol\":1,\"server\":\"s\",\"socket\":\"admin\",\"user\":\"u\"}",
          "unlock",
          "{\"ended\":[" + LOCKOUT + "],\"delayed\":[],\"refused\":[]}",
          "lock",
          LOCKOUT,
          "flatten",
          "{\"accountId\":1,\"positions\":0,\"orders\":0,\"receiptId\":null}",
          "lockouts",
          "{\"asOf\":\"2025-10-31T17:21:19Z\",\"lockouts\":[" + LOCKOUT + "]}");

  /**
   * Plain, and without {@code --json}: whatever is in the cache is taken in at every start, and the
   * classes of picocli and of the object mapper bring the manifests of their libraries with them,
   * which are then read each time.
   */
  private static final List<String> COMMANDS =
      List.of(
          "unlock 1 --reason r --yes --password-stdin",
          "unlock 1 --rule RULE-003 --reason r --yes --password-stdin",
          "lock 1 --for 30m --reason r --password-stdin",
          "flatten 1 --reason r --yes --password-stdin",
          "lockouts");

  private final HomeDir home;
  private final ServerSocketChannel server;

  private Rehearsal() throws IOException {
    home = new HomeDir(Files.createTempDirectory("ra"));
    Files.createDirectory(home.run());
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(home.adminSocket()));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /**
   * Runs it.
   *
   * @param args none
   * @throws IOException if it could not be done; the program itself then only starts slower
   */
  public static void main(String... args) throws IOException {
    PrintWriter nowhere =
        Screen.folding(
            new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            Descriptors.OUT,
            false);
    try (Rehearsal rehearsal = new Rehearsal()) {
      // The password's own place is a file; read in the same way as standard input.
      Files.createSymbolicLink(rehearsal.home.viewSocket(), rehearsal.home.adminSocket());
      for (String command : COMMANDS) {
        System.setIn(new ByteArrayInputStream("pw\n".getBytes(StandardCharsets.UTF_8)));
        RiskAdminMain.run(
            nowhere, nowhere, (command + " --home " + rehearsal.home.root()).split(" ", -1));
      }
    }
    // The threads of the connections need not be waited for.
    System.exit(0);
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException e) {
      // It is over.
    }
  }

  private static void serve(SocketChannel client) {
    LineReader lines = new LineReader(client);
    try {
      for (byte[] line = lines.read(); line != null; line = lines.read()) {
        Matcher request = REQUEST.matcher(new String(line, StandardCharsets.UTF_8));
        if (request.find()) {
          String result = ANSWERS.getOrDefault(request.group(2), "{}");
          ByteBuffer bytes =
              ByteBuffer.wrap(
                  ("{\"jsonrpc\":\"2.0\",\"id\":"
                          + request.group(1)
                          + ",\"result\":"
                          + result
                          + "}\n")
                      .getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            client.write(bytes);
          }
        }
      }
    } catch (IOException e) {
      // The other side has enough.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Path file : List.of(home.viewSocket(), home.adminSocket(), home.run(), home.root())) {
      Files.deleteIfExists(file);
    }
  }
}
