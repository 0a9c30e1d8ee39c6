package dev.riskmanager.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.OrderStatus;
import dev.riskmanager.sim.exchange.OrderView;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A venue that was killed goes on with the books it had written. */
class LedgerFileTest {
  private static final long ME = 501;

  @TempDir private Path directory;

  private SimVenue venue() {
    return SimVenue.builder(InstantSource.system())
        .instant()
        .account(ME)
        .account(502)
        .ledger(directory.resolve("ledger.jsonl"))
        .start();
  }

  @Test
  void theBooksOfAnEarlierProcessAreGoneOnWith() throws Exception {
    List<OrderView> orders;
    try (SimVenue first = venue()) {
      first.price("MNQ", new BigDecimal("21000"));
      first.trade(ME, "MNQ", OrderSide.BUY, 3);
      first.trade(ME, "MNQ", OrderSide.SELL, 1);
      first.trade(502, "ES", OrderSide.SELL, 1);
      first.trade(502, "ES", OrderSide.BUY, 1);
      first.halfTurn(ME, "MNQ", new BigDecimal("-170.50"));
      first.order(stop(first));
      orders = first.orders(ME);
    }
    Files.writeString(
        directory.resolve("ledger.jsonl"), "{\"at\":\"2026-", StandardOpenOption.APPEND);

    try (SimVenue second = venue()) {
      assertThat(second.positions(ME))
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.size()).isEqualTo(2);
                assertThat(p.type()).isEqualTo(1);
              });
      assertThat(second.positions(502)).isEmpty();
      assertThat(second.trades(ME)).hasSize(3);
      assertThat(second.orders(ME))
          .extracting(OrderView::id, OrderView::status, OrderView::size)
          .containsExactlyElementsOf(
              orders.stream()
                  .map(o -> org.assertj.core.groups.Tuple.tuple(o.id(), o.status(), o.size()))
                  .toList());
      long newest = orders.getLast().id();
      assertThat(second.cancel(ME, newest).ok()).isTrue();
      assertThat(second.trade(ME, "MNQ", OrderSide.SELL, 2).orderId()).isGreaterThan(newest);
      assertThat(second.positions(ME)).isEmpty();
    }
    // The half line is gone, and what came after it can be read.
    try (SimVenue third = venue()) {
      assertThat(third.positions(ME)).isEmpty();
      assertThat(third.trades(ME)).hasSize(4);
    }
  }

  @Test
  void anOrderOnItsWayIsCancelledWhenTheVenueComesBack() {
    try (SimVenue first = venue()) {
      first.knob("fill_ms", 60_000);
      first.trade(ME, "MNQ", OrderSide.BUY, 1);
      assertThat(first.orders(ME))
          .extracting(OrderView::status)
          .containsExactly(OrderStatus.PENDING);
    }
    for (int i = 0; i < 2; i++) {
      try (SimVenue again = venue()) {
        assertThat(again.orders(ME))
            .extracting(OrderView::status)
            .containsExactly(OrderStatus.CANCELLED);
        assertThat(again.positions(ME)).isEmpty();
      }
    }
  }

  private static OrderRequest stop(SimVenue venue) {
    return new OrderRequest(
        ME,
        venue.contract("MNQ").id(),
        4,
        OrderSide.SELL.code(),
        2,
        null,
        new BigDecimal("20900"),
        null,
        null,
        null,
        null);
  }
}
