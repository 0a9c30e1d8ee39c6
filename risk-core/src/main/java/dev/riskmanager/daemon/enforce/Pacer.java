package dev.riskmanager.daemon.enforce;

import java.time.Instant;

/** Time and threads of the executor; a simulation brings its own. */
public interface Pacer {
  /** Wall time, for people. */
  Instant now();

  /** Monotonic nanoseconds, for waiting. */
  long nanos();

  /** Runs the task soon, never inside this call. */
  void run(Runnable task);

  /** Runs the task when {@link #nanos} has reached that value, never inside this call. */
  void runAt(long nanos, Runnable task);
}
