package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.ViewBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The trader's socket. It is given a {@link ViewBackend} and nothing else: whatever arrives here,
 * there is no way from it to anything that changes something.
 */
public final class ViewServer implements AutoCloseable {
  private final WatchHub hub;
  private final ControlServer server;

  ViewServer(Path socket, String version, ViewBackend backend, Limits limits) throws IOException {
    this(socket, version, backend, limits, what -> {});
  }

  private ViewServer(
      Path socket, String version, ViewBackend backend, Limits limits, Consumer<String> tampered)
      throws IOException {
    hub = new WatchHub(backend, limits);
    try {
      ViewMethods view = new ViewMethods(backend, hub);
      server =
          new ControlServer(
              "view",
              version,
              socket,
              "rw-rw----",
              limits,
              user -> true,
              tampered,
              client -> Methods.of(view.table(client)),
              hub::remove);
    } catch (IOException | RuntimeException e) {
      hub.close();
      throw e;
    }
  }

  /**
   * Listens and serves.
   *
   * @param socket the socket's path; its directory is made if it is missing
   * @param version the product's version, without a name
   * @param backend what can be looked at
   * @param tampered told, in a line, when another program has taken the socket away
   * @return the running server
   * @throws IOException with one line for the user: the path is too long, another engine listens
   *     there, the directory cannot be used
   */
  public static ViewServer start(
      Path socket, String version, ViewBackend backend, Consumer<String> tampered)
      throws IOException {
    return new ViewServer(socket, version, backend, Limits.STANDARD, tampered);
  }

  /** How many clients are connected. */
  int clients() {
    return server.clients();
  }

  /** Stops listening, ends all connections after at most half a second, and removes the socket. */
  @Override
  public void close() {
    hub.close();
    server.close();
  }
}
