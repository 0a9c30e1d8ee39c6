package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of a snapshot and the events heard while it was read: what comes meanwhile waits
 * and follows it. Thread-safe.
 */
final class Gate {
  /** More would mean that reading takes minutes; then events go on without waiting. */
  static final int MAX_WAITING = 100_000;

  private final EventSink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable Object holder;
  private Set<AccountId> held = Set.of();

  private record Waiting(Instant arrivedAt, RiskEvent event) {}

  Gate(EventSink sink) {
    this.sink = sink;
  }

  /** From now on events wait, until this holder releases them. An earlier holder holds no more. */
  void hold(Object newHolder) {
    hold(newHolder, Set.of());
  }

  /**
   * The same, for what is about some accounts only.
   *
   * @param accounts empty for everything
   */
  void hold(Object newHolder, Set<AccountId> accounts) {
    lock.lock();
    try {
      holder = newHolder;
      held = Set.copyOf(accounts);
    } finally {
      lock.unlock();
    }
  }

  void pass(Instant arrivedAt, RiskEvent event) {
    lock.lock();
    try {
      if (waiting.size() >= MAX_WAITING) {
        open();
      }
      if (holder == null || !isHeld(event)) {
        sink.accept(arrivedAt, event);
      } else {
        waiting.add(new Waiting(arrivedAt, event));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isHeld(RiskEvent event) {
    return held.isEmpty()
        || event instanceof RiskEvent.Disconnected
        || (event instanceof RiskEvent.AccountScoped scoped && held.contains(scoped.account()));
  }

  /**
   * Lets {@code first} put events in front, then those that waited, and then all as they come.
   * Nothing waits for a holder that holds no more: then only {@code first} is done.
   */
  void release(Object oldHolder, Consumer<EventSink> first) {
    lock.lock();
    try {
      first.accept(sink);
      if (oldHolder.equals(holder)) {
        open();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets everything pass, whoever holds. */
  void open() {
    lock.lock();
    try {
      waiting.forEach(one -> sink.accept(one.arrivedAt(), one.event()));
      waiting.clear();
      holder = null;
    } finally {
      lock.unlock();
    }
  }
}
