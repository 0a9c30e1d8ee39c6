package dev.riskmanager.daemon.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The engine's one clock. It follows the machine's clock while that agrees with the time that has
 * really passed, and does not follow a jump: a lockout cannot be ended by setting the clock. Time
 * moves on faster only when the venue's own timestamps bear it out, as after a sleep of the
 * machine.
 *
 * <p>Never goes back. Safe for many threads.
 */
public final class EngineClock implements InstantSource {
  /** More than this between the two clocks is a jump; less is drift, and followed. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final InstantSource wall;
  private final LongSupplier monotonic;
  private Instant base;
  private long baseNanos;
  private Duration jump = Duration.ZERO;

  /**
   * Makes a clock that agrees with the machine's now.
   *
   * @param wall the machine's clock
   * @param monotonic nanoseconds that only go forward, such as {@code System::nanoTime}
   */
  public EngineClock(InstantSource wall, LongSupplier monotonic) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.base = wall.instant();
    this.baseNanos = monotonic.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long nanos = monotonic.getAsLong();
    Instant passed = base.plusNanos(Math.max(0, nanos - baseNanos));
    Instant machine = wall.instant();
    Duration off = Duration.between(passed, machine);
    boolean agrees = off.abs().compareTo(TOLERANCE) <= 0;
    jump = agrees ? Duration.ZERO : off;
    // Following drift keeps the two together over weeks; time itself never goes back.
    base = agrees && machine.isAfter(passed) ? machine : passed;
    baseNanos = nanos;
    return base;
  }

  /**
   * The venue says that it is at least this late. Time moves there when the machine's clock says so
   * too: neither alone is believed.
   */
  public synchronized void witness(Instant venueTime) {
    Instant now = instant();
    if (venueTime.isAfter(now.plus(TOLERANCE))
        && !venueTime.isAfter(wall.instant().plus(TOLERANCE))) {
      base = venueTime;
    }
  }

  /**
   * How far the machine's clock is ahead of the engine's (negative: behind); zero when they agree.
   */
  public synchronized Duration jump() {
    instant();
    return jump;
  }
}
