package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.RestClient.Answered;
import dev.riskmanager.daemon.gateway.RestClient.Exchange;
import dev.riskmanager.daemon.gateway.RestClient.Lane;
import dev.riskmanager.daemon.gateway.RestClient.NotSent;
import dev.riskmanager.daemon.gateway.RestClient.Unanswered;
import dev.riskmanager.payload.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The venue's token: fetched by key, renewed while it is young, replaced when the venue refuses it.
 * Whoever asks while a login is under way waits for that one instead of logging in as well.
 *
 * <p>Thread-safe; calls may block for a request.
 */
public final class TokenSource {
  private static final Logger API = LoggerFactory.getLogger("api");

  /** A rejected login is not tried again sooner: it cannot help and may lock the login. */
  private static final Duration REJECTION_HOLDS = Duration.ofSeconds(20);

  private final RestClient client;
  private final Credentials credentials;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Token current;
  private @Nullable LoginRejected rejection;
  private Instant rejectedAt = Instant.EPOCH;
  private final Throttle throttle = new Throttle();
  private Instant throttledUntil = Instant.MIN;

  /** Its text shows nothing of the value. */
  record Token(String value, Instant obtained) {
    @Override
    public String toString() {
      return "Token[" + Credentials.mask(value) + ", " + obtained + "]";
    }
  }

  TokenSource(RestClient client, Credentials credentials, InstantSource clock) {
    this.client = client;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** The token in use; logs in when there is none. */
  Token current() throws LoginException {
    Token token = current;
    return token != null ? token : replace(null);
  }

  /**
   * A token that is not {@code refused}: the one another caller has fetched meanwhile, or one from
   * a new login.
   */
  Token replace(@Nullable Token refused) throws LoginException {
    lock.lock();
    try {
      Token token = current;
      if (token != null && !token.equals(refused)) {
        return token;
      }
      current = null;
      return login();
    } finally {
      lock.unlock();
    }
  }

  /** Renews the token before it expires: by validating it, or else with a new login. */
  Token renew() throws LoginException {
    lock.lock();
    try {
      Token token = current;
      if (token != null) {
        Instant asked = clock.instant();
        Exchange exchange =
            client.send(
                Operation.VALIDATE,
                WireJson.mapper().createObjectNode(),
                token.value(),
                Lane.GENERAL);
        String renewed = text(exchange, "newToken");
        log(Operation.VALIDATE, renewed != null ? "ok" : describe(exchange), exchange);
        if (renewed != null) {
          Token next = new Token(renewed, asked);
          current = next;
          return next;
        }
      }
      return login();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the token: the venue has ended what it stood for. */
  void invalidate() {
    current = null;
  }

  private Token login() throws LoginException {
    LoginRejected known = rejection;
    if (known != null && clock.instant().isBefore(rejectedAt.plus(REJECTION_HOLDS))) {
      throw new LoginException.Rejected(known);
    }
    if (clock.instant().isBefore(throttledUntil)) {
      throw throttled();
    }
    ObjectNode body = WireJson.mapper().createObjectNode();
    body.put("userName", credentials.userName());
    body.put("apiKey", credentials.apiKey());
    Instant asked = clock.instant();
    Exchange exchange = client.send(Operation.LOGIN_KEY, body, null, Lane.GENERAL);
    String value = text(exchange, "token");
    if (value != null) {
      log(Operation.LOGIN_KEY, "ok", exchange);
      Token token = new Token(value, asked);
      current = token;
      rejection = null;
      throttle.over();
      return token;
    }
    log(Operation.LOGIN_KEY, describe(exchange), exchange);
    if (exchange instanceof Answered answered && answered.status() == 429) {
      throttledUntil = clock.instant().plus(throttle.next(answered.retryAfter()));
      throw throttled();
    }
    throttle.over();
    LoginException failure = failure(exchange);
    if (failure instanceof LoginException.Rejected rejected) {
      rejection = rejected.rejected();
      rejectedAt = clock.instant();
    }
    throw failure;
  }

  private LoginException throttled() {
    Duration wait = Duration.between(clock.instant(), throttledUntil);
    return new LoginException.Unavailable(
        "login at "
            + client.address()
            + ": HTTP 429, too many requests; the next in "
            + wait.toSeconds()
            + " s",
        wait);
  }

  /** The text member of a success; null when it is no success or has none. */
  private static @Nullable String text(Exchange exchange, String member) {
    if (!(exchange instanceof Answered answered) || answered.status() != 200) {
      return null;
    }
    JsonNode body = body(answered);
    JsonNode success = body == null ? null : body.get("success");
    JsonNode value = body == null ? null : body.get(member);
    return success != null
            && success.isBoolean()
            && success.booleanValue()
            && value != null
            && value.isString()
            && !value.stringValue().isBlank()
        ? value.stringValue()
        : null;
  }

  private LoginException failure(Exchange exchange) {
    return switch (exchange) {
      case NotSent(String why, Duration _) -> new LoginException.Unavailable(why);
      case Unanswered(String why, Duration _) ->
          new LoginException.Unavailable("login at " + client.address() + ": " + why);
      case Answered answered when answered.status() == 401 ->
          new LoginException.Rejected(new LoginRejected(0, "HTTP 401", ""));
      case Answered answered when answered.status() == 200 -> refusal(answered);
      case Answered answered ->
          new LoginException.Unavailable(
              "login at "
                  + client.address()
                  + ": HTTP "
                  + answered.status()
                  + (answered.status() == 404 ? ", check gateway.api_url" : ""));
    };
  }

  private LoginException refusal(Answered answered) {
    JsonNode body = body(answered);
    JsonNode number = body == null ? null : body.get("errorCode");
    if (body == null || number == null || !number.isInt()) {
      return new LoginException.Unavailable(
          "login at "
              + client.address()
              + ": this is not the venue's answer, check gateway.api_url");
    }
    ErrorCode code = Operation.LOGIN_KEY.code(number.intValue());
    JsonNode words = body.get("errorMessage");
    String message = words != null && words.isString() ? words.stringValue() : "";
    return code.meaning() == ErrorCode.Meaning.REFUSED
        ? new LoginException.Rejected(new LoginRejected(code.number(), code.title(), message))
        : new LoginException.Unavailable("login: " + code.title() + " " + message);
  }

  private static @Nullable JsonNode body(Answered answered) {
    try {
      JsonNode body = WireJson.read(answered.body());
      return body.isObject() ? body : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private String describe(Exchange exchange) {
    return String.valueOf(failure(exchange).getMessage());
  }

  private static void log(Operation operation, String outcome, Exchange exchange) {
    API.info("{} {} {} ms", operation.path(), outcome, exchange.took().toMillis());
  }
}
