package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Codes;
import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.Faults;
import dev.riskmanager.sim.knob.Faults.Fault;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import dev.riskmanager.sim.knob.RestKnobs.RateScope;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.knob.TradingKnobs.AccountKind;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every request goes through: log, latency, maintenance, hang, rate limit, injected failure,
 * authentication, the operation itself, and the failures that come after it was carried out. Each
 * request has a virtual thread of its own, so waiting ones do not hold up the rest.
 */
final class RestServer {
  private static final Set<Operation> CHANGES =
      EnumSet.of(
          Operation.ORDER_PLACE,
          Operation.ORDER_MODIFY,
          Operation.ORDER_CANCEL,
          Operation.POSITION_CLOSE,
          Operation.POSITION_PARTIAL_CLOSE);

  private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
  private static final String BEARER = "Bearer ";

  /** Of HTTP: to the second, in Greenwich. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Knobs knobs;
  private final Tokens tokens;
  private final RequestLog log;
  private final RateLimiter limiter;
  private final Hangs hangs;
  private final InstantSource venueClock;
  private final Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);

  RestServer(
      Knobs knobs,
      Tokens tokens,
      RequestLog log,
      RateLimiter limiter,
      Hangs hangs,
      InstantSource venueClock) {
    this.knobs = knobs;
    this.tokens = tokens;
    this.log = log;
    this.limiter = limiter;
    this.hangs = hangs;
    this.venueClock = venueClock;
  }

  void add(Operation operation, Endpoint endpoint) {
    endpoints.put(operation, endpoint);
  }

  void routes(RoutesConfig routes) {
    routes.get("/api/" + Operation.PING.label(), c -> serve(Operation.PING, c));
    endpoints.keySet().forEach(o -> routes.post("/api/" + o.label(), c -> serve(o, c)));
  }

  /** An answer: a status and its body, JSON or plain text. */
  private record Reply(int status, @Nullable JsonNode json, String text) {
    static Reply of(int status) {
      return new Reply(status, null, "");
    }

    static Reply of(JsonNode json) {
      return new Reply(200, json, "");
    }

    /** RFC 7807, as ASP.NET answers what it cannot bind. */
    static Reply problem(int status, String detail) {
      ObjectNode node = Json.object();
      node.put("type", "https://tools.ietf.org/html/rfc9110#section-15.5.1");
      node.put("title", "One or more validation errors occurred.");
      node.put("status", status);
      node.put("detail", detail);
      node.putNull("instance");
      return new Reply(status, node, "");
    }

    @Nullable Integer errorCode() {
      JsonNode code = json == null ? null : json.get("errorCode");
      return code == null || !code.isInt() ? null : code.intValue();
    }
  }

  private void serve(Operation operation, Context context) throws InterruptedException {
    String text = context.body();
    long record = log.arrived(operation, shown(operation, text));
    try {
      long latency = knobs.get(RestKnobs.LATENCY_MS);
      pause(latency / 2);
      Reply reply = reply(operation, context, text);
      pause(latency - latency / 2);
      log.answered(record, reply.status, reply.errorCode());
      write(context, reply);
    } catch (RuntimeException e) {
      LOG.error("{} failed inside the simulated venue", operation.label(), e);
      log.answered(record, 500, null);
      context.status(500);
    }
  }

  /** The body for the log: without credentials, and as text when it is not JSON. */
  private static JsonNode shown(Operation operation, String text) {
    if (operation == Operation.LOGIN_KEY || operation == Operation.LOGIN_APP) {
      return Json.object();
    }
    try {
      return text.isBlank() ? Json.object() : Json.parse(text);
    } catch (tools.jackson.core.JacksonException e) {
      return Json.of(text.substring(0, Math.min(200, text.length())));
    }
  }

