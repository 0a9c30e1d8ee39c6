package dev.riskmanager.sim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.HubConnectionState;
import com.microsoft.signalr.TransportEnum;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.RestClient;
import io.reactivex.rxjava3.core.Single;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft's own Java client, as it is, against the venue. */
class JavaClientTest {
  private static final long ACCOUNT = 13_298_777L;
  private static final String MNQ = "CON.F.US.MNQ.U26";
  private final SimVenue venue = SimVenue.builder(InstantSource.system()).instant().start();
  private final String token = RestClient.loggedIn(venue).token();
  private final List<String> names = Collections.synchronizedList(new ArrayList<>());
  private final List<JsonElement> payloads = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    venue.close();
  }

  private HubConnection connection(String url, boolean skipNegotiate) {
    HubConnection hub =
        HubConnectionBuilder.create(url)
            .withAccessTokenProvider(Single.just(token))
            .withTransport(TransportEnum.WEBSOCKETS)
            .shouldSkipNegotiate(skipNegotiate)
            .build();
    for (String event :
        List.of(
            "GatewayUserAccount", "GatewayUserOrder", "GatewayUserPosition", "GatewayUserTrade")) {
      hub.on(event, payload -> heard(event, payload), JsonElement.class);
    }
    for (String event : List.of("GatewayQuote", "GatewayTrade")) {
      hub.on(
          event,
          (contract, payload) -> heard(event + " " + contract, payload),
          String.class,
          JsonElement.class);
    }
    return hub;
  }

  private void heard(String name, JsonElement payload) {
    payloads.add(payload);
    names.add(name);
  }

  private static void start(HubConnection hub) {
    assertThat(hub.start().blockingAwait(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void subscribe(HubConnection hub, String method, Object... arguments) {
    assertThat(hub.invoke(Integer.class, method, arguments).blockingGet()).isZero();
  }

  private JsonObject data(String name) {
    return payloads.get(names.indexOf(name)).getAsJsonObject().getAsJsonObject("data");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hearsEverythingOfTheUserHub(boolean skipNegotiate) {
    HubConnection hub = connection(venue.userHubUrl(), skipNegotiate);
    start(hub);
    subscribe(hub, "SubscribeOrders", ACCOUNT);
    subscribe(hub, "SubscribePositions", ACCOUNT);
    subscribe(hub, "SubscribeTrades", ACCOUNT);
    subscribe(hub, "SubscribeAccounts");
    // The client hands events to another thread than completions.
    HubClient.soon().until(() -> names.size() == 1);
    names.clear();
    payloads.clear();
    venue.roundTrip(
        ACCOUNT, "MNQ", OrderSide.BUY, 2, new BigDecimal("29500.25"), new BigDecimal("29490"));
    HubClient.soon().until(() -> names.size() == 10);
    assertThat(names.subList(0, 5))
        .containsExactly(
            "GatewayUserOrder",
            "GatewayUserOrder",
            "GatewayUserTrade",
            "GatewayUserPosition",
            "GatewayUserAccount");
    assertThat(data("GatewayUserPosition").get("averagePrice").getAsBigDecimal())
        .isEqualByComparingTo("29500.25");
    JsonObject closing = payloads.get(7).getAsJsonObject().getAsJsonObject("data");
    assertThat(closing.get("profitAndLoss").getAsBigDecimal()).isEqualByComparingTo("-41");
    hub.stop().blockingAwait();
  }

  @Test
  void hearsTheMarketHub() {
    HubConnection hub = connection(venue.marketHubUrl(), true);
    start(hub);
    subscribe(hub, "SubscribeContractQuotes", MNQ);
    subscribe(hub, "SubscribeContractTrades", MNQ);
    HubClient.soon().until(() -> names.size() == 1);
    venue.price("MNQ", new BigDecimal("29501.75"));
    HubClient.soon().until(() -> names.size() == 3);
    assertThat(names)
        .containsExactly("GatewayQuote " + MNQ, "GatewayQuote " + MNQ, "GatewayTrade " + MNQ);
    assertThat(payloads.get(1).getAsJsonObject().get("lastPrice").getAsBigDecimal())
        .isEqualByComparingTo("29501.75");
    assertThat(payloads.get(2).getAsJsonArray().get(0).getAsJsonObject().get("volume").getAsInt())
        .isEqualTo(1);
    hub.stop().blockingAwait();
  }

  @Test
  void survivesEveryKindOfCompletionAndCoalescedRecords() {
    HubConnection hub = connection(venue.userHubUrl(), true);
    start(hub);
    venue.knob("frames", "coalesce");
    for (String completion : List.of("null", "absent", "zero")) {
      venue.knob("completion", completion);
      assertThat(hub.invoke("SubscribeTrades", ACCOUNT).blockingAwait(5, TimeUnit.SECONDS))
          .as(completion)
          .isTrue();
    }
    assertThatThrownBy(() -> hub.invoke("SubscribeNonsense").blockingAwait())
        .hasMessageContaining("Method does not exist");
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-170.50"));
    HubClient.soon().until(() -> names.size() == 3);
    assertThat(names).containsOnly("GatewayUserTrade");
    hub.stop().blockingAwait();
  }

  @Test
  void seesDropsAndClosesAndIsRefusedWithABadToken() {
    HubConnection hub = connection(venue.userHubUrl(), true);
    start(hub);
    venue.knob("drop_hubs", "user");
    HubClient.soon().until(() -> hub.getConnectionState() == HubConnectionState.DISCONNECTED);
    start(hub);
    List<String> reasons = Collections.synchronizedList(new ArrayList<>());
    hub.onClosed(error -> reasons.add(error == null ? "" : String.valueOf(error.getMessage())));
    venue.knob("close_hubs", Map.of("error", "Connection closed with an error."));
    HubClient.soon().until(() -> !reasons.isEmpty());
    assertThat(reasons.getFirst()).contains("Connection closed with an error.");

    HubConnection stranger =
        HubConnectionBuilder.create(venue.userHubUrl())
            .withAccessTokenProvider(Single.just("a.b.c"))
            .withTransport(TransportEnum.WEBSOCKETS)
            .shouldSkipNegotiate(true)
            .build();
    assertThatThrownBy(() -> stranger.start().blockingAwait()).isInstanceOf(Exception.class);
  }
}
