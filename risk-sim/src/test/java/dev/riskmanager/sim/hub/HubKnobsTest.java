package dev.riskmanager.sim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.RestClient;
import java.math.BigDecimal;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The knobs of hubs: how connections end, stall and multiply, and how events are shaped. */
class HubKnobsTest {
  private static final long ACCOUNT = 13_298_777L;
  private final SimVenue venue = SimVenue.builder(InstantSource.system()).instant().start();
  private final String token = RestClient.loggedIn(venue).token();
  private final HubClient hub = HubClient.connect(venue.userHubUrl(), token);

  @AfterEach
  void stop() {
    hub.close();
    venue.close();
  }

  private void subscribe() {
    for (String what : List.of("Orders", "Trades", "Positions")) {
      hub.invoke(what, "Subscribe" + what, "" + ACCOUNT);
    }
    hub.forget();
  }

  private void buy() {
    venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
  }

  /** The arguments of the next trade event. */
  private JsonNode nextTrade() {
    int before = hub.events("GatewayUserTrade").size();
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-170.50"));
    return hub.await("GatewayUserTrade", before + 1).getLast();
  }

  private int connections(String name) {
    return venue.state().get("hubs").get(name).get("connections").intValue();
  }

  @Test
  void droppingCutsTheConnectionsOfOneHubWithoutACloseRecord() throws InterruptedException {
    try (HubClient market = HubClient.connect(venue.marketHubUrl(), token)) {
      venue.knob("drop_hubs", "user");
      assertThat(hub.ended()).isTrue();
      assertThat(hub.records).hasSize(1);
      market.invoke("1", "SubscribeContractQuotes", "\"CON.F.US.MNQ.U26\"");
      venue.knob("drop_hubs", true);
      assertThat(market.ended()).isTrue();
    }
    HubClient.connect(venue.userHubUrl(), token).close();
  }

  @Test
  void newConnectionsCanBeDroppedAfterAWhileOrRefused() throws InterruptedException {
    venue.knob("drop_hubs_after_ms", 50);
    try (HubClient other = HubClient.connect(venue.userHubUrl(), token)) {
      assertThat(other.ended()).isTrue();
    }
    venue.knob("drop_hubs_after_ms", 0);
    venue.knob("refuse_hubs", "market");
    assertThatThrownBy(() -> HubClient.open(venue.marketHubUrl(), token))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    HubClient.open(venue.userHubUrl(), token).close();
  }

  @Test
  void theLogoutHasTheNameAndTheArgumentsAskedFor() throws InterruptedException {
    venue.knob("logout_event", "gatewaylogout");
    venue.knob("logout_arguments", List.of("Kicked.", 4));
    venue.knob("logout_hubs", "user");
    assertThat(hub.ended()).isTrue();
    assertThat(hub.events("GatewayLogout")).isEmpty();
    assertThat(hub.events("gatewaylogout")).singleElement().hasToString("[\"Kicked.\",4]");
    assertThatThrownBy(() -> venue.knob("logout_arguments", "Kicked."))
        .hasMessageContaining("a list");
  }

