package dev.riskmanager.wire;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One connection to a control socket of the engine: requests with answers, and notifications. It
 * knows no method by name but {@code hello}; {@link ViewClient} and {@link AdminClient} do.
 *
 * <p>Thread-safe: several threads may call at once. A connection that has ended stays ended; make a
 * new one.
 */
public final class ControlClient implements AutoCloseable {
  private final SocketChannel channel;
  private final Path socket;
  private final Duration timeout;
  private final Listener listener;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong nextId = new AtomicLong(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Map<Long, CompletableFuture<JsonText>> pending = new ConcurrentHashMap<>();
  private volatile @Nullable ControlException end;
  private volatile @Nullable Hello hello;

  private ControlClient(SocketChannel channel, Path socket, Duration timeout, Listener listener) {
    this.channel = channel;
    this.socket = socket;
    this.timeout = timeout;
    this.listener = listener;
  }

  /** What a connection tells besides answers. */
  public interface Listener {
    /** Ignores everything. */
    Listener NONE =
        new Listener() {
          @Override
          public void notification(String method, JsonText params) {}

          @Override
          public void closed(ControlException why) {}
        };

    /**
     * The engine sent a notification. Called on the connection's own thread, one at a time: while
     * it runs nothing else is received, so it must not wait for an answer on the same connection.
     * An engine whose notifications are not taken skips to the newest.
     *
     * @param method its method
     * @param params its parameters
     */
    void notification(String method, JsonText params);

    /**
     * The connection ended without {@link ControlClient#close}; called once, on the connection's
     * thread.
     *
     * @param why the reason
     */
    void closed(ControlException why);
  }

  /**
   * Connects and says hello.
   *
   * @param socket the socket's path
   * @param client name and version of the program, such as {@code risk-trader/1.0.0}
   * @param timeout how long to wait for the connection and for each answer
   * @param listener what is told besides
   * @return the connection
   * @throws ControlException if nobody listens, the user may not, or the other side speaks
   *     something else
   */
  public static ControlClient connect(
      Path socket, String client, Duration timeout, Listener listener) throws ControlException {
    // The JSON parser needs the constants of BigDecimal, and Java opens a socket only after it has
    // set up random numbers: each takes as long as all the rest, so they are done side by side.
    Thread.ofPlatform().daemon().name("control-numbers").start(ControlClient::readyNumbers);
    checkSocket(socket);
    SocketChannel channel;
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (IOException | UnsupportedOperationException e) {
      throw new ControlException.ProtocolMismatch(
          "this system has no Unix domain sockets: " + e.getMessage(), e);
    }
    ControlClient connection = new ControlClient(channel, socket, timeout, listener);
    try {
      connection.open(client);
      return connection;
    } catch (ControlException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void readyNumbers() {
    var unused = BigDecimal.ZERO.signum();
  }

  private static void checkSocket(Path socket) throws ControlException {
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > Protocol.MAX_SOCKET_PATH_BYTES) {
      throw new ControlException.EngineNotRunning(
          "the socket path "
              + socket
              + " has "
              + length
              + " bytes, the system allows "
              + Protocol.MAX_SOCKET_PATH_BYTES
              + "; use a home directory with a shorter path",
          null);
    }
    try {
      Files.readAttributes(socket, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw notRunning(socket, e);
    } catch (AccessDeniedException e) {
      throw denied(socket, e);
    } catch (IOException e) {
      throw new ControlException.EngineNotRunning(
          "cannot look at " + socket + ": " + e.getMessage(), e);
    }
  }

  private static ControlException notRunning(Path socket, Throwable cause) {
    Path run = socket.getParent();
    Optional<RefusedStart> refused = run == null ? Optional.empty() : RefusedStart.read(run);
    if (refused.isPresent()) {
      return new ControlException.EngineNotRunning(
          "NOT PROTECTED: the engine is not running, its start was refused at "
              + refused.get().at().truncatedTo(ChronoUnit.SECONDS)
              + ": "
              + refused.get().why(),
          cause,
          refused);
    }
    return new ControlException.EngineNotRunning(
        "the engine is not running (nobody listens at "
            + socket
            + "); start it with: risk-admin engine start",
        cause);
  }

  private static ControlException denied(Path socket, Throwable cause) {
    return new ControlException.AccessDenied(
        "this user may not use "
            + socket
            + "; run it as the user of the engine, or for view.sock as a member of its group",
        cause);
  }

  private void open(String client) throws ControlException {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    // A platform thread: one is cheap, while the first virtual one starts a scheduler for them all.
    Thread.ofPlatform()
        .daemon()
        .name("control-client")
        .start(
            () -> {
              try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                connected.complete(null);
              } catch (IOException | RuntimeException e) {
                connected.completeExceptionally(e);
                return;
              }
              receive();
            });
    try {
      connected.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw connectFailure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new ControlException.TimedOut(
          "the engine does not accept connections at " + socket + " within " + inWords(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlException.TimedOut("interrupted while connecting to the engine");
    }
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("protocol", Protocol.VERSION);
    params.put("client", client);
    Hello answer = read(call("hello", params), Hello.class);
    if (answer.protocol() != Protocol.VERSION) {
      throw new ControlException.ProtocolMismatch(
          "the engine speaks protocol "
              + answer.protocol()
              + ", this program "
              + Protocol.VERSION
              + "; use programs of the same version",
          null);
    }
    hello = answer;
  }

  private ControlException connectFailure(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Permission denied")) {
      return denied(socket, cause);
    }
    if (cause instanceof ConnectException || message.contains("No such file")) {
      return notRunning(socket, cause);
    }
    return new ControlException.EngineNotRunning(
        "cannot connect to the engine at " + socket + ": " + message, cause);
  }

  /**
   * What the engine said of itself.
   *
   * @return the answer to {@code hello}
   */
  public Hello hello() {
    Hello known = hello;
    if (known == null) {
      throw new IllegalStateException("not connected");
    }
    return known;
  }

  /**
   * Sends a request and waits for its answer, as long as the connection's timeout says.
   *
   * @param method the method
   * @param params names and values: {@code String}, {@code char[]} for a secret, {@code Integer},
   *     {@code Long}, {@code Boolean}, {@code Instant}; a null is left out
   * @return the result
   * @throws ControlException if it was refused or there is no answer
   */
  public JsonText call(String method, Map<String, ? extends @Nullable Object> params)
      throws ControlException {
    return call(method, params, timeout);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param method the method
   * @param params as in {@link #call(String, Map)}
   * @param patience how long to wait
   * @return the result
   * @throws ControlException if it was refused or there is no answer
   */
  public JsonText call(
      String method, Map<String, ? extends @Nullable Object> params, Duration patience)
      throws ControlException {
    long id = nextId.getAndIncrement();
    CompletableFuture<JsonText> answer = new CompletableFuture<>();
    pending.put(id, answer);
    try {
      send(RequestWriter.write(id, method, params));
      ControlException already = end;
      if (already != null) {
        // The connection may have ended between its last look at the pending requests and our
        // entry.
        throw already;
      }
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ControlException refused) {
        throw refused;
      }
      throw new ControlException.ConnectionLost("the request failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new ControlException.TimedOut(
          "no answer from the engine to " + method + " within " + inWords(patience));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlException.TimedOut("interrupted while waiting for the answer to " + method);
    } finally {
      pending.remove(id);
    }
  }

  /**
   * Reads a result as a record.
   *
   * @param json the result
   * @param type the record
   * @return the record
   * @throws ControlException if it is not that
   */
  static <T> T read(JsonText json, Class<T> type) throws ControlException {
    try {
      return json.as(type);
    } catch (JacksonException e) {
      throw new ControlException.ProtocolMismatch(
          "cannot understand the engine's answer ("
              + type.getSimpleName()
              + "); use programs of the same version",
          e);
    }
  }

  private static String inWords(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private void send(byte[] line) throws ControlException {
    writing.lock();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      ControlException why = end;
      throw why != null
          ? why
          : new ControlException.ConnectionLost("the connection to the engine is closed", e);
    } finally {
      writing.unlock();
      Arrays.fill(line, (byte) 0);
    }
  }

  private void receive() {
    ControlException why;
    LineReader lines = new LineReader(channel);
    try {
      byte[] line = lines.read();
      while (line != null) {
        dispatch(ServerMessage.parse(line));
        line = lines.read();
      }
      why = new ControlException.ConnectionLost("the engine closed the connection", null);
    } catch (JacksonException e) {
      why = new ControlException.ProtocolMismatch("what listens at " + socket + " is no engine", e);
    } catch (IOException e) {
      why =
          new ControlException.ConnectionLost(
              "the connection to the engine broke: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      // Whoever waits for an answer must hear that there will be none.
      why = new ControlException.NotTakenIn(e);
    }
    finish(why, true);
  }

  private void dispatch(ServerMessage message) {
    if (message.method() != null) {
      JsonText params = message.params();
      listener.notification(message.method(), params == null ? new JsonText("{}") : params);
      return;
    }
    RpcError error = message.error();
    if (message.id() == null) {
      if (error != null) {
        // The engine gives up on this connection and says why.
        finish(error.toException(), true);
      }
      return;
    }
    CompletableFuture<JsonText> waiting = pending.remove(message.id());
    if (waiting == null) {
      return;
    }
    if (error != null) {
      waiting.completeExceptionally(error.toException());
    } else {
      JsonText result = message.result();
      waiting.complete(result == null ? new JsonText("null") : result);
    }
  }

  private void finish(ControlException why, boolean tell) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    end = why;
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to lose on this channel.
    }
    pending.values().forEach(waiting -> waiting.completeExceptionally(why));
    if (tell) {
      listener.closed(why);
    }
  }

  /** Ends the connection; requests under way fail. The listener is not told. */
  @Override
  public void close() {
    finish(new ControlException.ConnectionLost("the connection was closed", null), false);
  }
}
