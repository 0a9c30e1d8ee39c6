package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds requests that are to hang, each on its own virtual thread, until they are released. */
final class Hangs {
  private final Knobs knobs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;
  private int hanging;

  Hangs(Knobs knobs) {
    this.knobs = knobs;
    knobs.onChange(RestKnobs.HANG, operations -> wake());
  }

  /**
   * Returns at once when the operation does not hang, else when it is released.
   *
   * @return false when the venue was closed meanwhile
   */
  boolean pass(Operation operation) throws InterruptedException {
    return await(() -> !Knob.covers(knobs.get(RestKnobs.HANG), operation.label()));
  }

  /** Returns when the venue closes, and not before. */
  void forever() throws InterruptedException {
    await(() -> false);
  }

  private boolean await(java.util.function.BooleanSupplier free) throws InterruptedException {
    if (free.getAsBoolean()) {
      return true;
    }
    lock.lock();
    hanging++;
    try {
      while (!closed && !free.getAsBoolean()) {
        changed.await();
      }
      return !closed;
    } finally {
      hanging--;
      lock.unlock();
    }
  }

  /** Requests that hang now. */
  int hanging() {
    lock.lock();
    try {
      return hanging;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
