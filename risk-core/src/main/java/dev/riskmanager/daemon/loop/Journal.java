package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.DurableWriter;
import dev.riskmanager.daemon.port.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the store on a thread of its own, in order, so that a disk that hangs cannot hold the
 * writer of the books longer than it is willing to wait. What fails is tried again until the disk
 * returns; nothing overtakes it. What queues up meanwhile is written together.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("journal");
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int TOGETHER = 256;

  private final DurableWriter store;
  private final Runnable whenWritten;
  private final LinkedBlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
  private volatile String trouble = "";
  private final AtomicInteger unwritten = new AtomicInteger();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closing;

  private record Batch(List<Store.Change> changes, CountDownLatch written) {}

  /**
   * Starts the writing thread.
   *
   * @param whenWritten called on it after each commit; must not block
   */
  Journal(DurableWriter store, Runnable whenWritten) {
    this.store = store;
    this.whenWritten = whenWritten;
    this.thread = Thread.ofPlatform().name("journal").start(this::run);
  }

  /** A write that was begun. */
  final class Pending {
    private final CountDownLatch written;

    private Pending(CountDownLatch written) {
      this.written = written;
    }

    /** Whether it was on the disk within that time. */
    boolean await(Duration patience) throws InterruptedException {
      return written.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isWritten() {
      return written.getCount() == 0;
    }
  }

  /** Begins to write; returns at once. */
  Pending write(List<Store.Change> changes) {
    CountDownLatch written = new CountDownLatch(1);
    if (changes.isEmpty()) {
      written.countDown();
    } else {
      unwritten.incrementAndGet();
      queue.add(new Batch(changes, written));
    }
    return new Pending(written);
  }

  /** Why the disk does not take what it is given; empty while it does. */
  String trouble() {
    return trouble;
  }

  /** Whether everything given to it is on the disk. */
  boolean isIdle() {
    return unwritten.get() == 0;
  }

  private void run() {
    List<Batch> together = new ArrayList<>();
    try {
      while (!closing || !queue.isEmpty()) {
        Batch first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          together.add(first);
          queue.drainTo(together, TOGETHER - 1);
          writeUntilDone(together);
          together.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeUntilDone(List<Batch> together) throws InterruptedException {
    List<Store.Change> changes = new ArrayList<>();
    together.forEach(batch -> changes.addAll(batch.changes()));
    while (true) {
      try {
        commit(changes);
        if (!trouble.isEmpty()) {
          trouble = "";
          LOG.info("The database takes writes again; {} change(s) written", changes.size());
        }
        together.forEach(batch -> batch.written().countDown());
        unwritten.addAndGet(-together.size());
        whenWritten.run();
        return;
      } catch (Store.StoreException | RuntimeException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(trouble)) {
          trouble = why;
          LOG.error("The database does not take writes: {}. Trying on", why);
        }
        if (stop.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.error("Stopped with {} change(s) not written: {}", changes.size(), why);
          return;
        }
      }
    }
  }

  /**
   * All at once; a change that contradicts the books is set aside, so that it holds up no other.
   */
  private void commit(List<Store.Change> changes) throws Store.StoreException {
    try {
      store.commit(changes);
    } catch (Store.StoreException e) {
      if (!e.isPermanent()) {
        throw e;
      }
      for (Store.Change change : changes) {
        commitAlone(change);
      }
    }
  }

  private void commitAlone(Store.Change change) throws Store.StoreException {
    try {
      store.commit(List.of(change));
    } catch (Store.StoreException e) {
      if (!e.isPermanent()) {
        throw e;
      }
      // A defect of ours: repeating it would block every lockout behind it.
      LOG.error("ALARM: the database refuses a change for good and it is left out: {}", change, e);
    }
  }

  /** Writes what waits, then stops; gives up on a disk that does not answer within five seconds. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(5));
      stop.countDown();
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
