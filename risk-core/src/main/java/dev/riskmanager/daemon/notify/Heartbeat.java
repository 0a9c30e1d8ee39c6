package dev.riskmanager.daemon.notify;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an address at an interval while all is well, so that somebody notices when the calls stop.
 * A call that fails is not repeated: the next one follows soon.
 */
public final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger("notify");

  private final Beat beat;
  private final BooleanSupplier well;
  private final Duration interval;
  private final LongSupplier nanos;
  private boolean called;
  private long lastCall;
  private boolean failing;

  /** One call. */
  @FunctionalInterface
  public interface Beat {
    void call() throws SendException;
  }

  /**
   * Calls nothing yet.
   *
   * @param well whether all is well now
   * @param nanos a clock that never goes back
   */
  public Heartbeat(Beat beat, BooleanSupplier well, Duration interval, LongSupplier nanos) {
    this.beat = beat;
    this.well = well;
    this.interval = interval;
    this.nanos = nanos;
  }

  /** Calls when it is time to; to be called more often than the interval, by one thread. */
  public void look() {
    long now = nanos.getAsLong();
    if (!well.getAsBoolean() || (called && now - lastCall < interval.toNanos())) {
      return;
    }
    called = true;
    lastCall = now;
    try {
      beat.call();
      if (failing) {
        LOG.info("Heartbeat: answered again");
      }
      failing = false;
    } catch (SendException e) {
      if (!failing) {
        LOG.warn("Heartbeat: not taken ({}); trying on each interval", e.getMessage());
      }
      failing = true;
    }
  }
}
