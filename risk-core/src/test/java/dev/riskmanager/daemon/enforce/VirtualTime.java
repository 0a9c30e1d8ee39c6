package dev.riskmanager.daemon.enforce;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time as a queue: it moves from one planned task to the next, and only when told to. */
public final class VirtualTime implements Pacer {
  private record Task(long at, long number, Runnable run) {}

  private final Instant start;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long nanos;
  private long numbers;

  public VirtualTime(Instant start) {
    this.start = start;
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  /** Milliseconds since the start. */
  public long millis() {
    return nanos / 1_000_000;
  }

  @Override
  public void run(Runnable task) {
    runAt(nanos, task);
  }

  @Override
  public void runAt(long at, Runnable task) {
    tasks.add(new Task(Math.max(at, nanos), numbers++, task));
  }

  public void after(long millis, Runnable task) {
    runAt(nanos + millis * 1_000_000, task);
  }

  /** Does everything planned for the next so many milliseconds. */
  public void pass(long millis) {
    passUntil(() -> false, Duration.ofMillis(millis));
  }

  /** Lets time pass until the condition holds; false when it does not within the limit. */
  public boolean passUntil(BooleanSupplier condition, Duration limit) {
    long end = nanos + limit.toNanos();
    while (!condition.getAsBoolean()) {
      Task next = tasks.peek();
      if (next == null || next.at() > end) {
        nanos = end;
        return condition.getAsBoolean();
      }
      tasks.remove();
      nanos = Math.max(nanos, next.at());
      next.run().run();
    }
    return true;
  }
}
