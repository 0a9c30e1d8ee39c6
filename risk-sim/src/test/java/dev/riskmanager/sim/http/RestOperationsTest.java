package dev.riskmanager.sim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderRequest.Bracket;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.testing.ManualClock;
import dev.riskmanager.sim.testing.RestClient;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every REST operation over real HTTP: shapes, codes, timestamps, refusals. */
class RestOperationsTest {
  private static final long ACCOUNT = 13_298_777L;
  private static final String MNQ = "CON.F.US.MNQ.U26";
  private final ManualClock clock = new ManualClock("2026-08-19T15:00:00.123456700Z");
  private final SimVenue venue = SimVenue.builder(clock).instant().start();
  private final RestClient rest = RestClient.loggedIn(venue);

  @AfterEach
  void stop() {
    venue.close();
  }

  private static int code(JsonNode envelope) {
    assertThat(envelope.get("success").booleanValue())
        .isEqualTo(envelope.get("errorCode").intValue() == 0);
    return envelope.get("errorCode").intValue();
  }

  private static Map<String, Object> with(Object... namesAndValues) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private JsonNode place(@Nullable String tag) {
    Map<String, Object> order =
        with("accountId", ACCOUNT, "contractId", MNQ, "type", 1, "side", 0, "size", 1);
    order.put("limitPrice", new BigDecimal("29500.250000000"));
    order.put("stopPrice", null);
    order.put("customTag", tag);
    return rest.post("Order/place", order);
  }

  @Test
  void pingAnswersPlainTextWithoutAToken() {
    HttpResponse<String> pong = RestClient.anonymous(venue).get("/api/Status/ping");
    assertThat(pong.statusCode()).isEqualTo(200);
    assertThat(pong.body()).isEqualTo("pong");
  }

  @Test
  void loginGivesATokenOfThreePartsAndValidateANewOne() {
    assertThat(rest.token().split("\\.")).hasSize(3);
    JsonNode reply = rest.post("Auth/validate", Map.of());
    String fresh = reply.get("newToken").stringValue();
    assertThat(code(reply)).isZero();
    assertThat(fresh).isNotEqualTo(rest.token());
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(200);
    rest.token(fresh);
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(200);
  }

  @Test
  void wrongCredentialsAreCodeThreeWithoutATokenAndMissingOnesHttp400() {
    RestClient anonymous = RestClient.anonymous(venue);
    JsonNode reply = anonymous.post("Auth/loginKey", Map.of("userName", "demo", "apiKey", "no"));
    assertThat(code(reply)).isEqualTo(3);
    assertThat(reply.get("token").isNull()).isTrue();
    assertThat(reply.get("errorMessage").isNull()).isTrue();
    assertThat(code(anonymous.post("Auth/loginKey", Map.of("userName", "DEMO", "apiKey", "demo"))))
        .isZero();
    HttpResponse<String> missing = anonymous.send("Auth/loginKey", "{\"userName\":\"demo\"}");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("apiKey");
    assertThat(
            code(
                anonymous.post(
                    "Auth/loginApp",
                    with(
                        "userName",
                        "u",
                        "password",
                        "p",
                        "deviceId",
                        "d",
                        "appId",
                        "a",
                        "verifyKey",
                        "v"))))
        .isEqualTo(4);
  }

  @Test
  void aTokenEndsAfterADayAndWithALogout() {
    RestClient second = RestClient.loggedIn(venue);
    assertThat(code(second.post("Auth/logout", Map.of()))).isZero();
    assertThat(second.status("Account/search", Map.of())).isEqualTo(401);
    clock.advance(Duration.ofHours(24).minusNanos(1));
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(200);
    clock.advance(Duration.ofNanos(1));
    assertThat(rest.status("Account/search", Map.of())).isEqualTo(401);
  }

  static Stream<String> needToken() {
    return Stream.of(Operation.values())
        .filter(o -> o.rest() && o.authenticated())
        .map(Operation::label);
  }

