package dev.riskmanager.daemon.enforce;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How long requests of enforcement may wait for the venue's request rate before that is an alarm:
 * orders that still work in a locked account are not to be kept quiet about.
 */
final class RatePatience {
  private static final long TOO_LONG = 2 * Timing.SECOND;
  private static final String KEY = "rate";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Alarms alarms;
  private long since = Timing.NEVER;
  private boolean raised;

  RatePatience(Alarms alarms) {
    this.alarms = alarms;
  }

  /**
   * After each round.
   *
   * @param requests how many found no room
   * @param until when the first of them may
   */
  void waiting(int requests, long until, Moment now) {
    if (requests == 0) {
      since = Timing.NEVER;
      if (raised) {
        raised = false;
        alarms.clear(KEY);
      }
      return;
    }
    if (since == Timing.NEVER) {
      since = now.nanos();
    }
    if (now.nanos() - since >= TOO_LONG) {
      raised = true;
      alarms.raise(
          KEY,
          requests
              + " requests, cancels among them, wait until "
              + CLOCK.format(now.at().plusNanos(Math.max(0, until - now.nanos())))
              + " UTC or longer: the venue takes 200 a minute and they are used up",
          false);
    }
  }

  /** When waiting becomes an alarm. */
  long wake() {
    return since == Timing.NEVER || raised ? Timing.NEVER : since + TOO_LONG;
  }
}
