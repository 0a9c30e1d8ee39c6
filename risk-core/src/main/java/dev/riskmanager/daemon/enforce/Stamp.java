package dev.riskmanager.daemon.enforce;

/**
 * When something was sent or answered: the plan's own count of such happenings decides what came
 * after what, even within one tick of the clock.
 *
 * @param seq grows by one with each request sent and each answer taken
 */
record Stamp(long seq, Moment moment) {
  long nanos() {
    return moment.nanos();
  }
}
