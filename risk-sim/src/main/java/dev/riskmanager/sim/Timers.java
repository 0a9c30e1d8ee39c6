package dev.riskmanager.sim;

import dev.riskmanager.sim.exchange.Later;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The venue's one timer thread. A task that fails is logged and harms no other. */
final class Timers implements Later, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);

  private final ScheduledThreadPoolExecutor executor;

  Timers() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("venue-timer").unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void after(long millis, Runnable task) {
    try {
      executor.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("the venue is closed: a task is dropped");
    }
  }

  void every(long millis, Runnable task) {
    executor.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task of the simulated venue failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
