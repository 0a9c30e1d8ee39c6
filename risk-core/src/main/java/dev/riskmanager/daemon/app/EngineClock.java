package dev.riskmanager.daemon.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The engine's one clock. It follows the machine's clock while that agrees with the time that has
 * really passed, and does not follow a jump: a lockout cannot be ended by setting the clock. Time
 * moves on faster only when the venue's own time bears it out, as after a sleep of the machine or a
 * start: neither the machine nor the venue alone is believed.
 *
 * <p>Never goes back. Safe for many threads.
 */
public final class EngineClock implements InstantSource {
  /** More than this between the two clocks is a jump; less is drift, and followed slowly. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** More than a late answer can explain. */
  static final Duration LATE_ANSWER = Duration.ofSeconds(10);

  /** The venue tells its time to the second. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  /** Drift is followed by one part in so many: many small jumps must not add up to a large one. */
  private static final long DRIFT = 500;

  private final InstantSource wall;
  private final LongSupplier monotonic;
  private Instant base;
  private long baseNanos;
  private Duration jump = Duration.ZERO;
  private boolean refuted;
  private Duration machineBehind = Duration.ZERO;
  private Duration engineAhead = Duration.ZERO;

  /** What is wrong with the clocks. */
  public enum Kind {
    NOTHING,
    /** The machine's clock is ahead of the time that has passed; the venue has not spoken yet. */
    UNCONFIRMED,
    /** The same, and the venue contradicts it. */
    MACHINE_AHEAD,
    /** The machine's clock is behind what the engine knows to have passed, or behind the venue. */
    MACHINE_BEHIND,
    /** The engine's time itself is ahead of the venue's: it began under a wrong clock. */
    ENGINE_AHEAD
  }

  /**
   * A difference between the clocks.
   *
   * @param by how large it is, never negative
   */
  public record Trouble(Kind kind, Duration by) {
    static final Trouble NONE = new Trouble(Kind.NOTHING, Duration.ZERO);

    /** For people, with what to do; empty when nothing is wrong. */
    public String text() {
      String set = "; set the machine's clock right, e.g. timedatectl set-ntp true";
      return switch (kind) {
        case NOTHING -> "";
        case UNCONFIRMED ->
            "the machine's clock is "
                + words(by)
                + " ahead of the time the engine has seen pass; until the venue confirms it,"
                + " lockouts and resets wait";
        case MACHINE_AHEAD ->
            "the machine's clock is "
                + words(by)
                + " ahead of the venue's; lockouts and resets follow the true time"
                + set;
        case MACHINE_BEHIND ->
            "the machine's clock is " + words(by) + " behind; lockouts may end later" + set;
        case ENGINE_AHEAD ->
            "the engine's time is "
                + words(by)
                + " ahead of the venue's, since it began under a wrong clock; lockouts may end"
                + " sooner"
                + set;
      };
    }

    private static String words(Duration time) {
      long seconds = time.toSeconds();
      return seconds < 60
          ? seconds + " s"
          : seconds < 3600
              ? String.format(Locale.ROOT, "%d min %d s", seconds / 60, seconds % 60)
              : String.format(Locale.ROOT, "%d h %d min", seconds / 3600, seconds / 60 % 60);
    }
  }

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

  /**
   * Goes on from the time at which an earlier process was last seen: how long it is since then, the
   * machine's clock alone does not prove. Only before anything was timed by this clock.
   */
  public synchronized void resumeFrom(Instant lastSeen) {
    base = lastSeen;
    baseNanos = monotonic.getAsLong();
    instant();
  }

  @Override
  public synchronized Instant instant() {
    long nanos = monotonic.getAsLong();
    long elapsed = Math.max(0, nanos - baseNanos);
    Instant passed = base.plusNanos(elapsed);
    Duration off = Duration.between(passed, wall.instant());
    boolean agrees = off.abs().compareTo(TOLERANCE) <= 0;
    jump = agrees ? Duration.ZERO : off;
    refuted &= !agrees;
    long most = elapsed / DRIFT;
    // Following drift keeps the two together over weeks; it slows time down, but never turns it.
    base = agrees ? passed.plusNanos(Math.clamp(off.toNanos(), -most, most)) : passed;
    baseNanos = nanos;
    return base;
  }

  /**
   * The venue says that it is at least this late. Time moves there when the machine's clock says so
   * too.
   */
  public synchronized void witness(Instant venueTime) {
    moveTo(venueTime);
  }

  /**
   * The venue says what time it is, to the second, and so whether the machine's clock is right.
   *
   * @param date of its answer, received just now
   */
  public synchronized void venueSays(Instant date) {
    Instant latest = date.plus(RESOLUTION);
    Instant machine = wall.instant();
    // A machine that is wrong tells nothing of the fraction that the date leaves out; with one too
    // large the engine would be ahead of the truth, and lockouts would end too soon.
    moveTo(machine.isAfter(latest) ? date : latest);
    Instant now = instant();
    refuted = jump.isPositive() && machine.isAfter(latest.plus(TOLERANCE));
    machineBehind = beyond(machine, date, TOLERANCE);
    engineAhead = beyond(latest, now, LATE_ANSWER);
  }

  private void moveTo(Instant venueTime) {
    Instant now = instant();
    Instant machine = wall.instant();
    Instant both = machine.isBefore(venueTime) ? machine : venueTime;
    if (both.isAfter(now.plus(TOLERANCE))) {
      base = both;
    }
  }

  /** How much later the second is than the first; zero when that is within the tolerance. */
  private static Duration beyond(Instant first, Instant second, Duration tolerance) {
    Duration by = Duration.between(first, second);
    return by.compareTo(tolerance) > 0 ? by : Duration.ZERO;
  }

  /** How the clocks differ now. */
  public synchronized Trouble trouble() {
    instant();
    if (jump.isPositive()) {
      return new Trouble(refuted ? Kind.MACHINE_AHEAD : Kind.UNCONFIRMED, jump);
    }
    if (jump.isNegative()) {
      return new Trouble(Kind.MACHINE_BEHIND, jump.abs());
    }
    if (engineAhead.isPositive()) {
      return new Trouble(Kind.ENGINE_AHEAD, engineAhead);
    }
    return machineBehind.isPositive()
        ? new Trouble(Kind.MACHINE_BEHIND, machineBehind)
        : Trouble.NONE;
  }
}
