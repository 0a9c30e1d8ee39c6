package dev.riskmanager.trader.app;

import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits until there are new lines in the log. Each picture ends with the newest of them, so the log
 * itself is asked for only when it has grown. Thread-safe.
 */
final class NewsOfTheLog implements ViewClient.WatchListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private long newest;
  private @Nullable ControlException end;
  private volatile @Nullable Pulse pulse;

  @Override
  public void changed(JsonText status) {
    Pulse alive = pulse;
    if (alive != null) {
      alive.heard();
    }
    long last = 0;
    for (LogEntry entry : status.as(StatusView.class).lastActions()) {
      last = Math.max(last, entry.seq());
    }
    lock.lock();
    try {
      newest = Math.max(newest, last);
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closed(ControlException why) {
    lock.lock();
    try {
      end = why;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is told of every picture. */
  void follow(Pulse toTell) {
    pulse = toTell;
  }

  /**
   * Returns the newest number once it is above this one, or what it is after a while; throws when
   * the connection has ended.
   */
  long awaitAfter(long known, Duration patience) throws InterruptedException, ControlException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (newest <= known && left > 0) {
        ControlException why = end;
        if (why != null) {
          throw why;
        }
        left = woken.awaitNanos(left);
      }
      return newest;
    } finally {
      lock.unlock();
    }
  }
}
