package dev.riskmanager.trader;

import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.Hello;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LineReader;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An engine's view socket without an engine: it answers what it was told to. Each line it sends is
 * made from the records of the protocol.
 */
public final class FakeEngine implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile StatusView status;
  private volatile LockoutsView lockouts;
  private volatile LogView log;
  private volatile @Nullable ReceiptView receipt;
  private volatile HoursView hours;
  private volatile CurveView curve;
  private volatile ReceiptsView receipts = new ReceiptsView(List.of());
  private volatile boolean frozen;
  private volatile @Nullable Supplier<StatusView> live;

  /** Listens in a home directory, which is created. */
  public FakeEngine(Path home, StatusView status) throws IOException {
    this.status = status;
    this.lockouts = new LockoutsView(status.asOf(), List.of());
    this.log = new LogView(status.lastActions());
    this.hours =
        new HoursView(status.asOf(), status.clock(), List.of(), List.of(), List.of(), List.of());
    this.curve = new CurveView(status.asOf(), List.of());
    this.socket = home.resolve("run").resolve("view.sock");
    Files.createDirectories(socket.getParent());
    Files.deleteIfExists(socket);
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::accept);
  }

  /** What {@code status} answers from now on; watchers are told. */
  public void show(StatusView next) {
    status = next;
    String line = notification(next);
    connections.forEach(connection -> connection.push(line));
  }

  /** What {@code status} answers when it is asked, instead of what was shown last. */
  public void live(Supplier<StatusView> source) {
    live = source;
  }

  public void lockouts(LockoutsView view) {
    lockouts = view;
  }

  public void log(LogView view) {
    log = view;
  }

  public void receipt(ReceiptView view) {
    receipt = view;
  }

  public void hours(HoursView view) {
    hours = view;
  }

  public void curve(CurveView view) {
    curve = view;
  }

  public void receipts(ReceiptsView view) {
    receipts = view;
  }

  /** Stops answering, like a process that was stopped; or goes on. */
  public void freeze(boolean frozen) {
    this.frozen = frozen;
  }

  /** Every request so far, as it arrived. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many connections are open. */
  public int connections() {
    return connections.size();
  }

  /** Sends bytes to every connection. */
  public void sendRaw(String text) {
    connections.forEach(connection -> connection.send(text));
  }

  private StatusView current() {
    Supplier<StatusView> source = live;
    return source == null ? status : source.get();
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection(server.accept());
        connections.add(connection);
        Thread.ofVirtual().start(connection::serve);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** The engine dies: the connections break and nobody listens any more. */
  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    for (Connection connection : connections) {
      connection.channel.close();
    }
  }

  private static String notification(StatusView view) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"changed\",\"params\":" + WireJson.write(view) + "}\n";
  }

  private final class Connection {
    private final SocketChannel channel;
    private volatile boolean watching;
    private volatile @Nullable Long account;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void serve() {
      LineReader lines = new LineReader(channel);
      try {
        for (byte[] line = lines.read(); line != null; line = lines.read()) {
          String text = new String(line, StandardCharsets.UTF_8);
          requests.add(text);
          if (!frozen) {
            answer(WireJson.mapper().readTree(text));
          }
        }
      } catch (IOException e) {
        // The other side is gone.
      } finally {
        connections.remove(this);
      }
    }

    private void answer(JsonNode request) {
      String method = request.get("method").asString();
      JsonNode params = request.get("params");
      switch (method) {
        case "hello" ->
            result(request, new Hello(Protocol.VERSION, "risk-engine/1.0.0", "view", "trader"));
        case "status" -> status(request, params);
        case "watch" -> watch(request, params);
        case "lockouts" -> result(request, lockouts);
        case "log" -> log(request, params);
        case "receipt" -> receipt(request, params);
        case "hours" -> result(request, hours);
        case "curve" -> result(request, curve);
        case "receipts" -> result(request, receipts);
        default -> error(request, Protocol.METHOD_NOT_FOUND, "no method " + method + " here");
      }
    }

    private void status(JsonNode request, JsonNode params) {
      StatusView view = selected(request, params);
      if (view != null) {
        result(request, view);
      }
    }

    private void watch(JsonNode request, JsonNode params) {
      StatusView view = selected(request, params);
      if (view != null) {
        JsonNode id = params.get("accountId");
        account = id == null ? null : id.asLong();
        watching = true;
        result(request, Map.of());
        send(notification(view));
      }
    }

    private void log(JsonNode request, JsonNode params) {
      JsonNode rule = params.get("rule");
      JsonNode before = params.get("before");
      int tail = params.get("tail").asInt();
      var chosen =
          log.entries().stream()
              .filter(e -> before == null || e.seq() < before.asLong())
              .filter(
                  e ->
                      rule == null
                          || rule.asString().equals(e.ruleId())
                          || rule.asString().equals(e.rule()))
              .toList();
      result(
          request, new LogView(chosen.subList(Math.max(0, chosen.size() - tail), chosen.size())));
    }

    private void receipt(JsonNode request, JsonNode params) {
      ReceiptView view = receipt;
      JsonNode id = params.get("id");
      if (view == null || (id != null && !id.asString().equals(view.id()))) {
        error(
            request,
            Protocol.NOT_FOUND,
            "there is no receipt" + (id == null ? " yet" : " " + id.asString()));
      } else {
        result(request, view);
      }
    }

    private @Nullable StatusView selected(JsonNode request, JsonNode params) {
      JsonNode id = params.get("accountId");
      StatusView view = only(current(), id == null ? null : id.asLong());
      if (id != null && view.accounts().isEmpty()) {
        error(request, Protocol.NOT_FOUND, "account " + id.asLong() + " is not monitored");
        return null;
      }
      return view;
    }

    void push(String line) {
      if (watching && !frozen) {
        send(account == null ? line : notification(only(status, account)));
      }
    }

    private void result(JsonNode request, Object value) {
      send(
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + request.get("id")
              + ",\"result\":"
              + WireJson.write(value)
              + "}\n");
    }

    private void error(JsonNode request, int code, String message) {
      ObjectNode answer = WireJson.mapper().createObjectNode();
      answer.put("jsonrpc", "2.0");
      answer.set("id", request.get("id"));
      answer.putObject("error").put("code", code).put("message", message);
      send(answer + "\n");
    }

    private synchronized void send(String line) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        // The other side is gone.
      }
    }
  }

  private static StatusView only(StatusView view, @Nullable Long account) {
    if (account == null) {
      return view;
    }
    return new StatusView(
        view.asOf(),
        view.engine(),
        view.gateway(),
        view.accounts().stream().filter(a -> a.accountId() == account).toList(),
        view.clock(),
        view.lastActions());
  }
}
