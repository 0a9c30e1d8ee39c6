package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock, and a scheduler that goes by it: time passes when a test says so, and what falls due
 * meanwhile is run, in order, by whoever moves the time.
 */
final class ManualTime extends AbstractExecutorService
    implements ScheduledExecutorService, InstantSource {
  private final PriorityQueue<Task<?>> waiting =
      new PriorityQueue<>(
          Comparator.<Task<?>, Instant>comparing(task -> task.due)
              .thenComparingLong(task -> task.number));
  private Instant now;
  private long numbers;

  ManualTime(String start) {
    now = Instant.parse(start);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Lets time pass. */
  void advance(Duration by) {
    Instant end = instant().plus(by);
    for (Task<?> task = next(end); task != null; task = next(end)) {
      task.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized @Nullable Task<?> next(Instant end) {
    Task<?> task = waiting.peek();
    if (task == null || task.due.isAfter(end)) {
      return null;
    }
    now = task.due.isAfter(now) ? task.due : now;
    return waiting.poll();
  }

  /** When what waits is due, soonest first; what repeats itself does not count. */
  synchronized List<Duration> dueOnce() {
    List<Duration> due = new ArrayList<>();
    waiting.stream()
        .filter(task -> task.every.isZero())
        .forEach(task -> due.add(Duration.between(now, task.due)));
    due.sort(Comparator.naturalOrder());
    return due;
  }

  private synchronized <V> Task<V> add(Callable<V> work, Duration delay, Duration every) {
    Task<V> task = new Task<>(work, now.plus(delay), every, numbers++);
    waiting.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(callable(command), Duration.of(delay, unit.toChronoUnit()), Duration.ZERO);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(callable, Duration.of(delay, unit.toChronoUnit()), Duration.ZERO);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(command, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(
        callable(command),
        Duration.of(initialDelay, unit.toChronoUnit()),
        Duration.of(delay, unit.toChronoUnit()));
  }

  private static Callable<Object> callable(Runnable command) {
    return () -> {
      command.run();
      return "";
    };
  }

  @Override
  public void execute(Runnable command) {
    schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void shutdown() {
    waiting.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  /** One piece of work; a repeated one puts itself back. */
  private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final long number;
    private final Duration every;
    private Instant due;

    Task(Callable<V> work, Instant due, Duration every, long number) {
      super(work);
      this.due = due;
      this.every = every;
      this.number = number;
    }

    @Override
    public boolean isPeriodic() {
      return !every.isZero();
    }

    @Override
    public void run() {
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        synchronized (ManualTime.this) {
          due = due.plus(every);
          waiting.add(this);
        }
      }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      synchronized (ManualTime.this) {
        waiting.remove(this);
      }
      return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(instant(), due));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
