package dev.riskmanager.sim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderStatus;
import dev.riskmanager.sim.exchange.OrderType;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.testing.RestClient;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The endpoints under /sim, which need no login. */
class SimEndpointsTest {
  private static final long ACCOUNT = 13_298_777L;
  private final SimVenue venue = SimVenue.builder(InstantSource.system()).instant().start();
  private final RestClient rest = RestClient.anonymous(venue);

  @AfterEach
  void stop() {
    venue.close();
  }

  private JsonNode ok(String endpoint, String body) {
    HttpResponse<String> reply = rest.sim(endpoint, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return Json.parse(reply.body());
  }

  @Test
  void knobsAreSetTogetherOrNotAtAll() {
    assertThat(ok("knobs", "{\"latency_ms\":7,\"payload\":\"flat\"}").get("latency_ms").intValue())
        .isEqualTo(7);
    HttpResponse<String> refused = rest.sim("knobs", "{\"latency_ms\":8,\"latency\":9}");
    assertThat(refused.statusCode()).isEqualTo(400);
    String error = Json.parse(refused.body()).get("error").stringValue();
    assertThat(error).contains("no knob is named latency", "latency_ms", "execute_then_fail");
    JsonNode all = Json.parse(rest.get("/sim/knobs").body());
    assertThat(all.get("latency_ms").get("set").intValue()).isEqualTo(7);
    assertThat(all.size()).isEqualTo(Knobs.known().size());
    ok("knobs", "{\"latency_ms\":null}");
    assertThat(Json.parse(rest.get("/sim/state").body()).get("knobs").has("latency_ms")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          knobs | {"hang":"Position/close"}                 | Position/closeContract
          knobs | {"latency_ms":-1}                         | a whole number from 0
          knobs | []                                        | object
          knobs | {                                         | not JSON
          trade | {"symbol":"MNQ"}                          | side
          trade | {"side":"BUY"}                            | symbol
          trade | {"symbol":"XYZ","side":0}                 | no contract is called XYZ
          trade | {"symbol":"MNQ","side":0,"accountId":7}   | accounts: [13298777]
          trade | {"symbol":"MNQ","side":0,"exitPrice":7}   | needs price and exitPrice
          price | {"symbol":"MNQ"}                          | price
          price | {"symbol":"MNQ","price":0}                | above zero
          order | {"symbol":"MNQ","side":0,"type":"Fancy"}  | type
          """)
  void mistakesAre400WithOneClearLine(String endpoint, String body, String expected) {
    HttpResponse<String> reply = rest.sim(endpoint, body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(Json.parse(reply.body()).get("error").stringValue())
        .contains(expected)
        .doesNotContain("\n");
  }

  @Test
  void aTradeIsAMarketOrderOfTheTrader() {
    ok("price", "{\"contractId\":\"CON.F.US.MNQ.Z25\",\"price\":21000.25}");
    JsonNode reply =
        ok("trade", "{\"contractId\":\"CON.F.US.MNQ.Z25\",\"side\":\"SELL\",\"size\":2}");
    assertThat(reply.get("orderId").longValue()).isEqualTo(venue.orders(ACCOUNT).getFirst().id());
    assertThat(venue.positions(ACCOUNT).getFirst().type()).isEqualTo(2);
    assertThat(venue.positions(ACCOUNT).getFirst().averagePrice()).isEqualByComparingTo("21000.25");
  }

  @Test
  void aTradeAtAPriceAndARoundTrip() {
    ok("trade", "{\"symbol\":\"ES\",\"side\":0,\"size\":1,\"price\":7000}");
    assertThat(venue.positions(ACCOUNT).getFirst().averagePrice()).isEqualByComparingTo("7000");
    ok(
        "trade",
        "{\"symbol\":\"MNQ\",\"side\":0,\"size\":2,\"price\":29500,\"exitPrice\":29490.25}");
    assertThat(venue.trades(ACCOUNT).getFirst().profitAndLoss()).isEqualByComparingTo("-39");
    assertThat(venue.positions(ACCOUNT)).hasSize(1);
  }

  @Test
  void aHalfTurnCarriesThePnlGiven() {
    JsonNode trade =
        ok(
                "trade",
                "{\"contractId\":\"CON.F.US.MNQ.Z25\",\"profitAndLoss\":-170.5,\"fees\":0.74,"
                    + "\"size\":2,\"side\":1,\"price\":20862.5}")
            .get("trade");
    assertThat(trade.get("profitAndLoss").decimalValue()).isEqualByComparingTo("-170.5");
    assertThat(venue.account(ACCOUNT).balance()).isEqualByComparingTo("49828.76");
    ok("trade", "{\"symbol\":\"MNQ\",\"halfTurn\":true}");
    assertThat(venue.trades(ACCOUNT).getFirst().profitAndLoss()).isNull();
    assertThat(venue.positions(ACCOUNT)).isEmpty();
  }

  @Test
  void anyOrderByNameOrNumberAndItsCancel() {
    JsonNode stop =
        ok("order", "{\"symbol\":\"MNQ\",\"type\":\"STOP\",\"side\":\"BUY\",\"stopPrice\":29600}");
    assertThat(venue.orders(ACCOUNT).getFirst().type()).isEqualTo(OrderType.STOP);
    ok("order", "{\"symbol\":\"MNQ\",\"type\":1,\"side\":0,\"size\":2,\"limitPrice\":29000}");
    assertThat(venue.orders(ACCOUNT)).hasSize(2);
    ok("cancel", "{\"orderId\":" + stop.get("orderId") + "}");
    assertThat(venue.orders(ACCOUNT).getFirst().status()).isEqualTo(OrderStatus.CANCELLED);
    HttpResponse<String> refused =
        rest.sim("order", "{\"symbol\":\"MNQ\",\"type\":1,\"side\":0,\"limitPrice\":29000.1}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("not aligned to tick size");
  }

  @Test
  void theStateShowsBooksRequestsAndHubs() {
    RestClient client = RestClient.loggedIn(venue);
    ok("trade", "{\"symbol\":\"MNQ\",\"side\":0,\"size\":1}");
    client.post(
        "Position/closeContract",
        java.util.Map.of("accountId", ACCOUNT, "contractId", "CON.F.US.MNQ.U26"));
    JsonNode state = Json.parse(rest.get("/sim/state").body());
    JsonNode account = state.get("accounts").get(0);
    assertThat(account.get("orders").size()).isEqualTo(2);
    assertThat(account.get("trades").size()).isEqualTo(2);
    assertThat(account.get("positions").size()).isZero();
    JsonNode requests = state.get("requests");
    JsonNode count = requests.get("counts").get("Position/closeContract");
    assertThat(count.get("count").intValue()).isEqualTo(1);
    assertThat(count.get("first")).isEqualTo(count.get("last"));
    JsonNode entry = requests.get("log").get(1);
    assertThat(entry.get("operation").stringValue()).isEqualTo("Position/closeContract");
    assertThat(entry.get("status").intValue()).isEqualTo(200);
    assertThat(entry.get("body").get("contractId").stringValue()).isEqualTo("CON.F.US.MNQ.U26");
    assertThat(state.get("hubs").get("user").get("connections").intValue()).isZero();
    ok("reset-log", "");
    assertThat(venue.requests()).isEmpty();
  }

  @Test
  void everyKnobSaysWhatItDoes() {
    for (Knob<?> knob : Knobs.known()) {
      assertThat(knob.help()).as(knob.name()).isNotBlank().doesNotContain("\n");
    }
  }
}
