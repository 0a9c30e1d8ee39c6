package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.AdminBackend;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.ViewBackend;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.FlattenRequest;
import dev.riskmanager.wire.FlattenResult;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.PnlView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.ShutdownResult;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine with two accounts that remembers what it was asked to do. */
final class FakeEngine implements ViewBackend, AdminBackend {
  static final Instant NOW = Instant.parse("2025-10-31T17:21:19Z");
  static final long MAIN = 13298777;
  static final long OTHER = 20000002;

  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  final AtomicInteger statusCalls = new AtomicInteger();
  volatile long uptime = 100;
  volatile String padding = "";
  volatile Runnable duringLockouts = () -> {};

  /** A newer picture, whose number is its uptime. */
  void change(long newUptime) {
    uptime = newUptime;
    listeners.forEach(Runnable::run);
  }

  @Override
  public Answer<StatusView> status(OptionalLong accountId) {
    statusCalls.incrementAndGet();
    List<AccountView> accounts = new ArrayList<>();
    for (long id : new long[] {MAIN, OTHER}) {
      if (accountId.isEmpty() || accountId.getAsLong() == id) {
        accounts.add(account(id));
      }
    }
    if (accounts.isEmpty()) {
      return Answer.refused(
          Refusal.Kind.NOT_FOUND, "account " + accountId.getAsLong() + " is not monitored");
    }
    return Answer.done(
        new StatusView(
            NOW,
            new EngineView(EngineState.PROTECTING, List.of(), 4711, "1.0.0", NOW, uptime),
            new GatewayView(GatewayState.CONNECTED, 120L, 0, List.of()),
            accounts,
            null,
            List.of()));
  }

  private AccountView account(long id) {
    return new AccountView(
        id,
        "Account " + id + padding,
        true,
        false,
        List.of(),
        new PnlView(LocalDate.of(2025, 10, 31), "-1.50", null, "0.74", null, 1, List.of()),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  static LockoutRecord lockout(long accountId, String ruleId, LockoutType type) {
    return new LockoutRecord(
        accountId,
        "Account " + accountId,
        new LockoutView(
            7, ruleId, "daily_realized_loss", type, null, "too much", NOW, null, null, "never"),
        true,
        null,
        null,
        3,
        null);
  }

  @Override
  public Answer<LockoutsView> lockouts(boolean history) {
    duringLockouts.run();
    calls.add("lockouts " + history);
    return Answer.done(new LockoutsView(NOW, List.of(lockout(MAIN, "RULE-003", LockoutType.HARD))));
  }

  @Override
  public Answer<LogView> log(int tail, Optional<String> rule, OptionalLong before) {
    calls.add(
        "log "
            + tail
            + " "
            + rule.orElse("-")
            + (before.isPresent() ? " before " + before.getAsLong() : ""));
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < tail; i++) {
      entries.add(
          new LogEntry(i, NOW, LogKind.VIOLATION, MAIN, null, null, null, "line " + i, null));
    }
    return Answer.done(new LogView(entries));
  }

  @Override
  public Answer<ReceiptView> receipt(Optional<String> id) {
    return Answer.refused(Refusal.Kind.NOT_FOUND, "no receipt " + id.orElse("at all"));
  }

  @Override
  public Answer<ReceiptsView> receipts(OptionalLong accountId, int tail) {
    calls.add("receipts " + accountId + " " + tail);
    return Answer.done(new ReceiptsView(List.of()));
  }

  @Override
  public Answer<CurveView> curve(OptionalLong accountId) {
    calls.add("curve " + accountId);
    return Answer.done(new CurveView(NOW, List.of()));
  }

  @Override
  public Answer<HoursView> hours() {
    throw new IllegalStateException("a mistake in the engine");
  }

  @Override
  public Runnable subscribe(Runnable changed) {
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }

  @Override
  public void socketEvent(String what) {
    calls.add("socket: " + what);
  }

  @Override
  public void passwordEvent(Peer by, String what) {
    calls.add("password " + by.user() + " " + by.client() + ": " + what);
  }

  @Override
  public Answer<UnlockResult> unlock(Peer by, UnlockRequest request) {
    calls.add("unlock by " + by.user() + " with " + by.client() + ": " + request);
    if ("RULE-010".equals(request.ruleId())) {
      return Answer.refused(Refusal.Kind.FORBIDDEN, "RULE-010 forbids an unlock");
    }
    if (request.symbol() != null) {
      return Answer.refused(Refusal.badParameter("symbol", "no such symbol"));
    }
    return Answer.done(
        new UnlockResult(
            List.of(lockout(request.accountId(), "RULE-003", LockoutType.HARD)),
            List.of(),
            List.of()));
  }

  @Override
  public Answer<LockoutRecord> lock(Peer by, LockRequest request) {
    calls.add("lock " + request);
    return Answer.done(lockout(request.accountId(), "MANUAL", LockoutType.MANUAL));
  }

  @Override
  public Answer<FlattenResult> flatten(Peer by, FlattenRequest request) {
    calls.add("flatten " + request);
    return Answer.done(new FlattenResult(request.accountId(), 2, 1, "r-1"));
  }

  @Override
  public Answer<ShutdownResult> shutdown(Peer by, String reason) {
    calls.add("shutdown by " + by.user() + ": " + reason);
    return Answer.done(new ShutdownResult(4711));
  }
}