  @Test
  void aConnectionThatIsThrottledIsToldHowLong() {
    venue.knob("status", Map.of("op", "hubs/user", "code", 429, "times", 1));
    venue.knob("retry_after", 7);
    assertThatThrownBy(() -> HubClient.open(venue.userHubUrl(), token))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> {
              assertThat(e.getResponse().statusCode()).isEqualTo(429);
              assertThat(e.getResponse().headers().firstValue("Retry-After")).contains("7");
            });
    HubClient.open(venue.userHubUrl(), token).close();
  }

  @Test
  void aSilentHubStaysConnectedAndSaysNothing() {
    subscribe();
    venue.knob("ping_ms", 20);
    venue.knob("silent_hubs", true);
    hub.forget();
    buy();
    hub.send(
        "{\"type\":1,\"invocationId\":\"x\",\"target\":\"SubscribeOrders\",\"arguments\":[1]}");
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> hub.records.isEmpty());
    assertThat(connections("user")).isEqualTo(1);
    venue.knob("silent_hubs", false);
    nextTrade();
    assertThat(hub.events("GatewayUserTrade")).hasSize(1);
  }

  @Test
  void everyUserEventCanComeTwice() {
    subscribe();
    venue.knob("duplicate_events", true);
    buy();
    hub.await("GatewayUserPosition", 2);
    assertThat(hub.names())
        .containsExactly(
            "GatewayUserOrder",
            "GatewayUserOrder",
            "GatewayUserOrder",
            "GatewayUserOrder",
            "GatewayUserTrade",
            "GatewayUserTrade",
            "GatewayUserPosition",
            "GatewayUserPosition");
  }

  @Test
  void thePositionCanComeBeforeItsTrade() {
    subscribe();
    venue.knob("reorder_events", true);
    buy();
    hub.await("GatewayUserTrade", 1);
    assertThat(hub.names())
        .containsExactly(
            "GatewayUserOrder", "GatewayUserOrder", "GatewayUserPosition", "GatewayUserTrade");
  }

  @Test
  void someEventsCanBeLostOrLate() {
    subscribe();
    venue.knob("drop_events", List.of("GatewayUserOrder", "GatewayUserPosition"));
    buy();
    hub.await("GatewayUserTrade", 1);
    assertThat(hub.names()).containsExactly("GatewayUserTrade");
    venue.knob("drop_events", null);
    venue.knob("delay_events_ms", 200);
    long start = System.nanoTime();
    nextTrade();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
  }

  @Test
  void payloadsComeWrappedFlatInAnArrayOrSpread() {
    subscribe();
    assertThat(nextTrade().get(0).propertyNames()).containsExactly("action", "data");
    venue.knob("payload", "flat");
    JsonNode flat = nextTrade();
    assertThat(flat.size()).isEqualTo(1);
    assertThat(flat.get(0).get("profitAndLoss").decimalValue()).isEqualByComparingTo("-170.5");
    venue.knob("payload", "array");
    JsonNode array = nextTrade();
    assertThat(array.get(0).get(0).get("data").get("accountId").longValue()).isEqualTo(ACCOUNT);
    venue.knob("payload", "spread");
    JsonNode spread = nextTrade();
    assertThat(spread.size()).isEqualTo(2);
    assertThat(spread.get(0).has("data")).isTrue();
    assertThat(spread.get(1).isNull()).isTrue();
  }

  @Test
  void orderIdsCanBeTexts() {
    subscribe();
    venue.knob("string_ids", true);
    buy();
    JsonNode trade = hub.await("GatewayUserTrade", 1).getFirst().get(0).get("data");
    JsonNode order = hub.events("GatewayUserOrder").getFirst().get(0).get("data");
    assertThat(order.get("id").isString()).isTrue();
    assertThat(trade.get("orderId")).isEqualTo(order.get("id"));
    assertThat(trade.get("id").isNumber()).isTrue();
  }

  @Test
  void completionsCanCarryNullNothingOrAnError() {
    venue.knob("completion", "null");
    hub.invoke("1", "SubscribeOrders", "1");
    venue.knob("completion", "absent");
    hub.invoke("2", "SubscribeOrders", "1");
    venue.knob("completion", "error");
    hub.invoke("3", "SubscribeOrders", "1");
    assertThat(hub.records.subList(1, 4))
        .extracting(Json::write)
        .containsExactly(
            "{\"type\":3,\"invocationId\":\"1\",\"result\":null}",
            "{\"type\":3,\"invocationId\":\"2\"}",
            "{\"type\":3,\"invocationId\":\"3\",\"error\":"
                + "\"Failed to invoke 'SubscribeOrders' due to an error on the server.\"}");
  }

  @Test
  void recordsCanShareAMessageOrAMessageComeInFrames() {
    subscribe();
    venue.knob("frames", "coalesce");
    buy();
    hub.await("GatewayUserPosition", 1);
    assertThat(hub.messages).hasSize(1);
    assertThat(hub.records).hasSize(4);
    hub.forget();
    venue.knob("frames", "split");
    buy();
    hub.await("GatewayUserPosition", 1);
    assertThat(hub.messages).hasSize(4);
    assertThat(hub.frames()).isEqualTo(8);
  }

  @Test
  void aLogoutIsAnnouncedAndClosed() throws InterruptedException {
    venue.knob("logout_hubs", "user");
    assertThat(hub.ended()).isTrue();
    assertThat(hub.names()).containsExactly("GatewayLogout");
    assertThat(hub.records.getLast().get("type").intValue()).isEqualTo(7);
  }

  @Test
  void aCloseCanCarryAnErrorAndAllowReconnecting() throws InterruptedException {
    venue.knob(
        "close_hubs", Map.of("error", "Connection closed with an error.", "allowReconnect", true));
    assertThat(hub.ended()).isTrue();
    assertThat(Json.write(hub.records.getLast()))
        .isEqualTo(
            "{\"type\":7,\"error\":\"Connection closed with an error.\",\"allowReconnect\":true}");
  }

  @Test
  void aSecondConnectionCanKickTheFirstOrBeRefused() throws InterruptedException {
    venue.knob("concurrent_sessions", "refuse");
    assertThatThrownBy(() -> HubClient.open(venue.userHubUrl(), token))
        .cause()
        .isInstanceOf(WebSocketHandshakeException.class);
    HubClient.open(venue.marketHubUrl(), token).close();
    venue.knob("concurrent_sessions", "kick");
    try (HubClient second = HubClient.connect(venue.userHubUrl(), token)) {
      assertThat(hub.ended()).isTrue();
      assertThat(hub.names()).containsExactly("GatewayLogout");
      second.invoke("1", "SubscribeOrders", "" + ACCOUNT);
    }
  }

  @Test
  void maintenanceLogsOutAndRefusesConnections() throws InterruptedException {
    venue.knob("maintenance", true);
    assertThat(hub.ended()).isTrue();
    assertThat(hub.names()).containsExactly("GatewayLogout");
    assertThatThrownBy(() -> HubClient.open(venue.userHubUrl(), token))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
  }
}
