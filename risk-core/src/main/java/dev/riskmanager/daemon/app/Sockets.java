package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.control.AdminSecret;
import dev.riskmanager.daemon.control.AdminServer;
import dev.riskmanager.daemon.control.ViewServer;
import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.ViewBackend;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.time.InstantSource;

/** The two control sockets of a home. */
final class Sockets {
  private Sockets() {}

  /**
   * Opens both; what they need is closed with {@code closing}.
   *
   * @throws StartException with one line when a socket or the password's file cannot be used
   */
  static void open(
      HomeDir home, ViewBackend view, AdminBackend admin, InstantSource clock, Closing closing)
      throws StartException {
    try {
      AdminSecret secret = AdminSecret.load(home.adminSecret(), clock);
      closing.add("admin password", secret::close);
      ViewServer viewServer =
          ViewServer.start(home.viewSocket(), Build.version(), view, admin::socketEvent);
      closing.add("view socket", viewServer::close);
      AdminServer adminServer = AdminServer.start(home, Build.version(), view, admin, secret);
      closing.add("admin socket", adminServer::close);
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }
}
