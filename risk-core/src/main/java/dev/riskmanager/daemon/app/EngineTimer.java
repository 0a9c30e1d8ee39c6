package dev.riskmanager.daemon.app;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what the engine looks at again and again beside its events. The executor of the JDK never
 * again runs a periodic task that has thrown, and says nothing of it: the watch for dead
 * connections would be gone. Here such a task is logged, shown as a problem for as long as it
 * fails, and run again at its next turn.
 */
final class EngineTimer extends ScheduledThreadPoolExecutor {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final Health health;
  private final AtomicInteger tasks = new AtomicInteger();

  EngineTimer(int threads, Health health) {
    super(threads, Thread.ofPlatform().daemon().name("engine-timer-", 0).factory());
    this.health = health;
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return super.scheduleWithFixedDelay(new Guarded(task), initialDelay, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return super.scheduleAtFixedRate(new Guarded(task), initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return super.schedule(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("An internal task failed: {}", e.toString(), e);
            throw e;
          }
        },
        delay,
        unit);
  }

  private final class Guarded implements Runnable {
    private final Runnable task;
    private final String part = "periodic task " + tasks.incrementAndGet();
    private String trouble = "";

    Guarded(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      String now = "";
      try {
        task.run();
      } catch (RuntimeException e) {
        now =
            "an internal watch of the engine fails and is tried again: "
                + e
                + "; see engine.log, and restart the engine if it stays";
        if (!now.equals(trouble)) {
          LOG.error("{} fails, it is tried again: {}", part, e.toString(), e);
        }
      }
      if (!now.equals(trouble)) {
        trouble = now;
        health.problem(part, now);
      }
    }
  }
}
