package dev.riskmanager.daemon.control;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Requests of all clients of a socket are worked on a few at a time, in the order in which they
 * came. After one that was refused its turn rests: who sends what is wrong, however fast and on
 * however many connections, gets a small and known part of a processor, and the engine the rest.
 */
final class Turns {
  private final Semaphore free;
  private final Duration rest;

  /**
   * So many turns.
   *
   * @param rest how long a turn is not given on after a request that was refused
   */
  Turns(int turns, Duration rest) {
    this.free = new Semaphore(turns, true);
    this.rest = rest;
  }

  /** Some work. */
  interface Work {
    /** Returns whether it was refused. */
    boolean run();
  }

  /** Waits for a turn and works. */
  void take(Work work) throws InterruptedException {
    free.acquire();
    try {
      if (work.run()) {
        Thread.sleep(rest);
      }
    } finally {
      free.release();
    }
  }
}
