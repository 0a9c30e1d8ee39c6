package dev.riskmanager.daemon.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request to the venue.
 *
 * @param <T> what a success carries; {@code Void} when nothing
 */
public sealed interface VenueReply<T extends @Nullable Object> {
  /** From the first byte sent to the answer, or until it was given up. */
  Duration took();

  /** The venue says it is done. It may still take time to show. */
  record Done<T extends @Nullable Object>(T value, Duration took) implements VenueReply<T> {}

  /**
   * The venue says no, and nothing happened.
   *
   * @param code the operation's own error code, 0 when it was an HTTP status
   * @param name of that code, e.g. {@code PositionNotFound}, or {@code HTTP 400}
   * @param message the venue's own words, may be empty
   * @param gone what it was about does not exist (any more): no position, no such order
   * @param permanent refused for what the account is (follower, live): repeating it cannot help
   */
  record Refused<T extends @Nullable Object>(
      int code, String name, String message, boolean gone, boolean permanent, Duration took)
      implements VenueReply<T> {}

  /** Not taken because of the request rate (HTTP 429). */
  record Throttled<T extends @Nullable Object>(Duration took) implements VenueReply<T> {}

  /**
   * It may or may not have happened: a time-out, HTTP 5xx, a broken connection after sending,
   * "order pending", an unknown error. Re-read before doing it again.
   */
  record Ambiguous<T extends @Nullable Object>(String why, Duration took)
      implements VenueReply<T> {}

  /**
   * The token was refused and renewing it did not help, or the request may not be repeated blindly.
   */
  record Unauthorized<T extends @Nullable Object>(String why, Duration took)
      implements VenueReply<T> {}

  /** It never left: no connection could be made. Nothing happened. */
  record Unreachable<T extends @Nullable Object>(String why, Duration took)
      implements VenueReply<T> {}
}
