package dev.riskmanager.daemon.enforce;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The real clocks, a timer thread, and a virtual thread for each task. */
final class LivePacer implements Pacer {
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Executor threads;
  private final ScheduledExecutorService timer;

  LivePacer(
      InstantSource clock, LongSupplier nanos, Executor threads, ScheduledExecutorService timer) {
    this.clock = clock;
    this.nanos = nanos;
    this.threads = threads;
    this.timer = timer;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return nanos.getAsLong();
  }

  @Override
  public void run(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException closing) {
      // The executor is being closed, and says the rest itself.
      return;
    }
  }

  @Override
  public void runAt(long time, Runnable task) {
    try {
      timer.schedule(() -> run(task), Math.max(0, time - nanos()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      // The executor is being closed: nothing is looked at again.
      return;
    }
  }
}
