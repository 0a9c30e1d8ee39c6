package dev.riskmanager.sim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.ManualClock;
import dev.riskmanager.sim.testing.RestClient;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Quotes, trades and depth as they come over the market hub. */
class MarketHubTest {
  private static final String MNQ = "CON.F.US.MNQ.U26";
  private static final String ARGUMENT = "\"" + MNQ + "\"";
  private final ManualClock clock = new ManualClock("2026-08-19T15:00:01.434753400Z");
  private final SimVenue venue = SimVenue.builder(clock).knob("tick_ms", 5).start();
  private final HubClient hub =
      HubClient.connect(venue.marketHubUrl(), RestClient.loggedIn(venue).token());

  @AfterEach
  void stop() {
    hub.close();
    venue.close();
  }

  private void price(String price) {
    venue.price("MNQ", new BigDecimal(price));
  }

  @Test
  void theFirstQuoteIsFullAndLaterOnesHoldOnlyWhatChanged() {
    price("29547");
    hub.invoke("1", "SubscribeContractQuotes", ARGUMENT);
    price("29547.50");
    price("29547.50");
    List<JsonNode> quotes = hub.await("GatewayQuote", 3);
    assertThat(quotes.getFirst().get(0).stringValue()).isEqualTo(MNQ);
    assertThat(quotes.getFirst().get(1).propertyNames())
        .containsExactly(
            "symbol",
            "symbolName",
            "lastPrice",
            "bestBid",
            "bestAsk",
            "change",
            "changePercent",
            "open",
            "high",
            "low",
            "volume",
            "lastUpdated",
            "timestamp",
            "contract");
    assertThat(Json.write(quotes.get(1).get(1)))
        .isEqualTo(
            "{\"symbol\":\"F.US.MNQ\",\"lastPrice\":29547.5,\"bestBid\":29547.5,"
                + "\"bestAsk\":29547.75,\"change\":0.5,\"changePercent\":0.0017,"
                + "\"high\":29547.5,\"volume\":2,"
                + "\"lastUpdated\":\"2026-08-19T15:00:01.4347534+00:00\","
                + "\"timestamp\":\"2026-08-19T15:00:01.434+00:00\","
                + "\"contract\":\"CON.F.US.MNQ.U26\"}");
    assertThat(quotes.get(2).get(1).has("lastPrice")).isFalse();
    assertThat(quotes.get(2).get(1).has("bestBid")).isFalse();
  }

  @Test
  void tradesComeAsAnArrayWithTheAggressor() {
    hub.invoke("1", "SubscribeContractTrades", ARGUMENT);
    price("29550");
    price("29549.75");
    List<JsonNode> trades = hub.await("GatewayTrade", 2);
    assertThat(trades.getFirst().get(1).isArray()).isTrue();
    assertThat(trades.getFirst().get(1).get(0).get("price").decimalValue())
        .isEqualByComparingTo("29550");
    assertThat(trades)
        .extracting(t -> t.get(1).get(0).get("type").intValue())
        .containsExactly(0, 1);
    assertThat(hub.events("GatewayQuote")).isEmpty();
  }

  @Test
  void depthComesAsASnapshotAtOnce() {
    price("29550");
    hub.invoke("1", "SubscribeContractMarketDepth", ARGUMENT);
    JsonNode levels = hub.await("GatewayDepth", 1).getFirst().get(1);
    assertThat(levels.size()).isEqualTo(20);
    assertThat(levels.get(0).get("type").intValue()).isEqualTo(2);
    assertThat(levels.get(0).get("price").decimalValue()).isEqualByComparingTo("29550");
    assertThat(levels.get(1).get("price").decimalValue()).isEqualByComparingTo("29550.25");
  }

  @Test
  void unsubscribedContractsAreSilentAndUnknownOnesAccepted() {
    hub.invoke("1", "SubscribeContractQuotes", ARGUMENT);
    hub.invoke("2", "UnsubscribeContractQuotes", ARGUMENT);
    hub.invoke("3", "SubscribeContractQuotes", "\"CON.F.US.NONE.U26\"");
    hub.forget();
    price("29550");
    hub.invoke("4", "SubscribeContractQuotes", "\"CON.F.US.EP.U26\"");
    assertThat(hub.names()).containsExactly("GatewayQuote");
    JsonNode error = hub.invoke("5", "SubscribeContractQuotes", "5");
    assertThat(error.get("error").stringValue()).startsWith("Failed to invoke");
  }

  @Test
  void quotesCanMissTheLastPriceAndEventsHoldNullsAndSentinels() {
    hub.invoke("1", "SubscribeContractTrades", ARGUMENT);
    hub.invoke("2", "SubscribeContractQuotes", ARGUMENT);
    hub.forget();
    venue.knob("quote_without_last", true);
    venue.knob("null_entries", true);
    venue.knob("sentinel_times", true);
    price("29000");
    JsonNode quote = hub.await("GatewayQuote", 1).getFirst().get(1);
    assertThat(quote.has("lastPrice")).isFalse();
    assertThat(quote.get("lastUpdated").stringValue()).isEqualTo("0001-01-01T00:00:00+00:00");
    JsonNode trades = hub.await("GatewayTrade", 1).getFirst().get(1);
    assertThat(trades.size()).isEqualTo(2);
    assertThat(trades.get(1).isNull()).isTrue();
  }

  @Test
  void aPathMovesWhatIsWatchedAndNothingElse() {
    hub.invoke("1", "SubscribeContractTrades", ARGUMENT);
    venue.knob("price_path", "walk");
    List<JsonNode> events = hub.await("GatewayTrade", 20);
    venue.knob("price_path", "manual");
    Set<BigDecimal> prices = new HashSet<>();
    for (JsonNode event : events) {
      assertThat(event.get(0).stringValue()).isEqualTo(MNQ);
      BigDecimal price = event.get(1).get(0).get("price").decimalValue();
      assertThat(price.remainder(new BigDecimal("0.25")).signum()).isZero();
      prices.add(price);
    }
    assertThat(prices.size()).isGreaterThan(5);
    assertThat(venue.quote("ES").volume()).isZero();
  }
}
