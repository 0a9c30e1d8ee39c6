package dev.riskmanager.sim.exchange;

/** Runs something later on another thread. */
@FunctionalInterface
public interface Later {
  /** Runs the task once, this many milliseconds from now at the earliest. */
  void after(long millis, Runnable task);
}
