package dev.riskmanager.sim.knob;

import tools.jackson.databind.JsonNode;

/**
 * How many requests the venue takes in a window; 0 requests means no limit.
 *
 * @param requests everything but bars, logins included
 * @param seconds its window
 * @param barRequests {@code History/retrieveBars}
 * @param barSeconds its window
 */
public record RateLimit(int requests, int seconds, int barRequests, int barSeconds) {
  /** The published limits. */
  public static final RateLimit PUBLISHED = new RateLimit(200, 60, 50, 30);

  static Knob<RateLimit> knob(String name, String help) {
    return new Knob<>(name, PUBLISHED, help, (v, was) -> parse(name, v, was));
  }

  private static RateLimit parse(String name, JsonNode v, RateLimit was) {
    if (v.isBoolean() && !v.booleanValue()) {
      return new RateLimit(0, was.seconds, 0, was.barSeconds);
    }
    if (v.isIntegralNumber()) {
      int n = positive(name, v, 0);
      return new RateLimit(n, was.seconds, n == 0 ? 0 : was.barRequests, was.barSeconds);
    }
    if (!v.isObject()) {
      throw Knob.wrong(name, v, "requests per minute, 0 for no limit, or " + shape());
    }
    return new RateLimit(
        member(name, v, "requests", was.requests, 0),
        member(name, v, "seconds", was.seconds, 1),
        member(name, v, "barRequests", was.barRequests, 0),
        member(name, v, "barSeconds", was.barSeconds, 1));
  }

  private static String shape() {
    return "{\"requests\":200,\"seconds\":60,\"barRequests\":50,\"barSeconds\":30}";
  }

  private static int member(String name, JsonNode v, String member, int was, int min) {
    JsonNode value = v.get(member);
    return value == null || value.isNull() ? was : positive(name, value, min);
  }

  private static int positive(String name, JsonNode v, int min) {
    if (!v.isInt() || v.intValue() < min || v.intValue() > 1_000_000) {
      throw Knob.wrong(name, v, "whole numbers from " + min + " to 1000000, as " + shape());
    }
    return v.intValue();
  }
}
