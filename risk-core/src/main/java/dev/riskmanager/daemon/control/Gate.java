package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.control.AdminSecret.Verdict;
import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.RpcError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one connection may change something. It opens with the password, for this connection
 * only, and closes when the password is changed. Used by the connection's own thread.
 */
final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private final AdminSecret secret;
  private final AdminBackend backend;
  private final Path home;
  private Verdict.@Nullable Accepted opened;

  /**
   * A closed gate.
   *
   * @param home whose owner may set the first password
   */
  Gate(AdminSecret secret, AdminBackend backend, Path home) {
    this.secret = secret;
    this.backend = backend;
    this.home = home;
  }

  /** The method {@code authenticate}. */
  Methods.Reply authenticate(Peer peer, Params params) throws RpcFailure {
    Secret password = params.requiredSecret("password");
    opened = accept(peer, onDisk(() -> secret.verify(password.chars())));
    return new Methods.Reply(Map.of("authenticated", true));
  }

  /** The method {@code passwd}. */
  Methods.Reply passwd(Peer peer, Params params) throws RpcFailure {
    Secret next = params.requiredSecret("newPassword");
    Optional<String> problem = AdminSecret.problemWith(next.chars());
    if (problem.isPresent()) {
      throw new RpcFailure(RpcError.badParameter("newPassword", problem.get()));
    }
    Optional<Secret> old = params.optionalSecret("oldPassword");
    if (old.isPresent()) {
      char[] before = old.get().chars();
      opened = accept(peer, onDisk(() -> secret.change(before, next.chars())));
      backend.passwordEvent(peer, "admin password changed");
    } else {
      opened = setFirst(peer, next);
      backend.passwordEvent(peer, "admin password set for the first time");
    }
    return new Methods.Reply(Map.of("set", true));
  }

  private Verdict.Accepted setFirst(Peer peer, Secret next) throws RpcFailure {
    String owner = onDisk(() -> Files.getOwner(home).getName());
    if (!owner.equals(peer.user())) {
      backend.passwordEvent(peer, "tried to set the first admin password");
      throw new RpcFailure(
          Protocol.FORBIDDEN,
          "only " + owner + ", who owns " + home + ", may set the first admin password");
    }
    return accept(peer, onDisk(() -> secret.setFirst(next.chars())));
  }

  /** Refuses unless the password has been shown on this connection and is still the password. */
  void pass() throws RpcFailure {
    if (!isOpen()) {
      throw new RpcFailure(
          Protocol.NOT_AUTHENTICATED, "authenticate first: this needs the admin password");
    }
  }

  /**
   * The same for what only reduces risk: a password given with the request will do, also while
   * passwords are blocked.
   */
  void passReducing(Peer peer, Optional<Secret> password) throws RpcFailure {
    if (isOpen()) {
      return;
    }
    if (password.isEmpty()) {
      pass();
      return;
    }
    accept(peer, onDisk(() -> secret.verifyInEmergency(password.get().chars())));
  }

  private boolean isOpen() throws RpcFailure {
    Verdict.Accepted shown = opened;
    return shown != null && onDisk(() -> secret.isCurrent(shown));
  }

  private Verdict.Accepted accept(Peer peer, Verdict verdict) throws RpcFailure {
    return switch (verdict) {
      case Verdict.Accepted accepted -> accepted;
      case Verdict.Wrong(int left) -> {
        backend.passwordEvent(
            peer,
            left > 0
                ? "wrong admin password, " + left + " attempt(s) left"
                : "wrong admin password, passwords are blocked");
        throw new RpcFailure(
            new RpcError(
                Protocol.NOT_AUTHENTICATED,
                left > 0
                    ? "wrong password; " + left + " more and passwords are blocked for 15 minutes"
                    : "wrong password; passwords are blocked for 15 minutes",
                new RpcError.Data(null, null, left)));
      }
      case Verdict.Blocked(var until) ->
          throw new RpcFailure(
              new RpcError(
                  Protocol.BLOCKED,
                  "passwords are blocked until "
                      + until.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS)
                      + " after too many wrong ones; lock and flatten work with the right password,"
                      + " once a second",
                  new RpcError.Data(null, until, null)));
      case Verdict.NotSet() ->
          throw new RpcFailure(
              Protocol.NOT_AUTHENTICATED,
              "no admin password has been set; its home's owner sets it with: risk-admin passwd");
      case Verdict.AlreadySet() ->
          throw new RpcFailure(
              Protocol.NOT_AUTHENTICATED,
              "there is an admin password already; changing it needs the old one");
    };
  }

  private static <T> T onDisk(OnDisk<T> step) throws RpcFailure {
    try {
      return step.take();
    } catch (IOException e) {
      log.error("control: cannot use the admin password", e);
      throw new RpcFailure(
          Protocol.UNAVAILABLE, "cannot use the admin password: " + e.getMessage());
    }
  }

  /** Something that reads or writes files. */
  private interface OnDisk<T> {
    T take() throws IOException;
  }
}