  private static void pause(long millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private Reply reply(Operation operation, Context context, String text)
      throws InterruptedException {
    if (!hangs.pass(operation)) {
      return Reply.of(503);
    }
    if (knobs.get(RestKnobs.MAINTENANCE)) {
      return Reply.of(503);
    }
    String token = bearer(context);
    Optional<String> user = tokens.user(token);
    if (!limiter.admits(client(token, user), operation == Operation.BARS)) {
      retryAfter(context, knobs);
      return Reply.of(429);
    }
    Optional<Fault> fault = knobs.get(RestKnobs.STATUS).take(operation);
    if (fault.isPresent()) {
      if (fault.get().status() == 429) {
        retryAfter(context, knobs);
      }
      return failed(fault.get());
    }
    if (operation.authenticated() && user.isEmpty()) {
      return Reply.of(401);
    }
    if (operation == Operation.PING) {
      return new Reply(200, null, "pong");
    }
    try {
      Call call = new Call(operation, Body.parse(text), token, user.orElse(""));
      return carriedOut(call);
    } catch (BadRequest e) {
      return Reply.problem(400, String.valueOf(e.getMessage()));
    }
  }

  /** How long to wait after a 429, where the venue says it. */
  static void retryAfter(Context context, Knobs knobs) {
    long retry = knobs.get(RestKnobs.RETRY_AFTER);
    if (retry > 0) {
      context.header("Retry-After", String.valueOf(retry));
    }
  }

  private String client(String token, Optional<String> user) {
    return knobs.get(RestKnobs.RATE_SCOPE) == RateScope.USER ? user.orElse("") : token;
  }

  private Reply carriedOut(Call call) throws InterruptedException {
    if (knobs.get(RestKnobs.ACK_WITHOUT_EFFECT).take(call.operation()).isPresent()) {
      return Reply.of(Envelope.ok());
    }
    Endpoint endpoint = endpoints.get(call.operation());
    if (endpoint == null) {
      return Reply.of(404);
    }
    Optional<ObjectNode> refused = refusedForItsKind(call);
    if (refused.isPresent()) {
      return Reply.of(refused.get());
    }
    ObjectNode answer = endpoint.answer(call);
    Optional<Fault> after = knobs.get(RestKnobs.EXECUTE_THEN_FAIL).take(call.operation());
    if (after.isPresent()) {
      return failed(after.get());
    }
    Faults pending = knobs.get(RestKnobs.PENDING);
    if (pending.take(call.operation()).isPresent()) {
      return Reply.of(Envelope.of(Codes.of(call.operation(), Reason.PENDING), null));
    }
    return Reply.of(answer);
  }

  /** Changes through the API on an account of which the venue takes none. */
  private Optional<ObjectNode> refusedForItsKind(Call call) {
    if (!CHANGES.contains(call.operation())) {
      return Optional.empty();
    }
    AccountKind kind = knobs.get(TradingKnobs.ACCOUNT_KIND).of(call.body().wide("accountId"));
    int code = Codes.of(call.operation(), Reason.ACCOUNT_REJECTED);
    return switch (kind) {
      case NORMAL -> Optional.empty();
      case FOLLOWER ->
          Optional.of(
              Envelope.of(
                  code,
                  call.operation() == Operation.ORDER_CANCEL
                      ? "Follower accounts cannot cancel orders"
                      : null));
      case LIVE -> Optional.of(Envelope.of(code, "Live accounts not supported"));
    };
  }

  private Reply failed(Fault fault) throws InterruptedException {
    if (fault.hang()) {
      hangs.forever();
    }
    Integer code = fault.errorCode();
    return code == null ? Reply.of(fault.status()) : Reply.of(Envelope.of(code, fault.message()));
  }

  private static String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.startsWith(BEARER)
        ? header.substring(BEARER.length()).trim()
        : "";
  }

  private void write(Context context, Reply reply) {
    context.header("Date", DATE.format(venueClock.instant()));
    context.status(reply.status);
    if (reply.json != null) {
      context.contentType(
          reply.status == 200 ? "application/json; charset=utf-8" : "application/problem+json");
      context.result(Json.bytes(reply.json));
    } else if (!reply.text.isEmpty()) {
      context.contentType("text/plain; charset=utf-8");
      context.result(reply.text);
    }
  }
}
