package dev.riskmanager.sim.exchange;

import static dev.riskmanager.sim.exchange.Books.ACCOUNT;
import static dev.riskmanager.sim.exchange.Books.OTHER;
import static dev.riskmanager.sim.exchange.Books.dec;
import static dev.riskmanager.sim.exchange.OrderSide.BUY;
import static dev.riskmanager.sim.exchange.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Netting, averages, P&amp;L, fees, and what is told when a position ends or turns. */
class PositionTest {
  private final Books books = Books.instant();

  private void buyAt(String price, int size) {
    books.trader.marketAt(ACCOUNT, "MNQ", BUY, size, dec(price));
  }

  private void sellAt(String price, int size) {
    books.trader.marketAt(ACCOUNT, "MNQ", SELL, size, dec(price));
  }

  @Test
  void addingAveragesBySize() {
    buyAt("21000", 2);
    buyAt("21003.25", 1);
    assertThat(books.position()).isEqualTo("3@21001.083333333");
  }

  @Test
  void closingAPartKeepsTheAverageAndTheId() {
    buyAt("21000", 2);
    int id = books.exchange.reader().positions(ACCOUNT).getFirst().id();
    sellAt("21010", 1);
    assertThat(books.position()).isEqualTo("1@21000");
    assertThat(books.exchange.reader().positions(ACCOUNT).getFirst().id()).isEqualTo(id);
    assertThat(books.trades()).last().isEqualTo("-1@21010 pnl=20 fees=0.36");
  }

  @Test
  void profitIsMeasuredAgainstTheAverageOrTheOldestLot() {
    buyAt("21000", 1);
    buyAt("21010", 1);
    sellAt("21020", 1);
    assertThat(books.trades()).last().isEqualTo("-1@21020 pnl=30 fees=0.36");
    Books fifo = Books.instant();
    fifo.knobs.set("pnl", "fifo");
    fifo.trader.marketAt(ACCOUNT, "MNQ", BUY, 1, dec("21000"));
    fifo.trader.marketAt(ACCOUNT, "MNQ", BUY, 1, dec("21010"));
    fifo.trader.marketAt(ACCOUNT, "MNQ", SELL, 1, dec("21020"));
    assertThat(fifo.trades()).last().isEqualTo("-1@21020 pnl=40 fees=0.36");
  }

  @Test
  void aShortEarnsWhenThePriceFalls() {
    sellAt("21000", 3);
    buyAt("20999.75", 3);
    assertThat(books.trades()).last().isEqualTo("3@20999.75 pnl=1.5 fees=1.08");
  }

  @Test
  void theTickValueOfTheProductDecides() {
    books.trader.roundTrip(ACCOUNT, "ES", BUY, 1, dec("7730.25"), dec("7730.50"));
    books.trader.roundTrip(ACCOUNT, "ZN", SELL, 2, dec("112.515625"), dec("112.5"));
    assertThat(books.trades())
        .containsExactly(
            "1@7730.25 pnl=none fees=1.4",
            "-1@7730.5 pnl=12.5 fees=1.4",
            "-2@112.515625 pnl=none fees=1.6",
            "2@112.5 pnl=31.25 fees=1.6");
  }

  @Test
  void aFlatPositionIsToldWithItsOldIdAndAverageAndTheNextHasANewId() {
    buyAt("21000", 1);
    int id = books.exchange.reader().positions(ACCOUNT).getFirst().id();
    books.events.clear();
    sellAt("21005", 1);
    PositionView flat =
        books.events.stream()
            .filter(UserEvent.PositionChanged.class::isInstance)
            .map(e -> ((UserEvent.PositionChanged) e).position())
            .findFirst()
            .orElseThrow();
    assertThat(flat.id()).isEqualTo(id);
    assertThat(flat.type()).isZero();
    assertThat(flat.size()).isZero();
    assertThat(flat.averagePrice()).isEqualByComparingTo("21000");
    buyAt("21000", 1);
    assertThat(books.exchange.reader().positions(ACCOUNT).getFirst().id()).isEqualTo(id + 1);
  }

