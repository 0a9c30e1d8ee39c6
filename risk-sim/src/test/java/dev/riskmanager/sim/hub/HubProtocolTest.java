package dev.riskmanager.sim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.RestClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The SignalR protocol byte by byte: connecting, shaking hands, invoking, closing. */
class HubProtocolTest {
  private static final long ACCOUNT = 13_298_777L;
  private static final String HELLO = "{\"protocol\":\"json\",\"version\":1}";
  private static final char END = 0x1E;

  private static final SimVenue VENUE =
      SimVenue.builder(InstantSource.system()).instant().knob("rate_limit=0").start();
  private static final String TOKEN = RestClient.loggedIn(VENUE).token();

  private final SimVenue venue = VENUE;
  private final String token = TOKEN;
  private final HubClient hub = HubClient.connect(venue.userHubUrl(), token);

  @AfterEach
  void disconnect() {
    hub.close();
    for (String knob : new String[] {"ping_ms", "client_timeout_ms", "require_handshake_version"}) {
      venue.knob(knob, null);
    }
  }

  @AfterAll
  static void stop() {
    VENUE.close();
  }

  private RestClient rest() {
    RestClient rest = RestClient.anonymous(venue);
    rest.token(token);
    return rest;
  }

  @Test
  void theServersHelloIsAnEmptyObject() {
    assertThat(hub.messages.getFirst()).isEqualTo("{}" + END);
  }

