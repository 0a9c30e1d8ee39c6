package dev.riskmanager.sim.knob;

import dev.riskmanager.sim.api.Operation;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Knobs of logging in, of requests and of the venue's clock. */
public final class RestKnobs {
  public static final Knob<Long> LATENCY_MS =
      Knob.number(
          "latency_ms",
          0,
          0,
          600_000,
          "milliseconds a REST request takes, half on the way in and half on the way out");
  public static final Knob<Set<String>> HANG =
      Knob.names(
          "hang",
          Operation.labels(),
          "operations that are never answered until released with \"\" or null; released requests"
              + " are then carried out");
  public static final Knob<Faults> STATUS =
      Faults.knob(
          "status",
          500,
          "answer without doing anything: {\"op\":OP,\"code\":HTTP,\"times\":N}, or"
              + " {\"op\":OP,\"errorCode\":N,\"message\":TEXT}, or a list of these");
  public static final Knob<Faults> EXECUTE_THEN_FAIL =
      Faults.knob(
          "execute_then_fail",
          500,
          "do it, then answer like status; or with \"hang\":true never answer");
  public static final Knob<Faults> PENDING =
      Faults.knob("pending", 200, "do it, but answer the operation's own Pending code");
  public static final Knob<Faults> ACK_WITHOUT_EFFECT =
      Faults.knob("ack_without_effect", 200, "answer success, do nothing");
  public static final Knob<Boolean> MAINTENANCE =
      Knob.flag(
          "maintenance",
          false,
          "503 on everything; both hubs get GatewayLogout and lose their connections");
  public static final Knob<RateLimit> RATE_LIMIT =
      RateLimit.knob(
          "rate_limit", "requests per window and token, then 429 with an empty body; 0 for none");
  public static final Knob<RateWindow> RATE_WINDOW =
      Knob.choice("rate_window", RateWindow.SLIDING, "sliding or fixed");
  public static final Knob<RateScope> RATE_SCOPE =
      Knob.choice("rate_scope", RateScope.TOKEN, "requests counted by token or by user");
  public static final Knob<Long> RETRY_AFTER =
      Knob.number("retry_after", 0, 0, 3_600, "seconds in Retry-After of a 429; 0 sends none");
  public static final Knob<Long> TOKEN_LIFE =
      Knob.number("token_life", 86_400, 0, 31_536_000, "seconds a new token is good for");
  public static final Knob<Long> LOGIN_ERROR =
      Knob.number("login_error", 0, 0, 10, "errorCode of every login (3, 7, 9, 10); 0 for none");
  public static final Knob<LogoutScope> LOGOUT_SCOPE =
      Knob.choice("logout_scope", LogoutScope.TOKEN, "what dies with a logout: token, user, none");
  public static final Knob<Long> MAX_BARS =
      Knob.number("max_bars", 20_000, 1, 20_000, "bars one request returns at most");
  public static final Knob<Duration> CLOCK_SKEW =
      new Knob<>(
          "clock_skew",
          Duration.ZERO,
          "how far the venue's clock is ahead: seconds, or 500ms, 90s, -2m",
          (v, was) -> duration("clock_skew", v));

  public static final Knob<Boolean> REVOKE_TOKENS =
      Knob.flag("revoke_tokens", false, "now: true ends every token that was given out");

  static final List<Knob<?>> ALL =
      List.of(
          LATENCY_MS,
          HANG,
          STATUS,
          EXECUTE_THEN_FAIL,
          PENDING,
          ACK_WITHOUT_EFFECT,
          MAINTENANCE,
          RATE_LIMIT,
          RATE_WINDOW,
          RATE_SCOPE,
          RETRY_AFTER,
          TOKEN_LIFE,
          LOGIN_ERROR,
          LOGOUT_SCOPE,
          MAX_BARS,
          CLOCK_SKEW,
          REVOKE_TOKENS);

  private RestKnobs() {}

  /** How the rate limit's window moves. */
  public enum RateWindow {
    SLIDING,
    FIXED
  }

  /** Whom the rate limit counts. */
  public enum RateScope {
    TOKEN,
    USER
  }

  /** Which tokens a logout ends. */
  public enum LogoutScope {
    TOKEN,
    USER,
    NONE
  }

  private static Duration duration(String name, JsonNode v) {
    if (v.isNumber()) {
      return Duration.ofMillis(v.decimalValue().movePointRight(3).longValue());
    }
    String text = v.isString() ? v.stringValue().trim().toLowerCase(Locale.ROOT) : "";
    try {
      if (text.matches("-?\\d+ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      boolean negative = text.startsWith("-");
      Duration size = Duration.parse("PT" + (negative ? text.substring(1) : text));
      return negative ? size.negated() : size;
    } catch (DateTimeParseException | NumberFormatException e) {
      throw Knob.wrong(name, v, "seconds, or a text such as 500ms, 90s, -2m");
    }
  }
}
