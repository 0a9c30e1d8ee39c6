package dev.riskmanager.daemon.enforce;

import java.time.Instant;

/**
 * One moment on two clocks.
 *
 * @param at wall time, for people
 * @param nanos monotonic, for waiting: a jump of the machine's clock changes no deadline
 */
record Moment(Instant at, long nanos) {
  /** The same moment's monotonic time moved by so many milliseconds. */
  long plusMillis(long millis) {
    return nanos + millis * Timing.MILLI;
  }
}