  @Test
  void theTokenMayBeInTheHeaderTheQueryBothOrTwice() {
    String url = venue.userHubUrl();
    String query = "?access_token=" + token;
    HubClient.open(url, token).close();
    HubClient.open(url + query, "").close();
    HubClient.open(url + query, token).close();
    HubClient.open(url + query + "&access_token=" + token, "").close();
    HubClient.open(venue.marketHubUrl() + query, "").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?access_token=", "?access_token=a.b.c"})
  void withoutAGoodTokenTheUpgradeIs401(String query) {
    assertThatThrownBy(() -> HubClient.open(venue.userHubUrl() + query, ""))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    assertThat(
            RestClient.anonymous(venue)
                .post("/hubs/user/negotiate?negotiateVersion=1", "")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void negotiationGivesAConnectionTokenGoodForOneConnection() {
    JsonNode reply = Json.parse(rest().post("/hubs/user/negotiate?negotiateVersion=1", "").body());
    assertThat(reply.get("negotiateVersion").intValue()).isEqualTo(1);
    assertThat(reply.get("availableTransports").get(0).get("transport").stringValue())
        .isEqualTo("WebSockets");
    String id = reply.get("connectionToken").stringValue();
    assertThat(reply.get("connectionId").stringValue()).isNotEqualTo(id);
    String url = venue.userHubUrl() + "?id=" + id + "&access_token=" + token;
    HubClient.open(url, "").close();
    assertThatThrownBy(() -> HubClient.open(url, ""))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(404));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"protocol":"messagepack","version":1} | The protocol 'messagepack' is not supported.
          {"protocol":"json","version":2}        | The server does not support version 2 of the 'json' protocol.
          """)
  void aWrongHelloIsAnsweredWithTheErrorAndClosed(String hello, String error)
      throws InterruptedException {
    try (HubClient other = HubClient.open(venue.userHubUrl(), token)) {
      other.send(hello);
      assertThat(other.ended()).isTrue();
      assertThat(other.records.getFirst().get("error").stringValue()).isEqualTo(error);
    }
  }

  @Test
  void versionZeroIsLetInUnlessForbidden() throws InterruptedException {
    try (HubClient other = HubClient.open(venue.userHubUrl(), token)) {
      other.send("{\"protocol\":\"json\",\"version\":0}");
      HubClient.soon().until(() -> !other.records.isEmpty());
      assertThat(other.records.getFirst().isEmpty()).isTrue();
    }
    venue.knob("require_handshake_version", 1);
    try (HubClient other = HubClient.open(venue.userHubUrl(), token)) {
      other.send("{\"protocol\":\"json\",\"version\":0}");
      assertThat(other.ended()).isTrue();
      assertThat(other.records).isEmpty();
    }
  }

  @Test
  void aCompletionCarriesResultZeroAndNoNulls() {
    hub.invoke("7", "SubscribeOrders", "" + ACCOUNT);
    assertThat(hub.messages.getLast())
        .isEqualTo("{\"type\":3,\"invocationId\":\"7\",\"result\":0}" + END);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          SubscribeContractDepth | 13298777   | HubException: Method does not exist.
          subscribeorders        | 13298777   | HubException: Method does not exist.
          Orders                 | 13298777   | HubException: Method does not exist.
          SubscribeContractQuotes| 13298777   | HubException: Method does not exist.
          SubscribeOrders        | "13298777" | -
          SubscribeOrders        | 1.5        | -
          SubscribeOrders        | 1,2        | -
          SubscribeAccounts      | 1          | -
          """)
  void mistakesAreErrorsInTheServersWords(String method, String arguments, @Nullable String more) {
    JsonNode completion = hub.invoke("1", method, arguments);
    String error = "Failed to invoke '" + method + "' due to an error on the server.";
    assertThat(completion.get("error").stringValue())
        .isEqualTo(more == null ? error : error + " " + more);
    assertThat(completion.has("result")).isFalse();
    hub.invoke("2", "SubscribeOrders", "" + ACCOUNT);
  }

  @Test
  void withoutAnInvocationIdThereIsNoCompletion() {
    hub.send("{\"type\":1,\"target\":\"SubscribeTrades\",\"arguments\":[13298777]}");
    hub.send("{\"type\":1,\"target\":\"NoSuchMethod\",\"arguments\":[]}");
    hub.invoke("9", "SubscribeOrders", "" + ACCOUNT);
    assertThat(hub.records).filteredOn(r -> r.path("type").asInt(0) == 3).hasSize(1);
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-1"));
    hub.await("GatewayUserTrade", 1);
  }

  @Test
  void severalRecordsInOneMessageAndOneRecordInSeveralMessagesAreUnderstood() {
    try (HubClient other = HubClient.open(venue.userHubUrl(), token)) {
      String subscribe =
          "{\"type\":1,\"invocationId\":\"%s\",\"target\":\"SubscribeOrders\","
              + "\"arguments\":[13298777]}";
      other.raw(
          HELLO
              + END
              + "{\"type\":6}"
              + END
              + String.format(subscribe, "a")
              + END
              + String.format(subscribe, "b").substring(0, 10));
      other.raw(String.format(subscribe, "b").substring(10) + END);
      HubClient.soon().until(() -> other.records.size() == 3);
      assertThat(other.records)
          .extracting(r -> r.path("invocationId").asString("hello"))
          .containsExactly("hello", "a", "b");
    }
  }

  @Test
  void recordsMayComeInBinaryMessages() {
    try (HubClient other = HubClient.open(venue.userHubUrl(), token)) {
      other.binary(HELLO);
      other.binary(
          "{\"type\":1,\"invocationId\":\"b\",\"target\":\"SubscribeAccounts\",\"arguments\":[]}");
      HubClient.soon().until(() -> other.records.size() == 3);
      assertThat(other.names()).containsExactly("GatewayUserAccount");
    }
  }

  @Test
  void subscribingTwiceDeliversTwiceUnlessToldOtherwise() {
    hub.invoke("1", "SubscribeTrades", "" + ACCOUNT);
    hub.invoke("2", "SubscribeTrades", "" + ACCOUNT);
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-1"));
    hub.await("GatewayUserTrade", 2);
    venue.knob("duplicate_subscriptions", false);
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-2"));
    hub.await("GatewayUserTrade", 3);
    hub.invoke("3", "UnsubscribeTrades", "" + ACCOUNT);
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-3"));
    hub.invoke("4", "SubscribeTrades", "" + ACCOUNT);
    assertThat(hub.events("GatewayUserTrade")).hasSize(3);
    venue.knob("duplicate_subscriptions", null);
  }

  @Test
  void aForeignAccountIsAcceptedAndSilent() {
    assertThat(hub.invoke("1", "SubscribeTrades", "99").get("result").intValue()).isZero();
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-1"));
    hub.invoke("2", "SubscribeOrders", "99");
    assertThat(hub.names()).isEmpty();
  }

  @Test
  void accountsAreToldAtOnceAndThenOnlyWhenTheyChange() {
    hub.invoke("1", "SubscribeAccounts", "");
    assertThat(hub.events("GatewayUserAccount")).hasSize(1);
    venue.knob("can_trade", false);
    JsonNode account = hub.await("GatewayUserAccount", 2).getLast().get(0);
    assertThat(account.get("action").intValue()).isEqualTo(1);
    assertThat(account.get("data").get("canTrade").booleanValue()).isFalse();
    venue.knob("can_trade", true);
    hub.await("GatewayUserAccount", 3);
  }

  @Test
  void eventsOmitNullsAndCarryTheRecordedMembers() {
    for (String what : new String[] {"Orders", "Trades", "Positions"}) {
      hub.invoke(what, "Subscribe" + what, "" + ACCOUNT);
    }
    venue.tradeAt(ACCOUNT, "CON.F.US.MNQ.Z25", OrderSide.SELL, 1, new BigDecimal("21000.25"));
    hub.await("GatewayUserPosition", 1);
    JsonNode order = hub.events("GatewayUserOrder").getFirst().get(0).get("data");
    assertThat(order.propertyNames())
        .containsExactly(
            "id",
            "accountId",
            "contractId",
            "symbolId",
            "creationTimestamp",
            "updateTimestamp",
            "status",
            "type",
            "side",
            "size",
            "fillVolume");
    JsonNode trade = hub.events("GatewayUserTrade").getFirst().get(0);
    assertThat(trade.get("action").intValue()).isZero();
    assertThat(trade.get("data").has("profitAndLoss")).isFalse();
    assertThat(trade.get("data").get("creationTimestamp").stringValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,6}[1-9])?\\+00:00");
    JsonNode position = hub.events("GatewayUserPosition").getFirst().get(0).get("data");
    assertThat(position.get("contractDisplayName").stringValue()).isEqualTo("MNQZ25");
    assertThat(position.get("type").intValue()).isEqualTo(2);
    venue.tradeAt(ACCOUNT, "CON.F.US.MNQ.Z25", OrderSide.BUY, 1, new BigDecimal("21000.25"));
  }

