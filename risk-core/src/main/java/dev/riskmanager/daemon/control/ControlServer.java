package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.RpcError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts clients at one socket and looks after them. Knows no method. */
final class ControlServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);
  private static final int UNCOUNTED = 4096;

  private final String name;
  private final String version;
  private final Path path;
  private final String permissions;
  private final Consumer<String> tampered;
  private volatile SocketFile file;
  private final Limits limits;
  private final Predicate<String> admitted;
  private final Function<Connection, Methods> methods;
  private final Consumer<Connection> ended;
  private final Set<Connection> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger longLines = new AtomicInteger();
  private final Turns turns;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private String lost = ""; // why it cannot listen anew; of the thread that looks after it

  /**
   * Listens, and serves from the next moment on.
   *
   * @param name {@code view} or {@code admin}
   * @param version our version, for hello
   * @param permissions of the socket
   * @param admitted whether a user may connect; asked besides the permissions, in case somebody has
   *     opened those
   * @param tampered told, in a line, when another program has taken the socket away
   * @param methods what a client can ask
   * @param ended told when a client is gone
   * @throws IOException with one line for the user
   */
  ControlServer(
      String name,
      String version,
      Path path,
      String permissions,
      Limits limits,
      Predicate<String> admitted,
      Consumer<String> tampered,
      Function<Connection, Methods> methods,
      Consumer<Connection> ended)
      throws IOException {
    this.name = name;
    this.version = version;
    this.limits = limits;
    this.admitted = admitted;
    this.methods = methods;
    this.ended = ended;
    this.turns = new Turns(limits.turns(), limits.rest());
    this.tampered = tampered;
    this.path = path;
    this.permissions = permissions;
    this.file = SocketFile.listen(path, permissions);
    Thread.ofVirtual().name("control-" + name + "-accept").start(this::accept);
    Thread.ofVirtual().name("control-" + name + "-look").start(this::lookAfter);
  }

  private void accept() {
    while (stopped.getCount() > 0) {
      try {
        welcome(file.channel().accept());
      } catch (ClosedChannelException e) {
        // The engine stops, or listens anew in a moment.
        pause();
      } catch (IOException e) {
        // Out of file descriptors, as a rule: the next attempt may succeed when a client has gone.
        log.warn("control {}: cannot accept a client: {}", name, e.getMessage());
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (stopped.await(100, TimeUnit.MILLISECONDS)) {
        log.debug("control {}: stopping", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void welcome(SocketChannel channel) throws IOException {
    if (clients.size() >= limits.connections()) {
      turnAway(
          channel,
          new RpcError(
              Protocol.UNAVAILABLE,
              "too many connections (" + limits.connections() + "); close some"));
      return;
    }
    String user = user(channel);
    if (!admitted.test(user)) {
      log.warn("control {}: user {} was turned away", name, user);
      turnAway(
          channel,
          new RpcError(Protocol.FORBIDDEN, "the " + name + " socket is not for the user " + user));
      return;
    }
    Connection client =
        new Connection(channel, name, "risk-engine/" + version, user, limits, this::grow, turns);
    clients.add(client);
    client.start(
        methods.apply(client),
        () -> {
          clients.remove(client);
          ended.accept(client);
        });
  }

  private static void turnAway(SocketChannel channel, RpcError why) throws IOException {
    try (channel) {
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(AnswerLine.error(null, why)));
    }
  }

  /** The operating-system user at the other end, from the kernel. */
  private static String user(SocketChannel channel) {
    try {
      if (channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
        UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return peer.user().getName();
      }
    } catch (IOException e) {
      log.warn("control: the system does not say who has connected: {}", e.getMessage());
    }
    return Peer.UNKNOWN;
  }

  /** Long lines of all clients share one allowance; short ones are free. */
  private boolean grow(int from, int to) {
    int more = Math.max(0, to - UNCOUNTED) - Math.max(0, from - UNCOUNTED);
    if (longLines.addAndGet(more) > limits.longLines() && more > 0) {
      longLines.addAndGet(-more);
      return false;
    }
    return true;
  }

  private void lookAfter() {
    try {
      while (!stopped.await(limits.tick().toNanos(), TimeUnit.NANOSECONDS)) {
        clients.forEach(Connection::tick);
        if (!file.isInPlace()) {
          listenAnew();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Another program has removed our socket or put its own there, for those who type a password.
   * Clients who are connected stay connected.
   */
  private synchronized void listenAnew() {
    if (stopped.getCount() == 0) {
      return;
    }
    try {
      SocketFile old = file;
      file = SocketFile.listenAnew(path, permissions);
      old.close();
      lost = "";
      String what = "the " + name + " socket was removed or replaced by another program";
      log.error("ALARM: {}; the engine listens at {} anew", what, path);
      tampered.accept(what);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(lost)) {
        lost = why;
        log.error("ALARM: the {} socket was taken away and cannot be put back: {}", name, why);
      }
    }
  }

  /** How many clients are connected. */
  int clients() {
    return clients.size();
  }

  /**
   * Stops listening, lets answers that are on their way arrive for a moment, and ends all
   * connections.
   */
  @Override
  public void close() {
    stopListening();
    clients.forEach(Connection::finish);
    try {
      for (int i = 0; i < 50 && !clients.isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clients.forEach(client -> client.drop("the engine stops"));
  }

  private synchronized void stopListening() {
    stopped.countDown();
    try {
      file.close();
    } catch (IOException e) {
      log.warn("control {}: cannot remove the socket: {}", name, e.getMessage());
    }
  }
}