  @ParameterizedTest
  @MethodSource("needToken")
  void withoutATokenOrWithAWrongOneItIs401(String operation) {
    RestClient anonymous = RestClient.anonymous(venue);
    assertThat(anonymous.status(operation, Map.of())).isEqualTo(401);
    anonymous.token("a.b.c");
    assertThat(anonymous.status(operation, Map.of())).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accountId\":\"13298777\"}",
        "{\"accountId\":1.5}",
        "{}",
        "[]",
        "{\"accountId\":13298777",
      })
  void bodiesThatDoNotBindAre400(String body) {
    HttpResponse<String> reply = rest.send("Position/searchOpen", body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(Json.parse(reply.body()).get("status").intValue()).isEqualTo(400);
  }

  @Test
  void enumerationsAsTextAre400AndUnknownMembersAreIgnored() {
    String order =
        "{\"accountId\":13298777,\"contractId\":\""
            + MNQ
            + "\",\"type\":%s,\"side\":0,\"size\":1,"
            + "\"timeInForce\":\"Day\"}";
    assertThat(rest.send("Order/place", String.format(order, "\"Market\"")).statusCode())
        .isEqualTo(400);
    assertThat(rest.send("Order/place", String.format(order, "2")).statusCode()).isEqualTo(200);
    assertThat(rest.get("/api/Order/execute").statusCode()).isEqualTo(404);
  }

  @Test
  void accounts() {
    JsonNode account =
        rest.post("Account/search", Map.of("onlyActiveAccounts", true)).get("accounts").get(0);
    assertThat(account.propertyNames())
        .containsExactly("id", "name", "balance", "canTrade", "isVisible", "simulated");
    assertThat(account.get("name").stringValue()).startsWith("PRAC-");
    venue.knob("hidden_accounts", "13298777");
    assertThat(rest.post("Account/search", Map.of()).get("accounts").size()).isZero();
  }

  @Test
  void contracts() {
    JsonNode all = rest.post("Contract/available", Map.of("live", false)).get("contracts");
    assertThat(all.size()).isEqualTo(51);
    assertThat(rest.post("Contract/available", Map.of("live", true)).get("contracts").size())
        .isZero();
    JsonNode found =
        rest.post("Contract/search", with("searchText", "mnq", "live", false)).get("contracts");
    assertThat(found.get(0).get("id").stringValue()).isEqualTo(MNQ);
    assertThat(
            rest.post("Contract/search", with("searchText", "", "live", false))
                .get("contracts")
                .size())
        .isEqualTo(20);
    JsonNode other = rest.post("Contract/searchById", Map.of("contractId", "CON.F.US.EP.Z25"));
    assertThat(Json.write(other.get("contract")))
        .isEqualTo(
            "{\"id\":\"CON.F.US.EP.Z25\",\"name\":\"ESZ5\",\"description\":"
                + "\"E-Mini S&P 500: December 2025\",\"tickSize\":0.25,\"tickValue\":12.5,"
                + "\"activeContract\":false,\"symbolId\":\"F.US.EP\"}");
    JsonNode none = rest.post("Contract/searchById", Map.of("contractId", "CON.F.US.XX.Z25"));
    assertThat(code(none)).isEqualTo(1);
  }

  @Test
  void anOrderAppearsEverywhereWithNullsAndSixDigits() {
    JsonNode placed = place("a1");
    assertThat(code(placed)).isZero();
    long id = placed.get("orderId").longValue();
    JsonNode row = rest.post("Order/searchOpen", Map.of("accountId", ACCOUNT)).get("orders").get(0);
    assertThat(Json.write(row))
        .isEqualTo(
            "{\"id\":"
                + id
                + ",\"accountId\":13298777,\"contractId\":\"CON.F.US.MNQ.U26\","
                + "\"symbolId\":\"F.US.MNQ\","
                + "\"creationTimestamp\":\"2026-08-19T15:00:00.123456+00:00\","
                + "\"updateTimestamp\":\"2026-08-19T15:00:00.123456+00:00\",\"status\":1,"
                + "\"type\":1,\"side\":0,\"size\":1,\"limitPrice\":29500.25,\"stopPrice\":null,"
                + "\"fillVolume\":0,\"filledPrice\":null,\"customTag\":\"a1\"}");
    JsonNode byId =
        rest.post("Order/searchById", with("accountId", ACCOUNT, "orderId", id)).get("order");
    assertThat(byId.get("id").longValue()).isEqualTo(id);
    assertThat(byId.get("trailPrice").isNull()).isTrue();
    assertThat(code(rest.post("Order/searchById", with("accountId", ACCOUNT, "orderId", id + 9))))
        .isEqualTo(1);
    JsonNode modified =
        rest.post("Order/modify", with("accountId", ACCOUNT, "orderId", id, "limitPrice", 29499.5));
    assertThat(code(modified)).isZero();
    assertThat(venue.orders(ACCOUNT).getFirst().limitPrice()).isEqualByComparingTo("29499.5");
    assertThat(code(rest.post("Order/cancel", with("accountId", ACCOUNT, "orderId", id)))).isZero();
    assertThat(code(rest.post("Order/cancel", with("accountId", ACCOUNT, "orderId", id))))
        .isEqualTo(2);
    assertThat(rest.post("Order/searchOpen", Map.of("accountId", ACCOUNT)).get("orders").size())
        .isZero();
  }

  @Test
  void aRejectedOrderIsCodeTwoWithTextAndId() {
    place("a1");
    JsonNode again = place("a1");
    assertThat(code(again)).isEqualTo(2);
    assertThat(again.get("errorMessage").stringValue())
        .isEqualTo("Specified custom tag is already in use");
    long id = again.get("orderId").longValue();
    JsonNode found =
        rest.post(
                "Order/search",
                with("accountId", ACCOUNT, "startTimestamp", "2026-08-19T15:00:00Z"))
            .get("orders");
    assertThat(found.get(1).get("id").longValue()).isEqualTo(id);
    assertThat(found.get(1).get("status").intValue()).isEqualTo(5);
  }

  @Test
  void searchGoesByCreationTimeAndNeedsAStart() {
    place(null);
    clock.advance(Duration.ofMinutes(1));
    place(null);
    Map<String, Object> later =
        with("accountId", ACCOUNT, "startTimestamp", "2026-08-19T15:01:00+00:00");
    assertThat(rest.post("Order/search", later).get("orders").size()).isEqualTo(1);
    later.put("startTimestamp", "2026-08-19T10:00:00-05:00");
    assertThat(rest.post("Order/search", later).get("orders").size()).isEqualTo(2);
    later.put("endTimestamp", "2026-08-19T15:01:00");
    assertThat(rest.post("Order/search", later).get("orders").size()).isEqualTo(1);
    assertThat(rest.status("Order/search", Map.of("accountId", ACCOUNT))).isEqualTo(400);
  }

  @Test
  void onlyTheQueryShowsSuspendedChildren() {
    venue.order(
        OrderRequest.limit(ACCOUNT, MNQ, OrderSide.BUY, 1, new BigDecimal("29000"))
            .withTag("e")
            .withBrackets(new Bracket(-40, 4), new Bracket(80, 1)));
    Map<String, Object> filter = with("accountId", ACCOUNT, "statuses", List.of(1, 6, 7, 8));
    Map<String, Object> query = with("filter", filter, "includeTotalCount", true);
    JsonNode all = rest.post("Order/v2/query", query);
    assertThat(all.get("totalCount").intValue()).isEqualTo(3);
    JsonNode child = all.get("orders").get(1);
    assertThat(child.get("status").intValue()).isEqualTo(8);
    assertThat(child.get("customTag").stringValue()).isEqualTo("e-SL");
    assertThat(child.get("trailDistance").intValue()).isEqualTo(-40);
    assertThat(child.get("linkedOrderId").isNull()).isTrue();
    query.putAll(with("pageSize", 1, "pageOffset", 1, "sortBy", 1, "sortDirection", 1));
    JsonNode page = rest.post("Order/v2/query", query).get("orders");
    assertThat(page.size()).isEqualTo(1);
    assertThat(page.get(0).get("customTag").stringValue()).isEqualTo("e-SL");
    assertThat(rest.post("Order/searchOpen", Map.of("accountId", ACCOUNT)).get("orders").size())
        .isEqualTo(1);
    query.put("pageSize", 0);
    assertThat(rest.status("Order/v2/query", query)).isEqualTo(400);
    assertThat(rest.status("Order/v2/query", Map.of())).isEqualTo(400);
  }

  @Test
  void positionsAndTrades() {
    venue.tradeAt(ACCOUNT, "MNQ", OrderSide.BUY, 2, new BigDecimal("29500.25"));
    clock.advance(Duration.ofSeconds(5));
    JsonNode position =
        rest.post("Position/searchOpen", Map.of("accountId", ACCOUNT)).get("positions").get(0);
    assertThat(position.get("type").intValue()).isEqualTo(1);
    assertThat(position.get("contractDisplayName").stringValue()).isEqualTo("MNQU26");
    assertThat(
            code(
                rest.post(
                    "Position/partialCloseContract",
                    with("accountId", ACCOUNT, "contractId", MNQ, "size", 3))))
        .isEqualTo(5);
    assertThat(
            code(
                rest.post(
                    "Position/partialCloseContract",
                    with("accountId", ACCOUNT, "contractId", MNQ, "size", 1))))
        .isZero();
    assertThat(
            code(
                rest.post("Position/closeContract", with("accountId", ACCOUNT, "contractId", MNQ))))
        .isZero();
    assertThat(
            code(
                rest.post("Position/closeContract", with("accountId", ACCOUNT, "contractId", MNQ))))
        .isEqualTo(2);
    JsonNode trades = rest.post("Trade/search", Map.of("accountId", ACCOUNT)).get("trades");
    assertThat(trades.size()).isEqualTo(3);
    assertThat(trades.get(0).get("id").longValue())
        .isGreaterThan(trades.get(1).get("id").longValue());
    assertThat(trades.get(2).get("profitAndLoss").isNull()).isTrue();
    assertThat(trades.get(0).get("profitAndLoss").isNumber()).isTrue();
    assertThat(
            rest.post(
                    "Trade/search",
                    with("accountId", ACCOUNT, "startTimestamp", "2026-08-19T15:00:01Z"))
                .get("trades")
                .size())
        .isEqualTo(2);
  }

  /** The same refusal has another number on each operation. */
  @ParameterizedTest
  @CsvSource({
    "Order/place, account, 1",
    "Order/place, contract, 8",
    "Order/modify, account, 1",
    "Order/modify, contract, 2",
    "Order/cancel, account, 1",
    "Position/closeContract, account, 1",
    "Position/closeContract, contract, 3",
    "Position/closeContract, flat, 2",
    "Position/partialCloseContract, contract, 3",
    "Position/partialCloseContract, flat, 2",
    "Position/searchOpen, account, 1",
    "Trade/search, account, 1",
    "Order/searchOpen, account, 1",
    "Order/search, account, 1",
    "History/retrieveBars, contract, 1",
  })
  void codesByOperation(String operation, String wrong, int expected) {
    Map<String, Object> body =
        with(
            "accountId", wrong.equals("account") ? 1 : ACCOUNT,
            "contractId", wrong.equals("contract") ? "CON.F.US.NONE.U26" : MNQ,
            "type", 2,
            "side", 0,
            "size", 1,
            "orderId", 5,
            "unit", 2,
            "unitNumber", 1,
            "limit", 1,
            "startTimestamp", "2026-08-19T15:00:00Z");
    assertThat(code(rest.post(operation, body))).isEqualTo(expected);
  }

  @Test
  void barsAreNewestFirstAndTheFormingOneOnlyWhenAsked() {
    venue.price("MNQ", new BigDecimal("29600"));
    Map<String, Object> query =
        with(
            "contractId",
            MNQ,
            "live",
            false,
            "startTime",
            "2026-08-19T14:00:00Z",
            "endTime",
            "2026-08-19T16:00:00Z",
            "unit",
            2,
            "unitNumber",
            1,
            "limit",
            3,
            "includePartialBar",
            true);
    JsonNode bars = rest.post("History/retrieveBars", query).get("bars");
    assertThat(bars.size()).isEqualTo(3);
    assertThat(bars.get(0).get("t").stringValue()).isEqualTo("2026-08-19T15:00:00+00:00");
    assertThat(bars.get(0).get("c").decimalValue()).isEqualByComparingTo("29600");
    query.put("includePartialBar", false);
    JsonNode finished = rest.post("History/retrieveBars", query).get("bars");
    assertThat(finished.get(0).get("t").stringValue()).isEqualTo("2026-08-19T14:59:00+00:00");
    assertThat(finished.get(0).get("c").decimalValue()).isEqualByComparingTo("29547");
    query.put("unit", 9);
    assertThat(code(rest.post("History/retrieveBars", query))).isEqualTo(2);
    query.putAll(with("unit", 2, "unitNumber", 0));
    assertThat(code(rest.post("History/retrieveBars", query))).isEqualTo(3);
    query.putAll(with("unitNumber", 1, "limit", 20_001));
    assertThat(code(rest.post("History/retrieveBars", query))).isEqualTo(4);
  }
}
