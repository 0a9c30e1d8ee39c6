package dev.riskmanager.trader.app;

import dev.riskmanager.trader.feed.Feed;
import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Key;
import dev.riskmanager.trader.view.Model;
import dev.riskmanager.trader.view.Screen;
import dev.riskmanager.trader.view.Tab;
import dev.riskmanager.trader.view.Ui;
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
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the commands once without an engine and without a terminal, so that the virtual machine can
 * write down which classes they need: the launcher makes its cache of it, with which the program
 * starts in half the time. Answers are those of {@code rehearsal.txt}. Prints nothing.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("\"id\":(\\d+),\"method\":\"([a-z]+)\"");
  private static final List<String> COMMANDS =
      List.of(
          "status --json",
          "status --once",
          "status --oneline",
          "lockouts --history",
          "log",
          "why",
          "rules");

  private final Path home;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, String> answers;

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

  private void screen() throws IOException, InterruptedException {
    CommonOptions options = new CommonOptions();
    options.home = home.toString();
    Context context = new Context(console(), options);
    Models models = new Models(context, socket);
    Semaphore news = new Semaphore(0);
    try (Feed feed =
            new Feed(
                socket, Version.client(), OptionalLong.empty(), System::nanoTime, news::release);
        Display display = Display.rehearsal(ColorDepth.TRUE)) {
      feed.start();
      while (feed.state().picture() == null) {
        if (!news.tryAcquire(10, TimeUnit.SECONDS)) {
          throw new IOException("no picture came");
        }
      }
      Ui ui = Ui.START;
      for (int i = 0; i < 2 * Tab.values().length; i++) {
        Model model = models.model(display.size(), ui, feed.state());
        feed.want(models.wish(model));
        display.draw(Screen.draw(model).lines());
        var unused = news.tryAcquire(100, TimeUnit.MILLISECONDS);
        ui = ui.on(Key.of('l'), models.reach(null, model));
      }
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
