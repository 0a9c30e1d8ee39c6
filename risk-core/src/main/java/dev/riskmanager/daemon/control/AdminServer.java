package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.ViewBackend;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The admin's socket: what the view socket answers, and after the password what changes something.
 * Only the engine's own user can open it; the password protects against that user's other programs.
 */
public final class AdminServer implements AutoCloseable {
  private static final String ROOT = "root";

  private final WatchHub hub;
  private final ControlServer server;

  AdminServer(
      Path socket,
      Path home,
      String version,
      ViewBackend view,
      AdminBackend admin,
      AdminSecret secret,
      Limits limits,
      Predicate<String> admitted)
      throws IOException {
    hub = new WatchHub(view, limits);
    try {
      ViewMethods viewing = new ViewMethods(view, hub);
      server =
          new ControlServer(
              "admin",
              version,
              socket,
              "rw-------",
              limits,
              admitted,
              admin::socketEvent,
              client -> {
                Map<String, Methods.Method> table = new LinkedHashMap<>(viewing.table(client));
                table.putAll(new AdminMethods(admin, new Gate(secret, admin, home)).table());
                return Methods.of(table);
              },
              hub::remove);
    } catch (IOException | RuntimeException e) {
      hub.close();
      throw e;
    }
  }

  /**
   * Listens and serves at {@link HomeDir#adminSocket}.
   *
   * @param home the home; its owner may set the first password
   * @param version the product's version, without a name
   * @param view what can be looked at
   * @param admin what can be changed
   * @param secret the password; the caller closes it after the server
   * @return the running server
   * @throws IOException with one line for the user: the path is too long, another engine listens
   *     there, the directory cannot be used
   */
  public static AdminServer start(
      HomeDir home, String version, ViewBackend view, AdminBackend admin, AdminSecret secret)
      throws IOException {
    return new AdminServer(
        home.adminSocket(), home.root(), version, view, admin, secret, Limits.STANDARD, ownUser());
  }

  /**
   * The user of this process, and the system's own. A system that does not say who they are, or who
   * connects, leaves it to the permissions.
   */
  private static Predicate<String> ownUser() {
    Optional<String> own = ProcessHandle.current().info().user();
    return peer ->
        own.isEmpty() || peer.equals(own.get()) || peer.equals(ROOT) || peer.equals(Peer.UNKNOWN);
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
