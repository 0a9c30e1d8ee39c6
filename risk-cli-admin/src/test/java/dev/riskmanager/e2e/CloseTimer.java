package dev.riskmanager.e2e;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.UserEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the engine takes to ask for a close, stamped in the venue's process on both ends: when
 * the events of a trade had been handed to the hub's socket, and when the bytes of the request had
 * arrived.
 */
public final class CloseTimer {
  private static final String CLOSE = "Position/closeContract";
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Long> closes = new LinkedBlockingQueue<>();
  private final AtomicLong told = new AtomicLong();

  /**
   * The first close after a trade.
   *
   * @param fromTold nanoseconds from the events of the trade
   * @param fromBefore nanoseconds from before the trade was made
   */
  public record Timed(long fromTold, long fromBefore) {}

  /** Listens to that venue from now on. */
  public CloseTimer(SimVenue venue) {
    venue.onRequest(
        request -> {
          if (request.operation().equals(CLOSE)) {
            closes.add(request.nanos());
          }
        });
    venue.onEvent(
        event -> {
          if (event instanceof UserEvent.Traded) {
            told.compareAndSet(0, System.nanoTime());
          }
        });
  }

  /**
   * Makes a trade and waits for the close that answers it.
   *
   * @throws IllegalStateException when none comes
   */
  public Timed time(Runnable trade) throws InterruptedException {
    closes.clear();
    told.set(0);
    long before = System.nanoTime();
    trade.run();
    Long close = closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (close == null) {
      throw new IllegalStateException("no close within " + PATIENCE_SECONDS + " s of a trade");
    }
    return new Timed(close - told.get(), close - before);
  }
}
