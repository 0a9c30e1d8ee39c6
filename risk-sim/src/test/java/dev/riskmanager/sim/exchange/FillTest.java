package dev.riskmanager.sim.exchange;

import static dev.riskmanager.sim.exchange.Books.ACCOUNT;
import static dev.riskmanager.sim.exchange.Books.MNQ;
import static dev.riskmanager.sim.exchange.Books.dec;
import static dev.riskmanager.sim.exchange.OrderSide.BUY;
import static dev.riskmanager.sim.exchange.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When orders fill, at what price, and what is told in which order. */
class FillTest {
  private final Books books = Books.instant();

  @Test
  void aMarketOrderIsPendingThenFilledThenTradePositionAccount() {
    Books slow = new Books();
    slow.told();
    Outcome placed = slow.market(BUY, 2);
    assertThat(slow.told()).containsExactly("order PENDING");
    slow.pass(2);
    assertThat(slow.told()).isEmpty();
    slow.pass(1);
    assertThat(slow.told())
        .containsExactly("order FILLED", "trade 2", "position 1x2", "account true");
    // As at the real venue: the fill does not move the update time of a market order.
    assertThat(slow.order(placed).updated()).isEqualTo(slow.order(placed).created());
    assertThat(slow.order(placed).id()).isGreaterThanOrEqualTo(3_425_000_000L);
  }

  @Test
  void marketOrdersFillAtTheOppositeBest() {
    books.market(BUY, 1);
    books.market(SELL, 2);
    // One tick of spread: bought at the ask, sold at the bid; -0.25 points on MNQ are -0.50.
    assertThat(books.trades())
        .containsExactly(
            "1@21000.25 pnl=none fees=0.36",
            "-1@21000 pnl=-0.5 fees=0.36",
            "-1@21000 pnl=none fees=0.36");
    assertThat(books.position()).isEqualTo("-1@21000");
    assertThat(books.balance()).isEqualTo("49998.42");
  }

  @Test
  void slipMakesThemWorse() {
    books.knobs.set("slip_ticks", 3);
    books.knobs.set("spread_ticks", 0);
    books.price("21000");
    books.market(BUY, 1);
    assertThat(books.position()).isEqualTo("1@21000.75");
  }

  @Test
  void aLimitWorksUntilTheMarketTouchesIt() {
    Outcome placed = books.limit(BUY, 1, "20990");
    assertThat(books.order(placed).status()).isEqualTo(OrderStatus.OPEN);
    books.price("20990.25");
    assertThat(books.position()).isEqualTo("flat");
    books.price("20990");
    assertThat(books.position()).isEqualTo("1@20990");
  }

  @Test
  void aLimitFillsAtItsPriceWhenTheMarketGoesThrough() {
    books.limit(SELL, 1, "21005");
    books.price("21004.75");
    assertThat(books.position()).isEqualTo("flat");
    books.price("21009");
    assertThat(books.position()).isEqualTo("-1@21005");
  }

  @Test
  void aMarketableLimitFillsAtOnceAtTheBetterPrice() {
    books.limit(BUY, 1, "21003");
    assertThat(books.position()).isEqualTo("1@21000.25");
  }

