package dev.riskmanager.sim.exchange;

import static dev.riskmanager.sim.exchange.Books.ACCOUNT;
import static dev.riskmanager.sim.exchange.Books.MNQ;
import static dev.riskmanager.sim.exchange.OrderSide.BUY;
import static dev.riskmanager.sim.exchange.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.exchange.OrderRequest.Bracket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Auto-OCO brackets from suspended children to the sibling's cancel. */
class BracketTest {
  private final Books books = new Books();

  private Outcome bracketed(OrderSide side, int stopTicks, int targetTicks) {
    return books.exchange.place(
        OrderRequest.market(ACCOUNT, MNQ, side, 1)
            .withTag("a1")
            .withBrackets(new Bracket(stopTicks, 4), new Bracket(targetTicks, 1)));
  }

  @Test
  void childrenAreSuspendedThenWorkAtOffsetsFromTheFill() {
    books.told();
    Outcome entry = bracketed(BUY, -40, 80);
    assertThat(books.told())
        .containsExactly("order a1-SL SUSPENDED", "order a1 PENDING", "order a1-TP SUSPENDED");
    OrderView stop = books.orders().get(1);
    OrderView target = books.orders().get(2);
    long id = entry.orderId() == null ? 0 : entry.orderId();
    assertThat(stop.id()).isEqualTo(id + 1);
    assertThat(target.id()).isEqualTo(id + 2);
    assertThat(stop.created()).isEqualTo(books.order(entry).created());
    assertThat(stop.stopPrice()).isNull();
    assertThat(stop.trailDistance()).isEqualTo(-40);
    assertThat(stop.trailPrice()).isEqualByComparingTo("-10");
    assertThat(stop.parentOrderId()).isEqualTo(id);
    assertThat(stop.linkedOrderId()).isNull();
    assertThat(target.linkedOrderId()).isEqualTo(id + 1);

    books.pass(3);
    assertThat(books.told())
        .containsExactly("order a1 FILLED", "trade 1", "position 1x1", "account true");
    books.pass(17);
    assertThat(books.told()).isEmpty();
    books.pass(1);
    assertThat(books.told()).containsExactly("order a1-TP OPEN", "order a1-SL OPEN");
    assertThat(books.orders().get(1).stopPrice()).isEqualByComparingTo("20990.25");
    assertThat(books.orders().get(2).limitPrice()).isEqualByComparingTo("21020.25");
  }

  @Test
  void aShortHasItsStopAbove() {
    bracketed(SELL, 40, -80);
    books.pass(30);
    assertThat(books.orders().get(1).stopPrice()).isEqualByComparingTo("21010");
    assertThat(books.orders().get(2).limitPrice()).isEqualByComparingTo("20980");
  }

  @Test
  void whenALegFillsTheOtherIsCancelledTwelveMillisecondsLater() {
    bracketed(BUY, -40, 80);
    books.pass(30);
    books.told();
    books.price("21020.25");
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.told()).startsWith("order a1-TP FILLED");
    books.pass(11);
    assertThat(books.told()).isEmpty();
    books.pass(1);
    assertThat(books.told()).containsExactly("order a1-SL CANCELLED");
  }

  @Test
  void childrenOfARestingEntryWaitForItsFillAndGoWithItsCancel() {
    Outcome entry =
        books.exchange.place(
            OrderRequest.limit(ACCOUNT, MNQ, BUY, 1, Books.dec("20990"))
                .withBrackets(new Bracket(-10, 4), null));
    books.pass(1_000);
    assertThat(books.orders())
        .extracting(OrderView::status)
        .containsExactly(OrderStatus.OPEN, OrderStatus.SUSPENDED);
    books.exchange.cancel(ACCOUNT, entry.orderId() == null ? 0 : entry.orderId());
    assertThat(books.orders())
        .extracting(OrderView::status)
        .containsExactly(OrderStatus.CANCELLED, OrderStatus.CANCELLED);
  }

  @Test
  void cancellingOneLegLeavesTheOther() {
    bracketed(BUY, -40, 80);
    books.pass(30);
    books.exchange.cancel(ACCOUNT, books.orders().get(1).id());
    books.pass(30);
    assertThat(books.orders())
        .extracting(OrderView::status)
        .containsExactly(OrderStatus.FILLED, OrderStatus.CANCELLED, OrderStatus.OPEN);
  }

  @Test
  void aTrailingLegFollowsTheMarket() {
    books.exchange.place(
        OrderRequest.market(ACCOUNT, MNQ, BUY, 1).withBrackets(new Bracket(-8, 5), null));
    books.pass(30);
    assertThat(books.orders().get(1).stopPrice()).isEqualByComparingTo("20998.25");
    books.price("21005");
    assertThat(books.orders().get(1).stopPrice()).isEqualByComparingTo("21003");
  }

  @Test
  void closeContractLeavesTheLegsWorkingAndOneCanOpenTheOppositePosition() {
    bracketed(BUY, -40, 80);
    books.pass(30);
    books.exchange.close(ACCOUNT, MNQ, null);
    books.pass(30);
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.exchange.reader().working(ACCOUNT)).hasSize(2);
    books.price("20990");
    books.pass(30);
    assertThat(books.position()).isEqualTo("-1@20990");
  }

  @Test
  void closeCanBeMadeToCancelThem() {
    books.knobs.set("close_cancels_brackets", true);
    bracketed(BUY, -40, 80);
    books.pass(30);
    books.exchange.close(ACCOUNT, MNQ, null);
    books.pass(30);
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.exchange.reader().working(ACCOUNT)).isEmpty();
  }

  @Test
  void legsCanBeMissingRejectedOrNumberedWithAGap() {
    books.knobs.set("bracket_failure", "missing_stop");
    bracketed(BUY, -40, 80);
    books.pass(30);
    assertThat(books.orders()).hasSize(2);
    assertThat(books.orders().get(1).type()).isEqualTo(OrderType.LIMIT);

    Books failing = new Books();
    failing.knobs.set("bracket_failure", "activation");
    failing.knobs.set("bracket_id_gap", 1);
    Outcome entry =
        failing.exchange.place(
            OrderRequest.market(ACCOUNT, MNQ, BUY, 1)
                .withBrackets(new Bracket(-40, 4), new Bracket(80, 1)));
    failing.pass(30);
    List<OrderView> orders = failing.orders();
    assertThat(orders.get(1).id()).isEqualTo((entry.orderId() == null ? 0 : entry.orderId()) + 2);
    assertThat(orders.get(2).id()).isEqualTo(orders.get(1).id() + 1);
    assertThat(orders)
        .extracting(OrderView::status)
        .containsExactly(OrderStatus.FILLED, OrderStatus.REJECTED, OrderStatus.REJECTED);
  }

  @Test
  void anEntryCancelledHalfFilledStillGetsItsLegsForWhatItHolds() {
    books.knobs.set("partial_fills", 2);
    books.knobs.set("fill_ms", 100);
    Outcome entry =
        books.exchange.place(
            OrderRequest.market(ACCOUNT, MNQ, BUY, 5).withBrackets(new Bracket(-40, 4), null));
    books.pass(100);
    books.exchange.cancel(ACCOUNT, entry.orderId() == null ? 0 : entry.orderId());
    books.pass(200);
    assertThat(books.position()).isEqualTo("2@21000.25");
    assertThat(books.orders().get(1).status()).isEqualTo(OrderStatus.OPEN);
    assertThat(books.orders().get(1).size()).isEqualTo(2);
  }
}
