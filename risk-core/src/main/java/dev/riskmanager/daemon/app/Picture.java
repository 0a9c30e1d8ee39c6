package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.gateway.CmeHours;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.daemon.gateway.GatewayStatus;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.wire.ConnectionHealth;
import dev.riskmanager.wire.ConnectionView;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may be seen from outside, and who wants to know when it changes. Safe for many threads. */
final class Picture implements EngineLoop.Publisher {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final int ACTIONS_SHOWN = 20;
  private static final int ROWS_READ = 100;

  private final InstantSource clock;
  private final Health health;
  private final StatusViews views;
  private final Store store;
  private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean logChanged = new AtomicBoolean(true);
  private volatile EngineState state;
  private volatile Optional<GatewayClient> gateway = Optional.empty();
  private volatile Optional<BlindDesk> blind = Optional.empty();
  private volatile List<LogEntry> lastActions = List.of();

  Picture(EngineState initial, InstantSource clock, Health health, StatusViews views, Store store) {
    this.state = initial;
    this.clock = clock;
    this.health = health;
    this.views = views;
    this.store = store;
  }

  void gateway(GatewayClient client) {
    gateway = Optional.of(client);
  }

  void blind(BlindDesk desk) {
    blind = Optional.of(desk);
    desk.resume(state);
  }

  EngineState state() {
    return state;
  }

  StatusViews views() {
    return views;
  }

  /** Calls {@code watcher} after each change until the returned action is run. */
  Runnable watch(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  void changed() {
    watchers.forEach(Runnable::run);
  }

  @Override
  public void published(EngineState newState, List<Decision> decisions) {
    EngineState before = state;
    state = newState;
    blind.ifPresent(desk -> desk.look(before, newState, decisions));
    changed();
  }

  @Override
  public void ruleFailed(Step.RuleFailure failure) {
    views.failed(failure.account(), failure.rule());
    health.problem(
        "rule " + failure.rule(),
        failure.rule() + " failed on account " + failure.account() + " and is not evaluated");
  }

  @Override
  public void written() {
    logChanged.set(true);
    changed();
  }

  @Override
  public void journalTrouble(String why) {
    health.problem(
        "database",
        why.isEmpty() ? "" : "the database does not take writes (" + why + "); held in memory");
    changed();
  }

  StatusView status(OptionalLong only) {
    Instant now = clock.instant();
    views.notProtected(health.unprotected());
    return views.status(state, now, health.view(now), gatewayView(now), only, actions());
  }

  private List<LogEntry> actions() {
    if (logChanged.getAndSet(false)) {
      try {
        lastActions = newest(LogEntries.of(store.log(ROWS_READ, Optional.empty())));
      } catch (Store.StoreException e) {
        logChanged.set(true);
        LOG.warn("The log could not be read: {}", e.getMessage());
      }
    }
    return lastActions;
  }

  /**
   * What was done; that events met a lockout is in the log, and would crowd out everything here.
   */
  private static List<LogEntry> newest(List<LogEntry> entries) {
    List<LogEntry> done =
        entries.stream().filter(entry -> entry.kind() != LogKind.PRECHECK_BLOCKED).toList();
    return List.copyOf(done.subList(Math.max(0, done.size() - ACTIONS_SHOWN), done.size()));
  }

  private GatewayView gatewayView(Instant now) {
    Optional<GatewayStatus> status = gateway.map(GatewayClient::status);
    return new GatewayView(
        status.map(s -> GatewayState.valueOf(s.state().name())).orElse(GatewayState.DISCONNECTED),
        status.flatMap(s -> s.lastEventAge(now)).map(Duration::toMillis).orElse(null),
        status.map(GatewayStatus::reconnects).orElse(0L),
        blind.map(BlindDesk::windows).orElse(List.of()),
        status.map(GatewayStatus::connections).orElse(List.of()).stream()
            .map(
                c ->
                    new ConnectionView(
                        c.part().text(), ConnectionHealth.valueOf(c.health().name()), c.reasons()))
            .toList(),
        CmeHours.isOpen(now));
  }
}
