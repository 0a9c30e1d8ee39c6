package dev.riskmanager.trader.app;

import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@code status} once without an engine and without a terminal, so that the virtual machine
 * can write down which classes they need: the launcher makes its cache of it, with which the
 * program starts in half the time. Answers are those of {@code rehearsal.txt}. What it prints says
 * nothing.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("\"id\":(\\d+),\"method\":\"([a-z]+)\"");

  private static final long MOMENT_MILLIS = 200;

  /**
   * Only those that do without picocli. Whatever is in the cache is taken in at every start, and
   * the classes of the other commands bring the manifests of their libraries with them, which are
   * then read each time: that costs {@code status} more than the others would gain.
   */
  private static final List<String> COMMANDS =
      List.of("status --json", "status --once", "status --oneline");

  private final Path home;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, String> answers;
  private final CountDownLatch watched = new CountDownLatch(1);

  private Rehearsal() throws IOException {
    answers = answers();
    home = Files.createTempDirectory("rr");
    socket = Files.createDirectory(home.resolve("run")).resolve("view.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /**
   * Runs it.
   *
   * @param args none
   * @throws Exception if it could not be done; the program itself then only starts slower
   */
  public static void main(String... args) throws Exception {
    try (Rehearsal rehearsal = new Rehearsal()) {
      rehearsal.commands();
      rehearsal.screen();
      // As it is started; it closes standard output, so nothing can be printed afterwards.
      RiskTrader.run("status", "--json", "--home", rehearsal.home.toString());
    }
    // The threads of the connections need not be waited for.
    System.exit(0);
  }

  private static Map<String, String> answers() throws IOException {
    Map<String, String> answers = new HashMap<>();
    try (InputStream text = Rehearsal.class.getResourceAsStream("rehearsal.txt")) {
      if (text == null) {
        throw new IOException("rehearsal.txt is missing");
      }
      for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        int space = line.indexOf(' ');
        if (space > 0) {
          answers.put(line.substring(0, space), line.substring(space + 1));
        }
      }
    }
    return answers;
  }

  private Console console() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(
        nowhere,
        nowhere,
        true,
        Map.of("TERM", "xterm-256color", "LANG", "C.UTF-8", "COLUMNS", "120"),
        Clock.systemUTC(),
        System::nanoTime);
  }

  private void commands() {
    for (String command : COMMANDS) {
      RiskTrader.run(console(), (command + " --home " + home).split(" ", -1));
    }
  }

  /** The live screen, page by page. */
  private void screen() throws IOException, ControlException {
    CommonOptions options = new CommonOptions();
    options.home = home.toString();
    Context context = new Context(console(), options);
    LiveStatus.run(context, () -> Display.rehearsal(ColorDepth.TRUE, new Keys()));
  }

  /**
   * Somebody who looks at each page for a moment and quits. The diary is left out: its file is read
   * with the object mapper, which nothing before the first picture needs.
   */
  private final class Keys extends InputStream {
    private static final String PRESSED = "123456781q";
    private int next;

    @Override
    public int read() throws IOException {
      try {
        if (!watched.await(10, TimeUnit.SECONDS)) {
          throw new IOException("nobody watches");
        }
        TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return next < PRESSED.length() ? PRESSED.charAt(next++) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int key = read();
      if (key < 0) {
        return -1;
      }
      bytes[offset] = (byte) key;
      return 1;
    }
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

  private void serve(SocketChannel client) {
    LineReader lines = new LineReader(client);
    try {
      for (byte[] line = lines.read(); line != null; line = lines.read()) {
        Matcher request = REQUEST.matcher(new String(line, StandardCharsets.UTF_8));
        if (request.find()) {
          answer(client, request.group(1), request.group(2));
        }
      }
    } catch (IOException e) {
      // The other side has enough.
    }
  }

  private void answer(SocketChannel client, String id, String method) throws IOException {
    String result = answers.getOrDefault(method, "{}");
    String text = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}\n";
    if (method.equals("watch")) {
      watched.countDown();
      text +=
          "{\"jsonrpc\":\"2.0\",\"method\":\"changed\",\"params\":" + answers.get("status") + "}\n";
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(home.resolve("run"));
    Files.deleteIfExists(home);
  }
}