  @Test
  void aStopTriggersAtItsPriceAndSlipsWithTheMarket() {
    books.market(BUY, 1);
    Outcome stop = books.stop(SELL, 1, "20995");
    books.price("20995.25");
    assertThat(books.position()).isEqualTo("1@21000.25");
    books.price("20994.50");
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.order(stop).filledPrice()).isEqualByComparingTo("20994.50");
    assertThat(books.trades()).last().isEqualTo("-1@20994.5 pnl=-11.5 fees=0.36");
  }

  @Test
  void aBuyStopTriggersAbove() {
    books.stop(BUY, 1, "21010");
    books.price("21009.75");
    assertThat(books.position()).isEqualTo("flat");
    books.price("21010");
    assertThat(books.position()).isEqualTo("1@21010.25");
  }

  @Test
  void aStopLimitBecomesALimit() {
    books.exchange.place(
        new OrderRequest(
            ACCOUNT, MNQ, 3, 0, 1, dec("21011"), dec("21010"), null, null, null, null));
    books.price("21012");
    assertThat(books.position()).isEqualTo("flat");
    books.price("21010.75");
    assertThat(books.position()).isEqualTo("1@21011");
  }

  @Test
  void aTrailingStopFollowsAndNeverGoesBack() {
    books.market(BUY, 1);
    Outcome trail =
        books.exchange.place(
            new OrderRequest(ACCOUNT, MNQ, 5, 1, 1, null, null, dec("20990"), null, null, null));
    assertThat(books.order(trail).trailDistance()).isEqualTo(40);
    assertThat(books.order(trail).trailPrice()).isEqualByComparingTo("10");
    books.price("21008");
    assertThat(books.order(trail).stopPrice()).isEqualByComparingTo("20998");
    books.price("21000");
    assertThat(books.order(trail).stopPrice()).isEqualByComparingTo("20998");
    books.price("20998");
    assertThat(books.position()).isEqualTo("flat");
  }

  @Test
  void aTrailingBuyStopFollowsDown() {
    Outcome trail =
        books.exchange.place(
            new OrderRequest(ACCOUNT, MNQ, 5, 0, 1, null, null, dec("21004"), null, null, null));
    books.price("20993");
    assertThat(books.order(trail).stopPrice()).isEqualByComparingTo("20997");
    books.price("20997");
    assertThat(books.position()).isEqualTo("1@20997.25");
  }

  @Test
  void joinOrdersTakeTheBestOfTheirSide() {
    Outcome bid =
        books.exchange.place(
            new OrderRequest(ACCOUNT, MNQ, 6, 0, 1, null, null, null, null, null, null));
    Outcome ask =
        books.exchange.place(
            new OrderRequest(ACCOUNT, MNQ, 7, 1, 1, null, null, null, null, null, null));
    assertThat(books.order(bid).limitPrice()).isEqualByComparingTo("21000");
    assertThat(books.order(ask).limitPrice()).isEqualByComparingTo("21000.25");
  }

  @Test
  void partialFillsKeepTheOrderOpenUntilTheLast() {
    books.knobs.set("partial_fills", 2);
    Outcome placed = books.market(BUY, 5);
    assertThat(books.order(placed).fillVolume()).isEqualTo(2);
    assertThat(books.order(placed).status()).isEqualTo(OrderStatus.OPEN);
    books.pass(1);
    assertThat(books.position()).isEqualTo("4@21000.25");
    books.pass(1);
    assertThat(books.order(placed).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(books.trades()).hasSize(3);
  }

  @Test
  void aFillCanMoveTheUpdateTime() {
    Books slow = new Books();
    slow.knobs.set("update_on_fill", true);
    Outcome placed = slow.market(BUY, 1);
    slow.pass(3);
    assertThat(slow.order(placed).updated()).isEqualTo(slow.order(placed).created().plusMillis(3));
  }

  @Test
  void aForcedPriceMovesTheMarketAndFillsInOneStep() {
    Books slow = new Books();
    slow.told();
    slow.trader.roundTrip(ACCOUNT, "MNQ", SELL, 1, dec("21050"), dec("21060.25"));
    assertThat(slow.told())
        .isEqualTo(
            List.of(
                "order PENDING",
                "order FILLED",
                "trade 1",
                "position 2x1",
                "account true",
                "order PENDING",
                "order FILLED",
                "trade 1",
                "position 0x0",
                "account true"));
    assertThat(slow.trades()).last().isEqualTo("1@21060.25 pnl=-20.5 fees=0.36");
  }

  @Test
  void aHaltedContractNeitherTakesNorFillsOrders() {
    Outcome working = books.limit(BUY, 1, "20990");
    books.knobs.set("halt", "MNQ");
    assertThat(books.market(BUY, 1).message()).contains("not in an active trading status");
    books.price("20980");
    assertThat(books.order(working).status()).isEqualTo(OrderStatus.OPEN);
    books.knobs.set("halt", "");
    books.price("20979.75");
    assertThat(books.position()).isEqualTo("1@20990");
  }
}