  @Test
  void nothingButPingsComesWhileNothingHappens() {
    venue.knob("ping_ms", 30);
    HubClient.soon().until(() -> hub.messages.contains("{\"type\":6}" + END));
    assertThat(hub.names()).isEmpty();
  }

  @Test
  void aSilentClientIsClosedAfterTheTimeout() throws InterruptedException {
    venue.knob("client_timeout_ms", 150);
    assertThat(hub.ended()).isTrue();
    JsonNode last = hub.records.getLast();
    assertThat(last.get("type").intValue()).isEqualTo(7);
    assertThat(last.get("error").stringValue()).contains("Client timeout");
  }

  @Test
  void aClientThatPingsIsNot() {
    venue.knob("client_timeout_ms", 400);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(50))
        .during(Duration.ofMillis(900))
        .until(
            () -> {
              hub.send("{\"type\":6}");
              return hub.records.size() == 1;
            });
  }

  @Test
  void garbageEndsTheConnectionAndNoOther() throws InterruptedException {
    try (HubClient other = HubClient.connect(venue.userHubUrl(), token)) {
      other.send("this is not json");
      assertThat(other.ended()).isTrue();
      assertThat(other.records.getLast().get("type").intValue()).isEqualTo(7);
    }
    hub.invoke("1", "SubscribeOrders", "" + ACCOUNT);
  }

  @Test
  void aClientsCloseRecordClosesAndTheVenueForgetsTheSubscriptions() throws InterruptedException {
    hub.invoke("1", "SubscribeOrders", "" + ACCOUNT);
    hub.send("{\"type\":7}");
    assertThat(hub.ended()).isTrue();
    HubClient.soon()
        .until(() -> venue.state().get("hubs").get("user").get("connections").intValue() == 0);
  }

  @Test
  void theUpgradeCanBeMadeToFail() {
    venue.knob("status", Map.of("op", "hubs/user", "code", 429, "times", 1));
    assertThatThrownBy(() -> HubClient.open(venue.userHubUrl(), token))
        .cause()
        .isInstanceOf(IOException.class)
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(429));
    HubClient.open(venue.userHubUrl(), token).close();
  }

  @Test
  void theUpgradeCanHangUntilReleased() {
    venue.knob("hang", "hubs/user");
    CompletableFuture<HubClient> opening =
        CompletableFuture.supplyAsync(() -> HubClient.open(venue.userHubUrl(), token));
    HubClient.soon().until(() -> venue.hanging() == 1);
    assertThat(opening.isDone()).isFalse();
    venue.knob("hang", null);
    opening.join().close();
  }

  @Test
  void aRecordWithoutEndIsCutOff() throws InterruptedException {
    String half = "x".repeat(600_000);
    hub.raw(half);
    hub.raw(half);
    assertThat(hub.ended()).isTrue();
  }
}
