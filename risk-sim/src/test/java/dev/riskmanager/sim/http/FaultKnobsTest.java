package dev.riskmanager.sim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.ManualClock;
import dev.riskmanager.sim.testing.RestClient;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The knobs of requests: latency, hangs, failures before and after the deed, limits, tokens. */
class FaultKnobsTest {
  private static final long ACCOUNT = 13_298_777L;
  private static final String MNQ = "CON.F.US.MNQ.U26";
  private static final Map<String, Object> CLOSE = Map.of("accountId", ACCOUNT, "contractId", MNQ);
  private static final Map<String, Object> MINE = Map.of("accountId", ACCOUNT);

  private final SimVenue venue = SimVenue.builder(InstantSource.system()).instant().start();
  private final RestClient rest = RestClient.loggedIn(venue);

  @AfterEach
  void stop() {
    venue.close();
  }

  private void buy() {
    venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
  }

  @Test
  void latencyIsPerRequestAndRequestsOverlap() {
    rest.post("Position/searchOpen", MINE);
    venue.knob("latency_ms", 300);
    long start = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(rest.sendLater("Position/searchOpen", MINE));
    }
    all.forEach(f -> assertThat(f.join().statusCode()).isEqualTo(200));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // One after the other they would take three seconds.
    assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofMillis(2_000));
  }

  @Test
  void anAccountMayBeOfAKindOfWhichNoChangesAreTaken() {
    buy();
    Long stop =
        venue
            .order(OrderRequest.stop(ACCOUNT, MNQ, OrderSide.SELL, 1, new BigDecimal("29000")))
            .orderId();
    Map<String, Object> cancel =
        Map.of("accountId", ACCOUNT, "orderId", Objects.requireNonNull(stop));
    Map<String, Object> part = Map.of("accountId", ACCOUNT, "contractId", MNQ, "size", 1);
    venue.knob("account_kind", Map.of("accountId", ACCOUNT, "value", "follower"));
    assertThat(rest.post("Order/cancel", cancel).get("errorCode").intValue()).isEqualTo(6);
    assertThat(rest.post("Order/cancel", cancel).get("errorMessage").stringValue())
        .isEqualTo("Follower accounts cannot cancel orders");
    assertThat(rest.post("Position/closeContract", CLOSE).get("errorCode").intValue()).isEqualTo(8);
    venue.knob("account_kind", "live");
    assertThat(rest.post("Position/partialCloseContract", part).get("errorCode").intValue())
        .isEqualTo(9);
    assertThat(venue.positions(ACCOUNT)).hasSize(1);
    venue.knob("account_kind", null);
    assertThat(rest.post("Position/closeContract", CLOSE).get("errorCode").intValue()).isZero();
  }

  @Test
  void aHangingOperationIsNeverAnsweredUntilReleasedAndHoldsUpNoOther() {
    buy();
    venue.knob("hang", "Position/closeContract");
    List<CompletableFuture<HttpResponse<String>>> hung = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      hung.add(rest.sendLater("Position/closeContract", CLOSE));
    }
    HubClient.soon().until(() -> venue.hanging() == 20);
    assertThat(rest.post("Position/searchOpen", MINE).get("positions").size()).isEqualTo(1);
    assertThat(hung).noneMatch(CompletableFuture::isDone);
    assertThat(venue.requests("Position/closeContract"))
        .hasSize(20)
        .allMatch(r -> r.status() == null);
    venue.knob("hang", "");
    hung.forEach(f -> assertThat(f.join().statusCode()).isEqualTo(200));
    assertThat(venue.positions(ACCOUNT)).isEmpty();
    assertThat(venue.hanging()).isZero();
  }

  @Test
  void closingTheVenueEndsWhatHangs() {
    SimVenue other = SimVenue.builder(InstantSource.system()).knob("hang=Trade/search").start();
    CompletableFuture<HttpResponse<String>> hung =
        RestClient.loggedIn(other).sendLater("Trade/search", MINE);
    HubClient.soon().until(() -> other.hanging() == 1);
    other.close();
    HubClient.soon().until(hung::isDone);
  }

  @Test
  void aStatusIsAnsweredSoManyTimesAndNothingIsDone() {
    buy();
    venue.knob("status", Map.of("op", "Position/closeContract", "code", 500, "times", 2));
    assertThat(rest.status("Position/closeContract", CLOSE)).isEqualTo(500);
    assertThat(rest.status("Position/searchOpen", MINE)).isEqualTo(200);
    assertThat(rest.status("Position/closeContract", CLOSE)).isEqualTo(500);
    assertThat(venue.positions(ACCOUNT)).hasSize(1);
    assertThat(rest.status("Position/closeContract", CLOSE)).isEqualTo(200);
    assertThat(venue.positions(ACCOUNT)).isEmpty();
  }

  @Test
  void aStatusCanHitEverythingOrGiveAnErrorCode() {
    venue.knob("status", Map.of("op", "*", "code", 429, "times", 1));
    assertThat(rest.status("Trade/search", MINE)).isEqualTo(429);
    venue.knob(
        "status", List.of(Map.of("op", "Position/closeContract", "errorCode", 7, "message", "m")));
    JsonNode reply = rest.post("Position/closeContract", CLOSE);
    assertThat(reply.get("errorCode").intValue()).isEqualTo(7);
    assertThat(reply.get("success").booleanValue()).isFalse();
    assertThat(reply.get("errorMessage").stringValue()).isEqualTo("m");
    venue.knob("status", null);
    assertThat(rest.post("Position/closeContract", CLOSE).get("errorCode").intValue()).isEqualTo(2);
  }

  @Test
  void itCanDoItAndReportFailure() {
    buy();
    venue.knob(
        "execute_then_fail", Map.of("op", "Position/closeContract", "code", 502, "times", 1));
    assertThat(rest.status("Position/closeContract", CLOSE)).isEqualTo(502);
    assertThat(venue.positions(ACCOUNT)).isEmpty();
    assertThat(rest.status("Position/closeContract", CLOSE)).isEqualTo(200);
  }

  @Test
  void itCanDoItAndNeverAnswer() {
    buy();
    venue.knob("execute_then_fail", Map.of("op", "Position/closeContract", "hang", true));
    CompletableFuture<HttpResponse<String>> hung = rest.sendLater("Position/closeContract", CLOSE);
    HubClient.soon().until(() -> venue.positions(ACCOUNT).isEmpty());
    HubClient.soon().until(() -> venue.hanging() == 1);
    assertThat(hung.isDone()).isFalse();
  }

  @Test
  void itCanDoItAndSayPendingOrSaySuccessAndDoNothing() {
    buy();
    venue.knob("ack_without_effect", Map.of("op", "Position/closeContract", "times", 1));
    assertThat(rest.post("Position/closeContract", CLOSE).get("success").booleanValue()).isTrue();
    assertThat(venue.positions(ACCOUNT)).hasSize(1);
    venue.knob("pending", "Position/closeContract");
    assertThat(rest.post("Position/closeContract", CLOSE).get("errorCode").intValue()).isEqualTo(6);
    assertThat(venue.positions(ACCOUNT)).isEmpty();
  }

  @Test
  void maintenanceAnswers503() {
    venue.knob("maintenance", true);
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(503);
    venue.knob("maintenance", false);
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(200);
  }

  @Test
  void theLimitIsTwoHundredInAMinuteByToken() {
    ManualClock clock = new ManualClock("2026-08-19T15:00:10Z");
    try (SimVenue limited = SimVenue.builder(clock).start()) {
      RestClient one = RestClient.loggedIn(limited);
      RestClient two = RestClient.loggedIn(limited);
      for (int i = 1; i <= 199; i++) {
        assertThat(one.status("Trade/search", MINE)).isEqualTo(200);
      }
      clock.advance(Duration.ofSeconds(20));
      assertThat(one.status("Trade/search", MINE)).isEqualTo(200);
      HttpResponse<String> refused = one.send("Trade/search", "{\"accountId\":13298777}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).isEmpty();
      assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
      assertThat(two.status("Trade/search", MINE)).isEqualTo(200);
      clock.advance(Duration.ofSeconds(40).minusNanos(1));
      assertThat(one.status("Trade/search", MINE)).isEqualTo(429);
      clock.advance(Duration.ofNanos(1));
      assertThat(one.status("Trade/search", MINE)).isEqualTo(200);
    }
  }

  @Test
  void theLimitCanBeFixedByUserWithRetryAfterOrOff() {
    ManualClock clock = new ManualClock("2026-08-19T15:00:59Z");
    try (SimVenue limited =
        SimVenue.builder(clock)
            .knob("rate_limit={\"requests\":3,\"seconds\":60}")
            .knob("rate_window=fixed")
            .knob("rate_scope=user")
            .knob("retry_after=7")
            .start()) {
      RestClient one = RestClient.loggedIn(limited);
      RestClient two = RestClient.loggedIn(limited);
      assertThat(one.status("Trade/search", MINE)).isEqualTo(200);
      assertThat(two.status("Trade/search", MINE)).isEqualTo(200);
      assertThat(one.status("Trade/search", MINE)).isEqualTo(200);
      HttpResponse<String> refused = two.send("Trade/search", "{\"accountId\":13298777}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("7");
      clock.advance(Duration.ofSeconds(1));
      assertThat(two.status("Trade/search", MINE)).isEqualTo(200);
      limited.knob("rate_limit", 0);
      for (int i = 0; i < 5; i++) {
        assertThat(two.status("Trade/search", MINE)).isEqualTo(200);
      }
    }
  }

  @Test
  void barsHaveTheirOwnLimit() {
    venue.knob("rate_limit", Map.of("barRequests", 1));
    assertThat(rest.status("History/retrieveBars", Map.of())).isEqualTo(400);
    assertThat(rest.status("History/retrieveBars", Map.of())).isEqualTo(429);
    assertThat(rest.status("Trade/search", MINE)).isEqualTo(200);
  }

  @Test
  void loginsCanFailWithACodeAndTokensBeShortLived() {
    venue.knob("login_error", 7);
    JsonNode reply =
        RestClient.anonymous(venue)
            .post("Auth/loginKey", Map.of("userName", "demo", "apiKey", "demo"));
    assertThat(reply.get("errorCode").intValue()).isEqualTo(7);
    assertThat(reply.get("errorMessage").stringValue()).contains("required agreements");
    venue.knob("login_error", null);
    venue.knob("token_life", 0);
    assertThat(RestClient.loggedIn(venue).status("Account/search", Map.of())).isEqualTo(401);
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(200);
    venue.revokeTokens();
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(401);
  }

  @Test
  void aLogoutCanEndAllTokensOfTheUserOrNone() {
    RestClient second = RestClient.loggedIn(venue);
    venue.knob("logout_scope", "none");
    second.post("Auth/logout", Map.of());
    assertThat(second.status("Account/search", Map.of())).isEqualTo(200);
    venue.knob("logout_scope", "user");
    second.post("Auth/logout", Map.of());
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(401);
  }

  @Test
  void theVenuesClockCanBeSkewed() {
    ManualClock clock = new ManualClock("2026-08-19T15:00:00Z");
    try (SimVenue skewed = SimVenue.builder(clock).knob("clock_skew=-90s").start()) {
      JsonNode state = Json.parse(RestClient.anonymous(skewed).get("/sim/state").body());
      assertThat(state.get("now").stringValue()).isEqualTo("2026-08-19T14:58:30+00:00");
      assertThat(RestClient.anonymous(skewed).get("/api/Status/ping").headers().firstValue("Date"))
          .contains("Wed, 19 Aug 2026 14:58:30 GMT");
      skewed.knob("clock_skew", 1.5);
      assertThat(skewed.halfTurn(ACCOUNT, "MNQ", java.math.BigDecimal.ONE).created())
          .isEqualTo("2026-08-19T15:00:01.500Z");
    }
  }

  @Test
  void credentialsNeverReachTheRequestLog() {
    RestClient.anonymous(venue)
        .post("Auth/loginKey", Map.of("userName", "someone", "apiKey", "verysecret"));
    String state = RestClient.anonymous(venue).get("/sim/state").body();
    assertThat(state).contains("Auth/loginKey").doesNotContain("verysecret", rest.token());
  }
}
