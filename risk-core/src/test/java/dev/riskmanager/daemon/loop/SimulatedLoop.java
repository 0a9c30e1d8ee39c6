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
 * same trust in it and the same handing over; only the time it takes is simulated. As that one it
 * judges the next event while the last one is being written, and shows a state when it is (ADR
 * 0010); it is busy only while it waits for the commit of what is about lockouts or was asked for
 * by an admin, for a quarter of a second at most, and events queue up meanwhile.
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

    /** It is seen outside: it is written, or was waited for long enough. */
    void published(RiskEvent event, Step step);
  }

  /** {@link RiskEngine#step}, or one that is broken on purpose. */
  public interface Core {
    Step step(EngineState before, Instant t, RiskEvent event);
  }

  /** What the loop may do wrong on purpose. */
  public enum Haste {
    NONE,
    /** What sets a lockout is not waited for. */
    WITH_LOCKOUTS,
    /** Every state is shown at once. */
    WITH_STATES
  }

  private record Item(Instant at, RiskEvent event) {}

  /** Not seen outside yet. */
  private static final class Unshown {
    final RiskEvent event;
    final Step step;

    /** When it has been waited for long enough. */
    final long patientUntil;

    boolean written;

    Unshown(RiskEvent event, Step step, long patientUntil) {
      this.event = event;
      this.step = step;
      this.patientUntil = patientUntil;
    }
  }

  private final Pacer pacer;
  private final Disk disk;
  private final Witness witness;
  private final HandOver handOver;
  private final Core core;
  private final Haste haste;
  private final Queue<Item> queue = new ArrayDeque<>();
  private final Queue<Unshown> unshown = new ArrayDeque<>();
  private EngineState state;

  /** What the next event meets; it may not be written yet. */
  private EngineState current;

  private boolean diskAnswers = true;
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
      Core core,
      Haste haste) {
    this.core = core;
    this.haste = haste;
    this.state = initial;
    this.current = initial;
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

  /** What is seen outside. */
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
        current.nextDeadline().equals(Instant.MAX)
            ? TICK
            : Duration.between(now, current.nextDeadline());
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
    EngineState before = current;
    Step step = core.step(before, item.at(), item.event());
    witness.stepped(before, item.event(), step);
    boolean waiting = handOver.begin(step);
    List<Store.Change> changes =
        StateChanges.between(before, step.state(), item.event(), step.decisions());
    long now = pacer.nanos();
    diskAnswers |= trust.answersAgain(writtenAt <= now);
    boolean nothing = changes.isEmpty();
    long written = nothing ? Math.max(now, writtenAt) : disk.write(changes);
    writtenAt = Math.max(writtenAt, written);
    Unshown one = new Unshown(item.event(), step, now + PATIENCE);
    one.written = nothing && unshown.isEmpty();
    unshown.add(one);
    if (!isWaitedFor(item.event(), step)) {
      finish(item, step, waiting, false);
      look();
      later(written, () -> one.written = true);
      later(one.patientUntil, () -> {});
      return;
    }
    if (written <= now || !trust.waits()) {
      waited(item, step, waiting, written <= now);
      return;
    }
    busy = true;
    boolean inTime = written - now <= PATIENCE;
    pacer.runAt(
        inTime ? written : now + PATIENCE,
        () -> {
          if (!dead) {
            busy = false;
            waited(item, step, waiting, inTime);
            pump();
          }
        });
  }

  /** As in the loop: what is about lockouts, and what somebody waits for. */
  private boolean isWaitedFor(RiskEvent event, Step step) {
    return haste != Haste.WITH_LOCKOUTS
        && (event instanceof RiskEvent.AdminRequested || EngineLoop.aboutLockouts(step));
  }

  private void waited(Item item, Step step, boolean waiting, boolean durable) {
    if (trust.fails(durable)) {
      diskAnswers = false;
    }
    showAll();
    finish(item, step, waiting, durable);
  }

  private void finish(Item item, Step step, boolean waiting, boolean durable) {
    current = step.state();
    handOver.finish(step, waiting, durable ? Optional.of(pacer.now()) : Optional.empty());
    handOver.observed(item.event());
  }

  /** At that time, but after the disk has done what it does then. */
  private void later(long time, Runnable first) {
    pacer.runAt(
        time,
        () -> {
          first.run();
          if (!dead && !busy) {
            look();
          }
        });
  }

  /** Shows what is on the disk by now, and what a disk that does not answer keeps back. */
  private void look() {
    long now = pacer.nanos();
    while (!unshown.isEmpty() && unshown.element().written) {
      show(unshown.remove());
    }
    if (haste == Haste.WITH_STATES || !diskAnswers) {
      showAll();
    } else if (!unshown.isEmpty() && unshown.element().patientUntil <= now) {
      trust.fails(false);
      diskAnswers = false;
      showAll();
    }
  }

  private void showAll() {
    while (!unshown.isEmpty()) {
      show(unshown.remove());
    }
  }

  private void show(Unshown one) {
    state = one.step.state();
    witness.published(one.event, one.step);
  }
}
