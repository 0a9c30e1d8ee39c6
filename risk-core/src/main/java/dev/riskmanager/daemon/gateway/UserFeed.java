package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.GatewayStatus.State;
import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AccountReported;
import dev.riskmanager.domain.event.RiskEvent.Disconnected;
import dev.riskmanager.domain.event.RiskEvent.Reconnected;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.Translation.Translated;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  private enum Told {
    NOTHING,
    CONNECTED,
    DISCONNECTED
  }

  private final Set<AccountId> accounts;
  private final Gate gate;
  private final Reconciler reconciler;
  private final HubLink.Parts parts;
  private final HubLink link;
  private final StatusBoard board;
  private final GatewayListener listener;
  private final Contracts contracts;
  private final Logouts logouts;
  private final AccountWatch watch;
  private final ReentrantLock telling = new ReentrantLock();
  private Told told = Told.NOTHING;

  /** Accounts that were read whole before. */
  private final Set<AccountId> known = new HashSet<>();

  private volatile @Nullable HubSession current; // the newest that was up

  UserFeed(
      Collection<AccountId> accounts,
      Function<AccountId, Instant> since,
      Gate gate,
      Venue venue,
      HubLink.Parts parts,
      RequestAllowance allowance,
      StatusBoard board,
      GatewayListener listener,
      Contracts contracts) {
    this.accounts = new LinkedHashSet<>(accounts);
    this.gate = gate;
    this.watch = new AccountWatch(this.accounts, venue, gate, parts, board);
    this.parts = parts;
    this.board = board;
    this.listener = listener;
    this.contracts = contracts;
    this.logouts = new Logouts(parts.clock());
    this.reconciler =
        new Reconciler(
            this.accounts,
            since,
            gate,
            venue,
            parts,
            allowance,
            board,
            contracts,
            watch,
            this::deliver);
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
    reconciler.subscribe(session);
  }

  @Override
  public void up(HubSession session) {
    board.solved("login");
    board.connected(Part.USER_HUB, "user hub");
    current = session;
    reconciler.begin(session);
  }

  private boolean deliver(HubSession session, Reading reading) {
    for (Reading.OfAccount one : reading.accounts()) {
      one.positions().orElse(List.of()).forEach(position -> contracts.seen(position.contract()));
      one.orders().orElse(List.of()).forEach(order -> contracts.seen(order.contract()));
    }
    telling.lock();
    try {
      if (!link.isCurrent(session)) {
        gate.release(session, sink -> {});
        return false;
      }
      List<RiskEvent.SnapshotTaken> events = reading.events(accounts, known::contains);
      if (events.isEmpty()) {
        gate.release(session, sink -> {});
        return true;
      }
      // Before anything is protected that is not there.
      if (reading.listed().filter(rows -> !listed(rows)).isPresent()) {
        gate.release(session, sink -> {});
        return false;
      }
      Instant at = parts.clock().instant();
      boolean again = told == Told.DISCONNECTED;
      gate.release(
          session,
          sink -> {
            if (again) {
              sink.accept(at, new Reconnected());
            }
            events.forEach(event -> sink.accept(at, event));
          });
      known.addAll(reading.whole());
      told = Told.CONNECTED;
      board.connected(at);
      watch.start(this::listed);
      return true;
    } finally {
      telling.unlock();
    }
  }

  /** Tells what the venue lists; false when nothing may follow from it. */
  private boolean listed(List<Account> rows) {
    telling.lock();
    try {
      AccountWatch.Listed now = watch.believe(rows);
      if (now.news() && !listener.accountsListed(now.missing(), rows)) {
        return false;
      }
      HubSession session = current;
      if (session != null && !now.arrived().isEmpty()) {
        reconciler.takeUp(session, now.arrived());
      }
      return true;
    } finally {
      telling.unlock();
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
