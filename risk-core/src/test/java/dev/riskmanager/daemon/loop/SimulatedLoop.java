package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.enforce.Pacer;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The loop of {@link EngineLoop} in virtual time: the same core, the same changes for the disk, the
 * same trust in it and the same handing over; only the time it takes is simulated. It is busy while
 * it waits for a commit, for a quarter of a second at most, and events queue up meanwhile.
 */
public final class SimulatedLoop {
  private static final long PATIENCE = DiskTrust.PATIENCE.toNanos();
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Takes what must be written. */
  public interface Disk {
    /** Begins to write, in order; the monotonic time at which it will have been written. */
    long write(List<Store.Change> changes);
  }

  /** Sees every step. */
  public interface Witness {
    /** It is decided; what it sets is not written yet. */
    void stepped(EngineState before, RiskEvent event, Step step);

    /** It is written, or was waited for long enough; its lockouts may be enforced from now on. */
    void finished(RiskEvent event, Step step);
  }

  /** {@link RiskEngine#step}, or one that is broken on purpose. */
  public interface Core {
    Step step(EngineState before, Instant t, RiskEvent event);
  }

  private record Item(Instant at, RiskEvent event) {}

  private final Pacer pacer;
  private final Disk disk;
  private final Witness witness;
  private final HandOver handOver;
  private final Core core;
  private final Queue<Item> queue = new ArrayDeque<>();
  private EngineState state;
  private boolean busy;
  private boolean dead;
  private final DiskTrust trust = new DiskTrust();
  private long writtenAt;
  private long ticks;

  public SimulatedLoop(
      EngineState initial,
      Pacer pacer,
      Disk disk,
      Enforcement enforcement,
      Witness witness,
      Core core) {
    this.core = core;
    this.state = initial;
    this.pacer = pacer;
    this.disk = disk;
    this.witness = witness;
    this.handOver = new HandOver(enforcement);
  }

  public void start() {
    handOver.allowances(state);
    wakeLater();
  }

  /** The process is gone. */
  public void die() {
    dead = true;
    queue.clear();
  }

  public EngineState state() {
    return state;
  }

  public void accept(Instant at, RiskEvent event) {
    if (!dead) {
      queue.add(new Item(at, event));
      pump();
    }
  }

  private void pump() {
    while (!busy && !dead) {
      Item item = queue.poll();
      if (item == null) {
        wakeLater();
        return;
      }
      handle(item);
    }
  }

  private void wakeLater() {
    ticks++;
    long mine = ticks;
    Instant now = pacer.now();
    Duration left =
        state.nextDeadline().equals(Instant.MAX)
            ? TICK
            : Duration.between(now, state.nextDeadline());
    long wait = left.isNegative() ? 0 : Math.min(left.toNanos(), TICK.toNanos());
    pacer.runAt(
        pacer.nanos() + wait,
        () -> {
          if (mine == ticks && !dead && !busy) {
            accept(pacer.now(), new RiskEvent.ClockTicked());
          }
        });
  }

  private void handle(Item item) {
    EngineState before = state;
    Step step = core.step(before, item.at(), item.event());
    witness.stepped(before, item.event(), step);
    boolean waiting = handOver.begin(step);
    List<Store.Change> changes =
        StateChanges.between(before, step.state(), item.event(), step.decisions());
    long now = pacer.nanos();
    trust.answersAgain(writtenAt <= now);
    long written = changes.isEmpty() ? now : disk.write(changes);
    writtenAt = Math.max(writtenAt, written);
    if (written <= now || !trust.waits()) {
      trust.fails(written <= now);
      finish(item, step, waiting, written <= now);
      return;
    }
    busy = true;
    boolean inTime = written - now <= PATIENCE;
    pacer.runAt(
        inTime ? written : now + PATIENCE,
        () -> {
          if (!dead) {
            busy = false;
            trust.fails(inTime);
            finish(item, step, waiting, inTime);
            pump();
          }
        });
  }

  private void finish(Item item, Step step, boolean waiting, boolean durable) {
    state = step.state();
    witness.finished(item.event(), step);
    handOver.finish(step, waiting, durable ? Optional.of(pacer.now()) : Optional.empty());
    handOver.observed(item.event());
  }
}
