package dev.riskmanager.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AccountReported;
import dev.riskmanager.domain.event.RiskEvent.MarketTraded;
import dev.riskmanager.domain.event.RiskEvent.OrderReported;
import dev.riskmanager.domain.event.RiskEvent.PositionReported;
import dev.riskmanager.domain.event.RiskEvent.QuoteReported;
import dev.riskmanager.domain.event.RiskEvent.TradeReported;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Translation.Translated;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The recorded production payloads, each against what it says. */
class TranslationRecordedTest {
  private static final AccountId ACCOUNT = new AccountId(70001001);
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.U26");

  private static RiskEvent user(String recorded, String event) {
    return only(Translation.hubEvent(event, List.of(Recordings.hubEvent(recorded))));
  }

  private static RiskEvent market(String recorded, String event) {
    JsonNode payload = Recordings.hubEvent(recorded);
    return only(
        Translation.hubEvent(event, List.of(payload.path("contractId"), payload.path("payload"))));
  }

  private static RiskEvent only(Translated translated) {
    assertThat(translated.rejected()).isEmpty();
    assertThat(translated.events()).hasSize(1);
    return translated.events().getFirst();
  }

  @Test
  void accountEvent() {
    assertThat(user("account", "GatewayUserAccount"))
        .isEqualTo(
            new AccountReported(
                new Account(
                    ACCOUNT, "PRAC-V2-100001-00000001", Money.of("149848.64"), true, true, true)));
  }

  @Test
  void rejectedOrderEventWithoutPrices() {
    assertThat(user("order", "GatewayUserOrder"))
        .isEqualTo(
            new OrderReported(
                new Order(
                    3425270858L,
                    ACCOUNT,
                    MNQ,
                    OrderStatus.REJECTED,
                    OrderType.MARKET,
                    OrderSide.SELL,
                    1,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Instant.parse("2026-08-19T20:49:25.3938333Z"),
                    Instant.parse("2026-08-19T20:49:25.3962105Z"),
                    "tag-33fa8e1e-d19c-422d-ac43-efb12061d97c")));
  }

  @Test
  void closedPositionEventIsFlat() {
    assertThat(user("position", "GatewayUserPosition"))
        .isEqualTo(new PositionReported(ACCOUNT, MNQ, Optional.empty()));
  }

  @Test
  void tradeEventAddsCommissionsToFees() {
    assertThat(user("trade", "GatewayUserTrade"))
        .isEqualTo(
            new TradeReported(
                new Trade(
                    3004518356L,
                    ACCOUNT,
                    MNQ,
                    OrderSide.BUY,
                    1,
                    Price.of("29423"),
                    Optional.of(Money.of("-49")),
                    Money.of("0.61"),
                    3423462488L,
                    Instant.parse("2026-08-19T14:16:01.4061289Z"),
                    false)));
  }

  @Test
  void sparseQuoteHasNoLastPrice() {
    assertThat(market("quote", "GatewayQuote"))
        .isEqualTo(
            new QuoteReported(
                MNQ,
                Optional.empty(),
                Optional.of(Price.of("29547")),
                Optional.of(Price.of("29547.5"))));
  }

  @Test
  void marketTradeComesInAList() {
    assertThat(market("market_trade", "GatewayTrade"))
        .isEqualTo(new MarketTraded(new ContractId("CON.F.US.MES.U26"), Price.of("7730.5")));
  }

  @Test
  void depthIsKnownAndNotUsed() {
    JsonNode payload = Recordings.hubEvent("depth");
    Translated translated =
        Translation.hubEvent(
            "GatewayDepth", List.of(payload.path("contractId"), payload.path("payload")));
    assertThat(translated.events()).isEmpty();
    assertThat(translated.rejected()).isEmpty();
  }

  @Test
  void everyAccountRow() {
    Translation.Rows<Account> rows = Translation.accounts(Recordings.read("accounts_search.json"));
    assertThat(rows.rejected()).isEmpty();
    assertThat(rows.rows())
        .extracting(row -> row.id().value() + " " + row.balance() + " " + row.canTrade())
        .containsExactly("70001002 49989.34 true", "70001001 149831.92 true");
  }

  @Test
  void everyOrderRow() {
    JsonNode json = Recordings.read("orders_search_24h.json");
    Translation.Rows<Order> rows = Translation.orders(json);
    assertThat(rows.rejected()).isEmpty();
    assertThat(rows.rows()).hasSameSizeAs(json.values());
    Order stop = rows.rows().get(1);
    assertThat(stop.type()).isEqualTo(OrderType.STOP);
    assertThat(stop.stopPrice()).contains(Price.of("30196.75"));
    assertThat(stop.parentOrderId()).contains(3408995735L);
    assertThat(stop.filled()).isEqualTo(1);
    assertThat(rows.rows()).noneMatch(order -> order.status() == OrderStatus.UNKNOWN);
    assertThat(rows.rows()).noneMatch(order -> order.type() == OrderType.UNKNOWN);
  }

  /** Sums computed from the recorded file with another tool. */
  @Test
  void everyTradeRow() {
    JsonNode json = Recordings.read("trades_search_24h.json");
    Translation.Rows<Trade> rows = Translation.trades(json);
    assertThat(rows.rejected()).isEmpty();
    assertThat(rows.rows()).hasSize(json.size());
    Money gross = rows.rows().stream().map(Trade::gross).reduce(Money.ZERO, Money::plus);
    Money fees = rows.rows().stream().map(Trade::fees).reduce(Money.ZERO, Money::plus);
    assertThat(gross).isEqualTo(Money.of("-0.5"));
    assertThat(fees).isEqualTo(Money.of("7.50"));
    assertThat(rows.rows()).filteredOn(trade -> trade.profitAndLoss().isEmpty()).hasSize(10);
  }

  /** The shipped table is what the venue listed: symbol, tick size and tick value of all 51. */
  @Test
  void everyContractRowAgreesWithTheShippedTable() {
    Translation.Rows<Contract> rows =
        Translation.contracts(Recordings.read("contracts_available.json"));
    assertThat(rows.rejected()).isEmpty();
    assertThat(rows.rows()).hasSize(51);
    ShippedContracts shipped = ShippedContracts.load();
    for (Contract row : rows.rows()) {
      assertThat(shipped.contract(row.id())).contains(row);
    }
    assertThat(shipped.products()).hasSize(51);
  }

  @Test
  void smallTicksAreExact() {
    Translation.Rows<Contract> rows =
        Translation.contracts(Recordings.read("contracts_available.json"));
    assertThat(rows.rows())
        .filteredOn(row -> row.symbol().equals("6J"))
        .extracting(Contract::tickSize)
        .containsExactly(new Price(500));
    assertThat(rows.rows())
        .filteredOn(row -> row.symbol().equals("ZT"))
        .extracting(Contract::tickSize)
        .containsExactly(Price.of("0.00390625"));
  }
}
