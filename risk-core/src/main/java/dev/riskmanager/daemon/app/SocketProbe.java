package dev.riskmanager.daemon.app;

import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** Tries the sockets of a home: those of its engine, or one that is made and removed again. */
final class SocketProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NAME = "risk-admin/" + Build.version();

  private SocketProbe() {}

  /**
   * Speaks over both sockets of the engine; where there are none, opens one in the same place.
   *
   * @return what was seen
   */
  static String run(HomeDir home) throws Probing.Finding {
    int length = home.adminSocket().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > Protocol.MAX_SOCKET_PATH_BYTES) {
      throw new Probing.Finding(
          home.adminSocket()
              + " has "
              + length
              + " bytes; the system takes "
              + Protocol.MAX_SOCKET_PATH_BYTES,
          "choose a shorter home");
    }
    String text = ", paths of " + length + " of " + Protocol.MAX_SOCKET_PATH_BYTES + " bytes";
    try {
      ViewClient.connect(home.viewSocket(), NAME, PATIENCE).close();
    } catch (ControlException.EngineNotRunning e) {
      return openOne(home) + text;
    } catch (ControlException e) {
      throw new Probing.Finding(home.viewSocket() + ": " + e.getMessage(), "restart the engine");
    }
    try {
      AdminClient.connectAdmin(home.adminSocket(), NAME, PATIENCE).close();
    } catch (ControlException e) {
      throw new Probing.Finding(home.adminSocket() + ": " + e.getMessage(), "restart the engine");
    }
    mode(home.viewSocket(), "rw-rw----");
    mode(home.adminSocket(), "rw-------");
    return "view.sock (0660) and admin.sock (0600) answer" + text;
  }

  private static void mode(Path socket, String wanted) throws Probing.Finding {
    try {
      String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(socket));
      if (!found.equals(wanted)) {
        throw new Probing.Finding(
            socket + " is " + found + ", not " + wanted, "restart the engine, which sets it");
      }
    } catch (IOException e) {
      throw new Probing.Finding(
          socket + " cannot be looked at: " + e.getMessage(), "run it as the owner of the home");
    }
  }

  private static String openOne(HomeDir home) throws Probing.Finding {
    // No longer than the engine's own.
    Path socket = home.run().resolve("probe.sock");
    try {
      Files.deleteIfExists(socket);
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket));
        SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
      } finally {
        Files.deleteIfExists(socket);
      }
      return "one was opened in " + home.run();
    } catch (IOException e) {
      throw new Probing.Finding(
          "no socket can be opened in " + home.run() + ": " + e.getMessage(),
          "put the home on a local disk of yours");
    }
  }
}
