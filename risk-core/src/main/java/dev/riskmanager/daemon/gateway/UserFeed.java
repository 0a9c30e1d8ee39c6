package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.GatewayStatus.State;
import dev.riskmanager.daemon.gateway.HubSession.Call;
import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import dev.riskmanager.daemon.gateway.SnapshotReader.Incomplete;
import dev.riskmanager.daemon.gateway.SnapshotReader.Snapshot;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AccountReported;
import dev.riskmanager.domain.event.RiskEvent.Disconnected;
import dev.riskmanager.domain.event.RiskEvent.Reconnected;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.Translation.Translated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on the watched accounts: the user hub's events, and the venue's state read over REST
 * whenever a connection begins, since the hub neither repeats nor replays anything.
 *
 * <p>Order: subscribe, read, deliver the snapshot, then what was heard meanwhile.
 */
final class UserFeed implements HubOwner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UserFeed.class);

  /** Longest wait between two attempts to read the venue's state. */
  private static final Duration MAX_READ_DELAY = Duration.ofSeconds(5);

  private enum Told {
    NOTHING,
    CONNECTED,
    DISCONNECTED
  }

  private final Set<AccountId> accounts;
  private final Function<AccountId, Instant> since;
  private final Gate gate;
  private final SnapshotReader reader;
  private final HubLink.Parts parts;
  private final HubLink link;
  private final StatusBoard board;
  private final GatewayListener listener;
  private final Contracts contracts;
  private final Logouts logouts;
  private final AccountWatch watch;
  private final ReentrantLock telling = new ReentrantLock();
  private Told told = Told.NOTHING;

  UserFeed(
      Collection<AccountId> accounts,
      Function<AccountId, Instant> since,
      Gate gate,
      Venue venue,
      HubLink.Parts parts,
      StatusBoard board,
      GatewayListener listener,
      Contracts contracts) {
    this.accounts = new LinkedHashSet<>(accounts);
    this.since = since;
    this.gate = gate;
    this.reader = new SnapshotReader(venue, parts.worker());
    this.watch = new AccountWatch(this.accounts, venue, gate, parts, board);
    this.parts = parts;
    this.board = board;
    this.listener = listener;
    this.contracts = contracts;
    this.logouts = new Logouts(parts.clock());
    this.link = new HubLink("user", parts.settings().userHubUrl(), this, parts);
  }

  void start() {
    link.start();
  }

  void restart(String reason) {
    link.restart(reason);
  }

  @Override
  public void opened(HubSession session) throws HubFailure {
    gate.hold(session);
    List<Call> calls = new ArrayList<>();
    calls.add(Call.of("SubscribeAccounts"));
    for (AccountId account : accounts) {
      calls.add(Call.of("SubscribeOrders", account.value()));
      calls.add(Call.of("SubscribePositions", account.value()));
      calls.add(Call.of("SubscribeTrades", account.value()));
    }
    session.invokeAll(calls);
  }

  @Override
  public void up(HubSession session) {
    board.solved("login");
    board.connected(Part.USER_HUB, "user hub");
    reconcile(session, 0);
  }

  /** Reads the state and delivers it; tried again while this connection lasts. */
  private void reconcile(HubSession session, int tries) {
    try {
      var listing = CompletableFuture.runAsync(contracts::listOnce, parts.worker());
      Snapshot snapshot = reader.read(accounts, since);
      listing.join();
      if (watch.isDoubtful(snapshot.listed())) {
        throw new Incomplete("a known account is not on the venue's list");
      }
      deliver(session, snapshot);
      board.solved("snapshot");
    } catch (Incomplete | RuntimeException e) {
      LOG.warn("The venue's state could not be read: {}", e.getMessage());
      board.problem(
          Part.USER_HUB,
          Health.DEGRADED,
          "snapshot",
          "the venue's state could not be read: " + e.getMessage());
      // What is heard is true even so, and waiting any longer would blind the rules to it.
      gate.release(session, sink -> {});
      Duration delay = Duration.ofMillis(250).multipliedBy(1L << Math.min(tries, 5));
      long millis = Math.min(delay.toMillis(), MAX_READ_DELAY.toMillis());
      later(
          millis,
          () -> {
            if (link.isCurrent(session)) {
              gate.hold(session);
              reconcile(session, tries + 1);
            }
          });
    }
  }

  private void later(long millis, Runnable work) {
    try {
      parts.scheduler().schedule(() -> parts.worker().execute(work), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Shutting down");
    }
  }

  private void deliver(HubSession session, Snapshot snapshot) {
    snapshot.positions().forEach(position -> contracts.seen(position.contract()));
    snapshot.orders().forEach(order -> contracts.seen(order.contract()));
    telling.lock();
    try {
      if (!link.isCurrent(session)) {
        gate.release(session, sink -> {});
        return;
      }
      Instant at = parts.clock().instant();
      boolean first = told == Told.NOTHING;
      boolean again = told == Told.DISCONNECTED;
      gate.release(
          session,
          sink -> {
            if (again) {
              sink.accept(at, new Reconnected());
            }
            sink.accept(at, snapshot.event(!first));
          });
      told = Told.CONNECTED;
      board.connected(at);
      watch.start();
      if (first) {
        reportUnknown(snapshot);
      }
    } finally {
      telling.unlock();
    }
  }

  private void reportUnknown(Snapshot snapshot) {
    Set<AccountId> missing = new LinkedHashSet<>(accounts);
    snapshot.watched().forEach(row -> missing.remove(row.id()));
    if (!missing.isEmpty()) {
      listener.unknownAccounts(missing, snapshot.listed());
    }
  }

  @Override
  public void heard(Instant at) {
    board.heard(at);
  }

  @Override
  public void invoked(HubSession session, Invocation invocation) {
    Instant at = invocation.arrivedAt();
    String target = invocation.target();
    if (Logouts.isOne(target)) {
      parts.tokens().invalidate();
      String reason = logouts.heard(invocation.arguments());
      watched();
      link.reject(session, reason);
      return;
    }
    Translated translated = Translation.hubEvent(target, invocation.arguments());
    for (RiskEvent event : translated.events()) {
      take(at, event);
    }
    translated.rejected().forEach(listener::rejected);
  }

  private void take(Instant at, RiskEvent event) {
    if (event instanceof RiskEvent.AccountScoped scoped && !accounts.contains(scoped.account())) {
      // SubscribeAccounts tells of every account of the login.
      return;
    }
    switch (event) {
      case AccountReported _ -> watch.told();
      case RiskEvent.PositionReported position -> contracts.seen(position.contract());
      case RiskEvent.OrderReported order -> contracts.seen(order.order().contract());
      default -> {}
    }
    gate.pass(at, event);
  }

  @Override
  public void watched() {
    logouts.tell(board, Part.USER_HUB, "second session", "");
  }

  @Override
  public void unreadable(String why) {
    listener.rejected(new Translation.Rejected("user hub", why));
  }

  @Override
  public void lost(String reason, Instant lastHeard) {
    telling.lock();
    try {
      gate.open();
      board.state(State.RECONNECTING);
      if (told == Told.CONNECTED) {
        told = Told.DISCONNECTED;
        board.blind(lastHeard, reason);
        board.problem(Part.USER_HUB, Health.DISCONNECTED, "user hub", "user hub lost: " + reason);
        gate.pass(parts.clock().instant(), new Disconnected(reason, Optional.of(lastHeard)));
      }
    } finally {
      telling.unlock();
    }
  }

  @Override
  public void failed(Exception cause, boolean often) {
    gate.open();
    if (cause instanceof LoginException.Rejected rejected) {
      board.problem(Part.REST, Health.DISCONNECTED, "login", rejected.rejected().advice());
      board.problem(
          Part.USER_HUB, Health.DISCONNECTED, "user hub", "user hub: the login is rejected");
      board.state(State.DISCONNECTED);
      listener.loginRejected(rejected.rejected());
      return;
    }
    board.problem(
        Part.USER_HUB,
        Health.DISCONNECTED,
        "user hub",
        "user hub: " + cause.getMessage() + hint(cause));
    if (often) {
      board.state(State.DISCONNECTED);
    }
  }

  private static String hint(Exception cause) {
    return cause instanceof HubFailure failure && failure.status() == 401
        ? " (the login works; is another session of this user open?)"
        : "";
  }

  @Override
  public void close() {
    watch.close();
    link.close();
    board.state(State.DISCONNECTED);
  }
}
