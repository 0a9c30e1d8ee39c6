package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.enforce.Pacer;
import dev.riskmanager.daemon.loop.SimulatedLoop;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The database: takes its time, does not answer for a while, and keeps what it has taken. */
final class Disk implements SimulatedLoop.Disk {
  private static final long PATIENCE = 250_000_000L;

  private final Pacer pacer;
  private final LongSupplier latencyNanos;
  private final List<String> journal;
  private final TreeMap<Long, Lockout> lockouts = new TreeMap<>();
  private final TreeMap<String, Timer> timers = new TreeMap<>();
  private final TreeMap<Long, Trade> trades = new TreeMap<>();
  private final TreeMap<String, Restoration.ResetMark> marks = new TreeMap<>();
  private final TreeMap<String, Restoration.Remembered> memory = new TreeMap<>();
  private final TreeMap<String, Contract> contracts = new TreeMap<>();
  private final Queue<Long> pending = new ArrayDeque<>();
  private boolean late;
  private long nextLockoutId = 1;
  private long freeAt;
  private long process;

  /** Says that everything is written at once: broken on purpose. */
  boolean lies;

  /** Nothing is written before this. */
  long deadUntil;

  Disk(Pacer pacer, LongSupplier latencyNanos, List<String> journal) {
    this.pacer = pacer;
    this.latencyNanos = latencyNanos;
    this.journal = journal;
  }

  @Override
  public long write(List<Store.Change> changes) {
    if (pending.isEmpty()) {
      late = false;
    }
    pending.add(pacer.nanos());
    long begins = Math.max(pacer.nanos(), Math.max(freeAt, deadUntil));
    freeAt = begins + latencyNanos.getAsLong();
    long mine = process;
    pacer.runAt(
        freeAt,
        () -> {
          if (mine == process) {
            late |= isLate();
            pending.remove();
            changes.forEach(this::take);
          }
        });
    return lies ? pacer.nanos() : freeAt;
  }

  /** The process that wrote is gone, and with it what was not on the disk yet. */
  void crash() {
    process++;
    pending.clear();
    freeAt = pacer.nanos();
  }

  /**
   * Whether something has waited for it for a quarter of a second, now or since it was last idle: a
   * disk known not to answer is not waited for again.
   */
  boolean isLate() {
    return !pending.isEmpty() && (late || pacer.nanos() - pending.element() >= PATIENCE);
  }

  boolean has(Lockout lockout) {
    return lockouts.containsKey(lockout.id());
  }

  boolean has(Trade trade) {
    return trades.containsKey(trade.id());
  }

  List<Lockout> lockouts() {
    return List.copyOf(lockouts.values());
  }

  private void take(Store.Change change) {
    switch (change) {
      case Store.LockoutSaved saved -> {
        lockouts.put(saved.lockout().id(), saved.lockout());
        nextLockoutId = Math.max(nextLockoutId, saved.lockout().id() + 1);
        note("lockout " + saved.lockout());
      }
      case Store.LockoutEnded ended -> {
        lockouts.remove(ended.id());
        note("ended " + ended);
      }
      case Store.TimerSaved saved ->
          timers.put(saved.timer().account() + " " + saved.timer().name(), saved.timer());
      case Store.TimerRemoved removed -> timers.remove(removed.account() + " " + removed.name());
      case Store.TradeSaved saved -> trades.put(saved.trade().id(), saved.trade());
      case Store.ResetMarked mark ->
          marks.put(
              mark.account() + mark.reset() + mark.tradingDay(),
              new Restoration.ResetMark(
                  mark.account(), ResetTime.parse(mark.reset()), mark.tradingDay()));
      case Store.MemorySaved row ->
          memory.put(
              row.account() + row.kind() + " " + row.key(),
              new Restoration.Remembered(
                  row.account(), new MemoryRow(row.kind(), row.key(), Optional.of(row.value()))));
      case Store.MemoryRemoved row -> memory.remove(row.account() + row.kind() + " " + row.key());
      case Store.ContractSaved saved ->
          contracts.put(saved.contract().id().value(), saved.contract());
      case Store.LogAppended log -> note(log.json());
      default -> {}
    }
  }

  private void note(String line) {
    journal.add(pacer.now() + " " + line);
  }

  Restoration.Rows rows(Instant lastSeen) {
    return new Restoration.Rows(
        lockouts(),
        nextLockoutId,
        List.copyOf(timers.values()),
        List.copyOf(trades.values()),
        List.copyOf(marks.values()),
        new ArrayList<>(memory.values()),
        List.copyOf(contracts.values()),
        lastSeen);
  }
}
