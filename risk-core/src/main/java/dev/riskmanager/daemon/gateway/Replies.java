package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.RestClient.Answered;
import dev.riskmanager.daemon.gateway.RestClient.Exchange;
import dev.riskmanager.daemon.gateway.RestClient.NotSent;
import dev.riskmanager.daemon.gateway.RestClient.Unanswered;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.payload.Fields;
import dev.riskmanager.payload.WireJson;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What an answer of the venue means. Pure. */
final class Replies {
  private Replies() {}

  /** Takes the payload out of a successful reply. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonNode body) throws Fields.Malformed;
  }

  static boolean isUnauthorized(Exchange exchange) {
    return exchange instanceof Answered answered
        && (answered.status() == 401 || answered.status() == 403);
  }

  static <T> VenueReply<T> of(Operation operation, Exchange exchange, Reader<T> reader) {
    return switch (exchange) {
      case NotSent(String why, Duration took) -> new VenueReply.Unreachable<>(why, took);
      case Unanswered(String why, Duration took) -> new VenueReply.Ambiguous<>(why, took);
      case Answered answered -> answered(operation, answered, reader);
    };
  }

  private static <T> VenueReply<T> answered(
      Operation operation, Answered answered, Reader<T> reader) {
    int status = answered.status();
    Duration took = answered.took();
    if (status == 200) {
      return envelope(operation, answered, reader);
    }
    if (status == 401 || status == 403) {
      return new VenueReply.Unauthorized<>("HTTP " + status, took);
    }
    if (status == 429) {
      return new VenueReply.Throttled<>(took);
    }
    if (status == 408 || status >= 500 || status < 300) {
      return new VenueReply.Ambiguous<>("HTTP " + status, took);
    }
    String hint = status == 404 || status < 400 ? "check gateway.api_url" : "";
    return new VenueReply.Refused<>(0, "HTTP " + status, hint, false, false, took);
  }

  private static <T> VenueReply<T> envelope(
      Operation operation, Answered answered, Reader<T> reader) {
    Duration took = answered.took();
    JsonNode body;
    try {
      body = WireJson.read(answered.body());
    } catch (JacksonException e) {
      return new VenueReply.Ambiguous<>("the reply is not JSON", took);
    }
    try {
      Fields f = Fields.of(body);
      boolean success = f.flag("success");
      int number =
          f.optionalInteger("errorCode", Integer.MIN_VALUE, Integer.MAX_VALUE)
              .orElse(0L)
              .intValue();
      if (success && number == 0) {
        return new VenueReply.Done<>(reader.read(body), took);
      }
      ErrorCode code = operation.code(number);
      if (success || code.meaning() == ErrorCode.Meaning.DONE) {
        return new VenueReply.Ambiguous<>(
            "the reply contradicts itself: success " + success + ", code " + number, took);
      }
      return failure(code, f.text("errorMessage", ""), took);
    } catch (Fields.Malformed e) {
      return new VenueReply.Ambiguous<>("the reply cannot be used: " + e.getMessage(), took);
    }
  }

  private static <T> VenueReply<T> failure(ErrorCode code, String message, Duration took) {
    return switch (code.meaning()) {
      case DONE, AMBIGUOUS ->
          new VenueReply.Ambiguous<>(
              message.isBlank() ? code.title() : code.title() + ": " + message, took);
      case GONE -> refused(code, message, true, false, took);
      case REFUSED -> refused(code, message, false, false, took);
      case PERMANENT -> refused(code, message, false, true, took);
    };
  }

  private static <T> VenueReply<T> refused(
      ErrorCode code, String message, boolean gone, boolean permanent, Duration took) {
    return new VenueReply.Refused<>(code.number(), code.title(), message, gone, permanent, took);
  }

  /** One line for logs: the outcome without the payload. */
  static String describe(VenueReply<?> reply) {
    return switch (reply) {
      case VenueReply.Done<?> _ -> "ok";
      case VenueReply.Refused<?> r ->
          "refused: " + r.name() + (r.message().isBlank() ? "" : " (" + r.message() + ")");
      case VenueReply.Throttled<?> _ -> "throttled: HTTP 429";
      case VenueReply.Ambiguous<?> a -> "ambiguous: " + a.why();
      case VenueReply.Unauthorized<?> u -> "unauthorized: " + u.why();
      case VenueReply.Unreachable<?> u -> "unreachable: " + u.why();
    };
  }
}
