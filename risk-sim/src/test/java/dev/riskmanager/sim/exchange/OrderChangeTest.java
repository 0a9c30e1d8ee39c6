package dev.riskmanager.sim.exchange;

import static dev.riskmanager.sim.exchange.Books.ACCOUNT;
import static dev.riskmanager.sim.exchange.Books.MNQ;
import static dev.riskmanager.sim.exchange.Books.OTHER;
import static dev.riskmanager.sim.exchange.Books.dec;
import static dev.riskmanager.sim.exchange.OrderSide.BUY;
import static dev.riskmanager.sim.exchange.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.api.Reason;
import org.junit.jupiter.api.Test;

/** Modifying, cancelling, closing. */
class OrderChangeTest {
  private final Books books = Books.instant();

  private static long id(Outcome outcome) {
    return outcome.orderId() == null ? 0 : outcome.orderId();
  }

  private Outcome modify(Outcome order, OrderChange change) {
    return books.exchange.modify(ACCOUNT, id(order), change);
  }

  @Test
  void onlyTheMembersGivenChange() {
    Outcome order = books.limit(BUY, 2, "20990");
    books.now = books.now.plusSeconds(1);
    books.told();
    assertThat(modify(order, new OrderChange(null, dec("20991"), null, null)).ok()).isTrue();
    assertThat(books.order(order).size()).isEqualTo(2);
    assertThat(books.order(order).limitPrice()).isEqualByComparingTo("20991");
    assertThat(books.order(order).updated()).isEqualTo(books.now);
    assertThat(books.told()).containsExactly("order OPEN");
    modify(order, new OrderChange(3, null, null, null));
    assertThat(books.order(order).size()).isEqualTo(3);
    assertThat(books.order(order).limitPrice()).isEqualByComparingTo("20991");
  }

  @Test
  void aChangedPriceIsChecked() {
    Outcome stop = books.stop(SELL, 1, "20990");
    Outcome refused = modify(stop, new OrderChange(null, null, dec("21000"), null));
    assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
    assertThat(refused.message()).isEqualTo("Invalid price. Price is outside allowed range.");
    assertThat(books.order(stop).stopPrice()).isEqualByComparingTo("20990");
    assertThat(modify(stop, new OrderChange(0, null, null, null)).message())
        .isEqualTo("Invalid order size.");
  }

  @Test
  void aLimitMovedIntoTheMarketFills() {
    Outcome order = books.limit(BUY, 1, "20990");
    modify(order, new OrderChange(null, dec("21000.25"), null, null));
    assertThat(books.position()).isEqualTo("1@21000.25");
  }

  @Test
  void aTrailingStopGetsANewDistanceWithoutAMaximum() {
    Outcome order =
        books.exchange.place(
            new OrderRequest(ACCOUNT, MNQ, 5, 1, 1, null, null, dec("20990"), null, null, null));
    assertThat(modify(order, new OrderChange(null, null, null, dec("20000"))).ok()).isTrue();
    assertThat(books.order(order).trailDistance()).isEqualTo(4000);
    assertThat(books.order(order).stopPrice()).isEqualByComparingTo("20000");
  }

  @Test
  void whatIsFinishedOrAnothersCannotBeChanged() {
    Outcome order = books.limit(BUY, 1, "20990");
    assertThat(
            books.exchange.modify(OTHER, id(order), new OrderChange(2, null, null, null)).reason())
        .isEqualTo(Reason.ORDER_NOT_FOUND);
    assertThat(books.exchange.cancel(OTHER, id(order)).reason()).isEqualTo(Reason.ORDER_NOT_FOUND);
    assertThat(books.exchange.cancel(1, id(order)).reason()).isEqualTo(Reason.ACCOUNT_NOT_FOUND);
    assertThat(books.exchange.cancel(ACCOUNT, id(order)).ok()).isTrue();
    assertThat(books.exchange.cancel(ACCOUNT, id(order)).reason())
        .isEqualTo(Reason.ORDER_NOT_FOUND);
    assertThat(modify(order, new OrderChange(2, null, null, null)).reason())
        .isEqualTo(Reason.ORDER_NOT_FOUND);
    books.knobs.set("cancel_finished_code", 5);
    assertThat(books.exchange.cancel(ACCOUNT, id(order)).reason()).isEqualTo(Reason.UNKNOWN_ERROR);
  }

  @Test
  void aPendingMarketOrderCannotBeCancelled() {
    Books slow = new Books();
    Outcome order = slow.market(BUY, 1);
    assertThat(slow.exchange.cancel(ACCOUNT, id(order)).reason()).isEqualTo(Reason.PENDING);
    slow.pass(3);
    assertThat(slow.position()).isEqualTo("1@21000.25");
  }

  @Test
  void closeClosesTheWholeWithAnUntaggedMarketOrder() {
    books.market(BUY, 3);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).ok()).isTrue();
    assertThat(books.position()).isEqualTo("flat");
    OrderView close = books.orders().getLast();
    assertThat(close.type()).isEqualTo(OrderType.MARKET);
    assertThat(close.side()).isEqualTo(SELL);
    assertThat(close.size()).isEqualTo(3);
    assertThat(close.customTag()).isNull();
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).reason())
        .isEqualTo(Reason.POSITION_NOT_FOUND);
  }

  @Test
  void aPartialCloseTakesOneToAllContracts() {
    books.market(SELL, 3);
    for (int wrong : new int[] {-1, 0, 4}) {
      assertThat(books.exchange.close(ACCOUNT, MNQ, wrong).reason()).isEqualTo(Reason.INVALID_SIZE);
    }
    assertThat(books.exchange.close(ACCOUNT, MNQ, 1).ok()).isTrue();
    assertThat(books.position()).isEqualTo("-2@21000");
    assertThat(books.exchange.close(ACCOUNT, MNQ, 2).ok()).isTrue();
    assertThat(books.position()).isEqualTo("flat");
  }

  @Test
  void twoClosesAtOnceCloseOnceUnlessToldOtherwise() {
    Books slow = new Books();
    slow.market(BUY, 1);
    slow.pass(3);
    slow.exchange.close(ACCOUNT, MNQ, null);
    slow.exchange.close(ACCOUNT, MNQ, null);
    slow.pass(3);
    assertThat(slow.position()).isEqualTo("flat");
    assertThat(slow.orders().getLast().status()).isEqualTo(OrderStatus.CANCELLED);

    slow.knobs.set("close_can_flip", true);
    slow.market(BUY, 1);
    slow.pass(3);
    slow.exchange.close(ACCOUNT, MNQ, null);
    slow.exchange.close(ACCOUNT, MNQ, null);
    slow.pass(3);
    assertThat(slow.position()).isEqualTo("-1@21000");
  }

  @Test
  void aCloseCanNeedSeveralAttempts() {
    books.market(BUY, 1);
    books.knobs.set("close_attempts", 3);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).reason()).isEqualTo(Reason.REJECTED);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).reason()).isEqualTo(Reason.REJECTED);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).ok()).isTrue();
  }

  @Test
  void aCloseInAHaltIsRejected() {
    books.market(BUY, 1);
    books.knobs.set("halt", true);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).reason()).isEqualTo(Reason.REJECTED);
    books.knobs.set("halt", false);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).ok()).isTrue();
  }
}
