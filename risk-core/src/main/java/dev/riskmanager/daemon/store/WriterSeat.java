package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of the one writer. Who writes has it alone; a writer that failed is thrown away and the
 * next one is opened when it is needed.
 *
 * <p>The driver cannot say whether a failed commit left its transaction open, hence the new
 * connection. The others of the store stay open meanwhile, so the log's index in memory lives on
 * and nothing of the failed transaction becomes visible.
 */
final class WriterSeat implements AutoCloseable {
  private static final long CLOSE_PATIENCE_SECONDS = 2;

  private final StoreSettings settings;
  private final StoreErrors errors;
  private final InstantSource clock;
  private final SealKey key;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable BooksWriter writer; // guarded by lock; null until it is needed
  private boolean closed; // guarded by lock

  WriterSeat(StoreSettings settings, StoreErrors errors, InstantSource clock, SealKey key) {
    this.settings = settings;
    this.errors = errors;
    this.clock = clock;
    this.key = key;
  }

  /** What is done with the writer; returns how many rows it was. */
  interface Work {
    int with(BooksWriter writer) throws SQLException, StoreException;
  }

  /** Waits for the seat and runs. */
  int write(Work work) throws StoreException {
    lock.lock();
    try {
      return run(work);
    } finally {
      lock.unlock();
    }
  }

  /** Runs if nobody writes now; else does nothing. */
  void writeIfFree(Work work) throws StoreException {
    if (lock.tryLock()) {
      try {
        run(work);
      } finally {
        lock.unlock();
      }
    }
  }

  private int run(Work work) throws StoreException {
    if (closed) {
      throw new StoreException(settings.database() + " is closed: the engine is stopping");
    }
    boolean done = false;
    try {
      int rows = work.with(current());
      done = true;
      return rows;
    } catch (SQLException e) {
      throw errors.of("written", e);
    } finally {
      if (!done) {
        discard();
      }
    }
  }

  private BooksWriter current() throws SQLException {
    BooksWriter current = writer;
    if (current == null) {
      current =
          new BooksWriter(
              Connections.writer(settings.database(), settings.synchronous()), clock, key);
      writer = current;
    }
    return current;
  }

  private void discard() {
    BooksWriter old = writer;
    writer = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException _) {
        // What was committed is on the disk; the rest is taken back when the file is opened again.
      }
    }
  }

  /** What is written last. */
  interface Last {
    void with(BooksWriter writer) throws SQLException;
  }

  @Override
  public void close() {
    closeWith(writer -> {});
  }

  /**
   * Ends writing for good; gives up waiting for a commit that the disk does not answer.
   *
   * @param last written before, if there is a writer that works
   */
  void closeWith(Last last) {
    try {
      if (!lock.tryLock(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      BooksWriter current = writer;
      if (!closed && current != null) {
        last.with(current);
      }
    } catch (SQLException _) {
      // Then the end was not an orderly one, and the next start looks at everything.
    } finally {
      closed = true;
      discard();
      lock.unlock();
    }
  }
}