  @Test
  void aReversalIsTwoTradesAndOnePosition() {
    buyAt("21000", 1);
    books.told();
    sellAt("21010", 3);
    assertThat(books.told())
        .containsExactly(
            "order PENDING", "order FILLED", "trade 1", "trade 2", "position 2x2", "account true");
    assertThat(books.trades().subList(1, 3))
        .containsExactly("-1@21010 pnl=20 fees=0.36", "-2@21010 pnl=none fees=0.72");
    assertThat(books.position()).isEqualTo("-2@21010");
  }

  @Test
  void aReversalCanTellTheFlatPositionInBetween() {
    books.knobs.set("reversal_flat_event", true);
    buyAt("21000", 1);
    books.told();
    sellAt("21010", 2);
    assertThat(books.told())
        .containsExactly(
            "order PENDING",
            "order FILLED",
            "trade 1",
            "position 0x0",
            "trade 1",
            "position 2x1",
            "account true");
  }

  @Test
  void theFlatEventCanBeMissingOrLate() {
    books.knobs.set("flat_event", "none");
    buyAt("21000", 1);
    books.told();
    sellAt("21010", 1);
    assertThat(books.told()).doesNotContain("position 0x0").contains("trade 1");
    books.knobs.set("flat_event", "late");
    buyAt("21000", 1);
    sellAt("21010", 1);
    books.told();
    books.pass(249);
    assertThat(books.told()).isEmpty();
    books.pass(1);
    assertThat(books.told()).containsExactly("position 0x0");
  }

  @Test
  void feesAndCommissionsComeOffTheBalance() {
    books.knobs.set("fees", Map.of("MNQ", 0.37));
    books.knobs.set("commission", 0.25);
    buyAt("21000", 2);
    TradeView trade = books.exchange.reader().trades(ACCOUNT, null, null).getFirst();
    assertThat(trade.fees()).isEqualByComparingTo("0.74");
    assertThat(trade.commissions()).isEqualByComparingTo("0.50");
    assertThat(books.balance()).isEqualTo("49998.76");
  }

  @Test
  void aHalfTurnIsBookedWithoutAPosition() {
    books.told();
    TradeView trade = books.trader.halfTurn(ACCOUNT, "MNQ", SELL, 1, null, dec("-170.50"), null);
    assertThat(books.told()).containsExactly("trade 1", "account true");
    assertThat(trade.price()).isEqualByComparingTo("21000");
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.balance()).isEqualTo("49829.14");
  }

  @Test
  void accountsAreSeparate() {
    books.trader.marketAt(OTHER, "MNQ", BUY, 1, dec("21000"));
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.balance()).isEqualTo("50000.00");
    assertThat(books.exchange.reader().positions(OTHER)).hasSize(1);
  }

  @Test
  void moneyIsConserved() {
    buyAt("21000", 3);
    sellAt("21004.25", 5);
    buyAt("20999.75", 1);
    buyAt("21001.5", 1);
    List<TradeView> trades = books.exchange.reader().trades(ACCOUNT, null, null);
    java.math.BigDecimal expected =
        trades.stream()
            .map(t -> (t.profitAndLoss() == null ? dec("0") : t.profitAndLoss()).subtract(t.fees()))
            .reduce(dec("50000"), java.math.BigDecimal::add);
    assertThat(dec(books.balance())).isEqualByComparingTo(expected);
    // Every closed lot: 3 x 4.25, 1 x 4.5, 1 x 2.75 points at 2 dollars.
    assertThat(trades.stream().map(TradeView::profitAndLoss).filter(p -> p != null))
        .extracting(Books::plain)
        .containsExactlyInAnyOrder("25.5", "9", "5.5");
  }
}
