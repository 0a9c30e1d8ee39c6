package dev.riskmanager.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AccountReported;
import dev.riskmanager.domain.event.RiskEvent.MarketTraded;
import dev.riskmanager.domain.event.RiskEvent.OrderReported;
import dev.riskmanager.domain.event.RiskEvent.PositionReported;
import dev.riskmanager.domain.event.RiskEvent.QuoteReported;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.event.RiskEvent.TradeReported;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Translation.Translated;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TranslationTest {
  private static final String TRADE =
      """
      {"id":3005000001,"accountId":70001,"contractId":"CON.F.US.MNQ.U26",
       "creationTimestamp":"2026-08-19T15:05:00.5+00:00","price":29547.25,"profitAndLoss":-40.5,
       "fees":0.74,"side":1,"size":2,"voided":false,"orderId":3425000140}\
      """;
  private static final String POSITION =
      """
      {"id":825000001,"accountId":70001,"contractId":"CON.F.US.MNQ.U26",
       "creationTimestamp":"2026-08-19T15:00:00.1267+00:00","type":2,"size":3,
       "averagePrice":29500.375}\
      """;
  private static final String ORDER =
      """
      {"id":3425000100,"accountId":70001,"contractId":"CON.F.US.MNQ.U26","symbolId":"F.US.MNQ",
       "creationTimestamp":"2026-08-19T15:00:00.1234567+00:00","updateTimestamp":null,
       "status":8,"type":4,"side":1,"size":2,"fillVolume":0,"stopPrice":29490.25,
       "trailDistance":-40,"parentOrderId":3425000099,"linkedOrderId":null}\
      """;
  private static final String ACCOUNT =
      """
      {"id":70001,"name":"PRAC-V2-1","balance":50000.5,"canTrade":false,"isVisible":true}\
      """;

  private static JsonNode json(String text) {
    return WireJson.read(text);
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  private static List<RiskEvent> accepted(String event, String... arguments) {
    Translated translated =
        Translation.hubEvent(
            event, List.of(arguments).stream().map(TranslationTest::json).toList());
    assertThat(translated.rejected()).isEmpty();
    return translated.events();
  }

  private static Trade trade(String event, JsonNode payload) {
    Translated translated = Translation.hubEvent(event, List.of(payload));
    assertThat(translated.rejected()).isEmpty();
    return ((TradeReported) translated.events().getFirst()).trade();
  }

  private static String rejection(String event, JsonNode payload) {
    Translated translated = Translation.hubEvent(event, List.of(payload));
    assertThat(translated.events()).isEmpty();
    assertThat(translated.rejected()).hasSize(1);
    return translated.rejected().getFirst().toString();
  }

  @Test
  void flatWrappedListedSpreadAndPaddedPayloadsAreTheSame() {
    List<RiskEvent> flat = accepted("GatewayUserTrade", TRADE);
    assertThat(flat).hasSize(1);
    String wrapped = "{\"action\":0,\"data\":" + TRADE + "}";
    assertThat(accepted("GatewayUserTrade", wrapped)).isEqualTo(flat);
    assertThat(accepted("GatewayUserTrade", "[" + wrapped + "]")).isEqualTo(flat);
    assertThat(accepted("GatewayUserTrade", "[[null," + wrapped + "],null]")).isEqualTo(flat);
    assertThat(accepted("GatewayUserTrade", "{\"action\":1,\"data\":[" + TRADE + "]}"))
        .isEqualTo(flat);
    String other = TRADE.replace("3005000001", "3005000002");
    assertThat(accepted("GatewayUserTrade", wrapped, "null", other))
        .extracting(event -> ((TradeReported) event).trade().id())
        .containsExactly(3005000001L, 3005000002L);
  }

  @Test
  void idsMayBeTexts() {
    ObjectNode payload = object(TRADE);
    payload.put("id", "3005000009").put("orderId", " 3425000141 ").put("accountId", "70002");
    Trade trade = trade("GatewayUserTrade", payload);
    assertThat(trade.id()).isEqualTo(3005000009L);
    assertThat(trade.orderId()).isEqualTo(3425000141L);
    assertThat(trade.account().value()).isEqualTo(70002);
  }

  @ParameterizedTest
  @CsvSource({
    "29547.25, 29547250000000",
    "0.0000005, 500",
    "5E-07, 500",
    "5e-7, 500",
    "6335.250000000, 6335250000000",
    "-37.63, -37630000000",
    "1E3, 1000000000000",
    "1000000000, 1000000000000000000"
  })
  void decimalsAreExact(String wire, long billionths) {
    JsonNode payload = json(TRADE.replace("29547.25", wire));
    assertThat(trade("GatewayUserTrade", payload).price()).isEqualTo(new Price(billionths));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-19T15:05:00+00:00, 2026-08-19T15:05:00Z",
    "2026-08-19T15:05:00.5+00:00, 2026-08-19T15:05:00.5Z",
    "2026-08-19T15:05:00.123Z, 2026-08-19T15:05:00.123Z",
    "2026-08-19T15:05:00.123456+00:00, 2026-08-19T15:05:00.123456Z",
    "2026-08-19T15:05:00.1234567+00:00, 2026-08-19T15:05:00.1234567Z",
    "2026-08-19T10:05:00.1234567-05:00, 2026-08-19T15:05:00.1234567Z"
  })
  void timesHaveZeroToSevenDigits(String wire, Instant instant) {
    ObjectNode payload = object(TRADE).put("creationTimestamp", wire);
    assertThat(trade("GatewayUserTrade", payload).executedAt()).isEqualTo(instant);
  }

  @Test
  void openingTradeHasNoProfitWhetherNullOrLeftOut() {
    assertThat(trade("GatewayUserTrade", object(TRADE).putNull("profitAndLoss")).profitAndLoss())
        .isEmpty();
    ObjectNode without = object(TRADE);
    without.remove("profitAndLoss");
    assertThat(trade("GatewayUserTrade", without).profitAndLoss()).isEmpty();
    assertThat(trade("GatewayUserTrade", object(TRADE)).profitAndLoss())
        .contains(Money.of("-40.5"));
  }

  @Test
  void feesAndCommissionsAddUpAndMayBeLeftOut() {
    assertThat(trade("GatewayUserTrade", object(TRADE)).fees()).isEqualTo(Money.of("0.74"));
    assertThat(trade("GatewayUserTrade", json(TRADE.replace("0.74", "0.74,\"commissions\":0.25"))))
        .extracting(Trade::fees)
        .isEqualTo(Money.of("0.99"));
    ObjectNode without = object(TRADE);
    without.remove("fees");
    without.remove("voided");
    assertThat(trade("GatewayUserTrade", without).fees()).isEqualTo(Money.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "accountId",
        "contractId",
        "creationTimestamp",
        "price",
        "side",
        "size",
        "orderId"
      })
  void tradeWithoutAMemberIsRejectedByName(String member) {
    ObjectNode payload = object(TRADE);
    payload.remove(member);
    assertThat(rejection("GatewayUserTrade", payload))
        .startsWith("GatewayUserTrade")
        .endsWith("member " + member + " is missing");
    assertThat(rejection("GatewayUserTrade", object(TRADE).putNull(member)))
        .endsWith("member " + member + " is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "accountId",
        "contractId",
        "creationTimestamp",
        "status",
        "type",
        "side",
        "size"
      })
  void orderWithoutAMemberIsRejectedByName(String member) {
    ObjectNode payload = object(ORDER);
    payload.remove(member);
    assertThat(rejection("GatewayUserOrder", payload)).endsWith("member " + member + " is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "accountId",
        "contractId",
        "creationTimestamp",
        "type",
        "size",
        "averagePrice"
      })
  void positionWithoutAMemberIsRejectedByName(String member) {
    ObjectNode payload = object(POSITION);
    payload.remove(member);
    assertThat(rejection("GatewayUserPosition", payload))
        .endsWith("member " + member + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "balance", "canTrade"})
  void accountWithoutAMemberIsRejectedByName(String member) {
    ObjectNode payload = object(ACCOUNT);
    payload.remove(member);
    assertThat(rejection("GatewayUserAccount", payload))
        .endsWith("member " + member + " is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size | 0 | is out of range",
        "size | 1.5 | is not a whole number",
        "size | -1 | is out of range",
        "size | 1000000001 | is out of range",
        "size | 1e400 | is out of range",
        "size | 1e-400 | is not a whole number",
        "size | 99999999999999999999 | is out of range",
        "size | \"2\" | is a text, not a number",
        "size | true | is true or false, not a number",
        "side | 2 | is out of range",
        "side | \"Bid\" | is a text, not a number",
        "price | \"29547.25\" | is a text, not a number",
        "price | 1000000000.01 | is out of range",
        "price | 1e999999999 | is out of range",
        "price | [1] | is a list, not a number",
        "profitAndLoss | \"NaN\" | is a text, not a number",
        "profitAndLoss | -1e12 | is out of range",
        "fees | {} | is an object, not a number",
        "voided | 0 | is a number, not true or false",
        "contractId | \" \" | is blank",
        "contractId | 5 | is a number, not a text",
        "id | \"x\" | is not a number",
        "id | 9223372036854775808 | is out of range",
        "creationTimestamp | 1755615900 | is a number, not a text",
        "creationTimestamp | \"1999-12-31T23:59:59.999Z\" | is out of range",
        "creationTimestamp | \"2100-01-01T00:00:00Z\" | is out of range",
        "creationTimestamp | \"+999999999-12-31T23:59:59Z\" | is out of range",
        "creationTimestamp | \"-999999999-01-01T00:00:00Z\" | is out of range",
        "creationTimestamp | \"yesterday\" | is not an ISO-8601 time with an offset",
        "creationTimestamp | \"2026-08-19T15:05:00\" | is not an ISO-8601 time with an offset",
        "creationTimestamp | \"0001-01-01T00:00:00+00:00\" | is out of range"
      })
  void wrongMembersAreRejectedByName(String member, String value, String complaint) {
    ObjectNode payload = object(TRADE);
    payload.set(member, json(value));
    assertThat(rejection("GatewayUserTrade", payload))
        .endsWith("member " + member + " " + complaint);
  }

  @Test
  void wholeNumbersMayBeWrittenAsDecimals() {
    assertThat(trade("GatewayUserTrade", json(TRADE.replace("\"size\":2", "\"size\":2.0"))).size())
        .isEqualTo(2);
    assertThat(trade("GatewayUserTrade", json(TRADE.replace("\"size\":2", "\"size\":3e2"))).size())
        .isEqualTo(300);
  }

  @Test
  void positionsOfBothSides() {
    Position expected =
        new Position(
            825000001,
            new dev.riskmanager.domain.model.AccountId(70001),
            new ContractId("CON.F.US.MNQ.U26"),
            Side.SHORT,
            3,
            Price.of("29500.375"),
            Instant.parse("2026-08-19T15:00:00.1267Z"));
    assertThat(accepted("GatewayUserPosition", POSITION))
        .containsExactly(
            new PositionReported(expected.account(), expected.contract(), Optional.of(expected)));
    assertThat(accepted("GatewayUserPosition", POSITION.replace("\"type\":2", "\"type\":1")))
        .extracting(event -> ((PositionReported) event).position().orElseThrow().side())
        .containsExactly(Side.LONG);
  }

  @Test
  void typeZeroOrSizeZeroIsFlat() {
    for (String change : List.of("\"type\":0,\"size\":3", "\"type\":1,\"size\":0")) {
      assertThat(accepted("GatewayUserPosition", POSITION.replace("\"type\":2,\"size\":3", change)))
          .extracting(event -> ((PositionReported) event).position())
          .containsExactly(Optional.empty());
    }
    assertThat(rejection("GatewayUserPosition", object(POSITION).put("type", 3)))
        .endsWith("member type is out of range");
    assertThat(rejection("GatewayUserPosition", object(POSITION).put("size", -3)))
        .endsWith("member size is out of range");
  }

  @Test
  void suspendedBracketChild() {
    Order order = ((OrderReported) accepted("GatewayUserOrder", ORDER).getFirst()).order();
    assertThat(order.status()).isEqualTo(OrderStatus.SUSPENDED);
    assertThat(order.trailDistance()).contains(-40L);
    assertThat(order.parentOrderId()).contains(3425000099L);
    assertThat(order.linkedOrderId()).isEmpty();
    assertThat(order.updatedAt()).isEqualTo(order.createdAt());
    assertThat(order.customTag()).isEmpty();
    assertThat(order.stopPrice()).contains(Price.of("29490.25"));
  }

  @Test
  void unknownStatusAndTypeAreUnknownAndStillWork() {
    ObjectNode payload = object(ORDER).put("status", 9).put("type", 12);
    Order order =
        ((OrderReported)
                Translation.hubEvent("GatewayUserOrder", List.of(payload)).events().getFirst())
            .order();
    assertThat(order.status()).isEqualTo(OrderStatus.UNKNOWN);
    assertThat(order.status().isWorking()).isTrue();
    assertThat(order.type()).isEqualTo(OrderType.UNKNOWN);
    assertThat(rejection("GatewayUserOrder", object(ORDER).put("status", "Open")))
        .endsWith("member status is a text, not a number");
  }

  @Test
  void filledMoreThanOrderedIsRejected() {
    assertThat(accepted("GatewayUserOrder", ORDER.replace("\"fillVolume\":0", "\"fillVolume\":2")))
        .extracting(event -> ((OrderReported) event).order().remaining())
        .containsExactly(0L);
    assertThat(rejection("GatewayUserOrder", object(ORDER).put("fillVolume", 3)))
        .endsWith("member fillVolume is out of range");
  }

  @Test
  void accountThatMayNotTrade() {
    assertThat(accepted("GatewayUserAccount", ACCOUNT))
        .extracting(event -> ((AccountReported) event).row().canTrade())
        .containsExactly(false);
  }

  @Test
  void quotesAreSparseAndZeroIsNoPrice() {
    assertThat(
            accepted(
                "GatewayQuote", "\"CON.F.US.EP.U26\"", "{\"lastPrice\":0,\"bestBid\":6500.25}"))
        .containsExactly(
            new QuoteReported(
                new ContractId("CON.F.US.EP.U26"),
                Optional.empty(),
                Optional.of(Price.of("6500.25")),
                Optional.empty()));
    assertThat(
            accepted(
                "GatewayQuote",
                "[\"CON.F.US.EP.U26\",{\"lastPrice\":6500.5,\"symbol\":\"F.US.EP\"}]"))
        .containsExactly(
            new QuoteReported(
                new ContractId("CON.F.US.EP.U26"),
                Optional.of(Price.of("6500.5")),
                Optional.empty(),
                Optional.empty()));
    assertThat(accepted("GatewayQuote", "{\"contract\":\"CON.F.US.EP.Z26\",\"bestAsk\":1}"))
        .extracting(event -> ((QuoteReported) event).contract().value())
        .containsExactly("CON.F.US.EP.Z26");
    assertThat(rejection("GatewayQuote", json("{\"bestAsk\":1}")))
        .isEqualTo("GatewayQuote: member contractId is missing");
  }

  @Test
  void marketTradesInListsWithNulls() {
    assertThat(
            accepted(
                "GatewayTrade",
                "\"CON.F.US.MNQ.U26\"",
                "[null,{\"price\":29500.25},{\"price\":29500.5,\"volume\":3}]"))
        .containsExactly(
            new MarketTraded(new ContractId("CON.F.US.MNQ.U26"), Price.of("29500.25")),
            new MarketTraded(new ContractId("CON.F.US.MNQ.U26"), Price.of("29500.5")));
    assertThat(accepted("GatewayTrade", "\"CON.F.US.MNQ.U26\"", "[]")).isEmpty();
    Translated mixed =
        Translation.hubEvent(
            "GatewayTrade",
            List.of(json("\"CON.F.US.MNQ.U26\""), json("[{\"price\":0},{\"price\":2}]")));
    assertThat(mixed.events()).hasSize(1);
    assertThat(mixed.rejected())
        .extracting(Translation.Rejected::reason)
        .containsExactly("member price is missing or 0");
  }

  @Test
  void nonsenseIsRejectedWithoutAnException() {
    assertThat(rejection("GatewayUserTrade", json("5")))
        .isEqualTo("GatewayUserTrade: the payload is a number, not an object");
    assertThat(rejection("GatewayUserTrade", json("[[[[[[[1]]]]]]]")))
        .isEqualTo("GatewayUserTrade: the payload is a list, not an object");
    assertThat(rejection("GatewayBar", json("{}")))
        .isEqualTo("GatewayBar: an event of this name is not known");
    assertThat(rejection("GatewayUserOrder", json("{\"action\":1,\"data\":null}")))
        .isEqualTo("GatewayUserOrder: member size is missing");
    Translated none = Translation.hubEvent("GatewayUserTrade", List.of());
    assertThat(none.rejected()).hasSize(1);
  }

  @Test
  void snapshotTellsNotReadFromNone() {
    Translated translated =
        Translation.snapshot(true, json("{\"positions\":[],\"trades\":[" + TRADE + "]}"));
    assertThat(translated.rejected()).isEmpty();
    SnapshotTaken taken = (SnapshotTaken) translated.events().getFirst();
    assertThat(taken.reconciliation()).isTrue();
    assertThat(taken.accounts()).isEmpty();
    assertThat(taken.orders()).isEmpty();
    assertThat(taken.positions()).contains(List.of());
    assertThat(taken.trades().orElseThrow()).hasSize(1);
  }

  @Test
  void aBadPositionMakesTheListUnreadButABadTradeOnlyItself() {
    String badPosition = POSITION.replace("\"size\":3", "\"size\":\"3\"");
    String badTrade = TRADE.replace("\"side\":1", "\"side\":7");
    Translated translated =
        Translation.snapshot(
            false,
            json(
                "{\"positions\":["
                    + POSITION
                    + ","
                    + badPosition
                    + "],\"trades\":["
                    + badTrade
                    + ","
                    + TRADE
                    + "]}"));
    SnapshotTaken taken = (SnapshotTaken) translated.events().getFirst();
    assertThat(taken.positions()).isEmpty();
    assertThat(taken.trades().orElseThrow()).hasSize(1);
    assertThat(translated.rejected())
        .extracting(Translation.Rejected::toString)
        .containsExactly(
            "positions 825000001: member size is a text, not a number",
            "trades 3005000001: member side is out of range");
  }

  @Test
  void contractsWithImpossibleTicksAreLeftOut() {
    String row = "{\"id\":\"CON.F.US.EP.U26\",\"name\":\"ESU6\",\"tickSize\":%s,\"tickValue\":%s}";
    Translation.Rows<dev.riskmanager.domain.model.Contract> rows =
        Translation.contracts(
            json(
                "["
                    + row.formatted("0.25", "12.5")
                    + ","
                    + row.formatted("0", "12.5")
                    + ","
                    + row.formatted("0.25", "-1")
                    + "]"));
    assertThat(rows.rows()).extracting(contract -> contract.symbol()).containsExactly("ES");
    assertThat(rows.rejected())
        .extracting(Translation.Rejected::reason)
        .containsExactly("member tickSize is not positive", "member tickValue is not positive");
  }
}
