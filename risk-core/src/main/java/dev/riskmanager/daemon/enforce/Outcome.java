package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;

/** What an answer means for the next attempt. */
enum Outcome {
  /** The venue says it is done; a read has to show it. */
  DONE,
  /** There was nothing to do it to; a read has to show that too. */
  GONE,
  /** Refused; nothing happened. */
  REFUSED,
  /** Refused for what the account is: no repeat can help. */
  PERMANENT,
  /** Too many requests; nothing happened. */
  THROTTLED,
  /** It may have happened. */
  AMBIGUOUS,
  /** It did not get through: no connection, or no valid token. */
  FAILED;

  static Outcome of(VenueReply<?> reply) {
    return switch (reply) {
      case VenueReply.Done<?> done -> DONE;
      case VenueReply.Refused<?> refused when refused.gone() -> GONE;
      case VenueReply.Refused<?> refused when refused.permanent() -> PERMANENT;
      case VenueReply.Refused<?> refused -> REFUSED;
      case VenueReply.Throttled<?> throttled -> THROTTLED;
      case VenueReply.Ambiguous<?> ambiguous -> AMBIGUOUS;
      case VenueReply.Unauthorized<?> unauthorized -> FAILED;
      case VenueReply.Unreachable<?> unreachable -> FAILED;
    };
  }

  /** Whether the venue's state is as it was before the request. */
  boolean nothingHappened() {
    return this == REFUSED || this == PERMANENT || this == THROTTLED || this == FAILED;
  }

  /** An answer for people, e.g. {@code done in 48 ms}. */
  static String text(VenueReply<?> reply) {
    String what =
        switch (reply) {
          case VenueReply.Done<?> done -> "done";
          case VenueReply.Refused<?> refused ->
              "refused "
                  + refused.name()
                  + (refused.message().isBlank() ? "" : ": " + refused.message());
          case VenueReply.Throttled<?> throttled -> "too many requests (HTTP 429)";
          case VenueReply.Ambiguous<?> ambiguous -> "unclear: " + ambiguous.why();
          case VenueReply.Unauthorized<?> unauthorized -> "unauthorized: " + unauthorized.why();
          case VenueReply.Unreachable<?> unreachable -> "unreachable: " + unreachable.why();
        };
    return what + " in " + reply.took().toMillis() + " ms";
  }
}
