package dev.riskmanager.sim.exchange;

import static dev.riskmanager.sim.exchange.Books.ACCOUNT;
import static dev.riskmanager.sim.exchange.Books.MNQ;
import static dev.riskmanager.sim.exchange.Books.dec;
import static dev.riskmanager.sim.exchange.OrderSide.BUY;
import static dev.riskmanager.sim.exchange.OrderSide.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.api.Codes;
import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.exchange.OrderRequest.Bracket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the venue refuses, with its codes and its words. */
class RefusalTest {
  private final Books books = Books.instant();

  private static @Nullable BigDecimal optional(@Nullable String price) {
    return price == null ? null : dec(price);
  }

  /** Boundaries on both sides; the market is at 21000, the tick 0.25, the price band 50 %. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          1 | 0 | 1 | 20999.75  | -        | -        | -
          1 | 0 | 1 | 20999.80  | -        | -        | Invalid limit price. Price is not aligned to tick size.
          1 | 0 | 1 | -         | -        | -        | Invalid limit price. Price is required.
          1 | 1 | 1 | 31500     | -        | -        | -
          1 | 1 | 1 | 31500.25  | -        | -        | Invalid price. Price is outside allowed range.
          4 | 1 | 1 | -         | 20999.75 | -        | -
          4 | 1 | 1 | -         | 21000    | -        | Invalid price. Price is outside allowed range.
          4 | 0 | 1 | -         | 21000.25 | -        | -
          4 | 0 | 1 | -         | 21000    | -        | Invalid price. Price is outside allowed range.
          4 | 0 | 1 | -         | 21000.30 | -        | Invalid stop price. Price is not aligned to tick size.
          4 | 0 | 1 | -         | -        | -        | Invalid stop price. Price is required.
          5 | 1 | 1 | -         | -        | 20990    | -
          5 | 1 | 1 | -         | -        | 20990.10 | Invalid trail price. Price is not aligned to tick size.
          5 | 1 | 1 | -         | -        | -        | Trail Distance not set.
          5 | 1 | 1 | -         | -        | 20750    | -
          5 | 1 | 1 | -         | -        | 20749.75 | Trail Distance exceeds maximum (1000)
          2 | 0 | 0 | -         | -        | -        | Invalid order size.
          2 | 0 | 1 | -         | -        | -        | -
          9 | 0 | 1 | -         | -        | -        | Invalid order type or side.
          2 | 2 | 1 | -         | -        | -        | Invalid order type or side.
          """)
  void pricesSizesAndTypes(
      int type,
      int side,
      int size,
      @Nullable String limit,
      @Nullable String stop,
      @Nullable String trail,
      @Nullable String text) {
    Outcome outcome =
        books.exchange.place(
            new OrderRequest(
                ACCOUNT,
                MNQ,
                type,
                side,
                size,
                optional(limit),
                optional(stop),
                optional(trail),
                null,
                null,
                null));
    assertThat(outcome.message()).isEqualTo(text);
    assertThat(outcome.reason()).isEqualTo(text == null ? Reason.OK : Reason.REJECTED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          0 | -4  | 4 | 4   | 1 | -
          0 | 40  | 4 | 80  | 1 | Invalid stop loss ticks (40). Ticks should be less than zero when longing.
          0 | -40 | 4 | -80 | 1 | Invalid take profit ticks (-80). Ticks should be greater than zero when going long.
          0 | -1  | 4 | 80  | 1 | Invalid stop loss ticks (-1). Price should be at least 4 ticks away.
          0 | -3  | 4 | 80  | 1 | Invalid stop loss ticks (-3). Price should be at least 4 ticks away.
          0 | -40 | 4 | 3   | 1 | Invalid take profit ticks (3). Price should be at least 4 ticks away.
          0 | -40 | 1 | 80  | 1 | Invalid stop loss type (Limit)
          0 | -40 | 4 | 80  | 4 | Invalid take profit type (Stop)
          1 | 4   | 5 | -4  | 1 | -
          1 | -40 | 4 | -80 | 1 | Invalid stop loss ticks (-40). Ticks should be greater than zero when shorting.
          1 | 40  | 4 | 30  | 1 | Invalid take profit ticks (30). Ticks should be less than zero when going short.
          """)
  void brackets(
      int side, int stop, int stopType, int target, int targetType, @Nullable String text) {
    Outcome outcome =
        books.exchange.place(
            OrderRequest.market(ACCOUNT, MNQ, side == 0 ? BUY : SELL, 1)
                .withBrackets(new Bracket(stop, stopType), new Bracket(target, targetType)));
    assertThat(outcome.message()).isEqualTo(text);
  }

  @Test
  void positionBracketAccountsTakeNoBracketsButKeepTheRejectedOrder() {
    books.knobs.set("bracket_mode", Map.of("accountId", ACCOUNT, "value", "position"));
    books.told();
    Outcome outcome =
        books.exchange.place(
            OrderRequest.market(ACCOUNT, MNQ, BUY, 1).withBrackets(new Bracket(-40, 4), null));
    assertThat(outcome.message())
        .isEqualTo(
            "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.");
    assertThat(books.order(outcome).status()).isEqualTo(OrderStatus.REJECTED);
    assertThat(books.told()).containsExactly("order REJECTED");
    assertThat(
            books
                .exchange
                .place(
                    OrderRequest.market(Books.OTHER, MNQ, BUY, 1)
                        .withBrackets(new Bracket(-40, 4), null))
                .ok())
        .isTrue();
  }

  @Test
  void aTagIsGoodOnceEvenOnARejectedOrder() {
    OrderRequest wrong = OrderRequest.limit(ACCOUNT, MNQ, BUY, 1, dec("20999.80")).withTag("t");
    assertThat(books.exchange.place(wrong).ok()).isFalse();
    OrderRequest right = OrderRequest.market(ACCOUNT, MNQ, BUY, 1).withTag("t");
    assertThat(books.exchange.place(right).message())
        .isEqualTo("Specified custom tag is already in use");
    assertThat(books.exchange.place(right.withTag("u")).ok()).isTrue();
  }

  @Test
  void aRejectionIsToldTwoMillisecondsLater() {
    Books slow = new Books();
    slow.told();
    Outcome outcome = slow.market(BUY, 0);
    slow.pass(1);
    assertThat(slow.told()).isEmpty();
    slow.pass(1);
    assertThat(slow.told()).containsExactly("order REJECTED");
    assertThat(slow.order(outcome).updated())
        .isEqualTo(slow.order(outcome).created().plusMillis(2));
  }

  @Test
  void unknownAccountsAndContracts() {
    assertThat(books.exchange.place(OrderRequest.market(1, MNQ, BUY, 1)).reason())
        .isEqualTo(Reason.ACCOUNT_NOT_FOUND);
    assertThat(books.exchange.place(OrderRequest.market(ACCOUNT, "CON.X", BUY, 1)).reason())
        .isEqualTo(Reason.CONTRACT_NOT_FOUND);
    OrderRequest other = OrderRequest.market(ACCOUNT, "CON.F.US.MNQ.Z25", BUY, 1);
    assertThat(books.exchange.place(other).ok()).isTrue();
    books.knobs.set("reject_inactive", true);
    assertThat(books.exchange.place(other).reason()).isEqualTo(Reason.CONTRACT_NOT_ACTIVE);
  }

  @Test
  void aLockedAccountTakesNoOrdersButMayClose() {
    books.market(BUY, 1);
    books.told();
    books.knobs.set("can_trade", Map.of("accountId", ACCOUNT, "value", false));
    assertThat(books.told()).containsExactly("account false");
    assertThat(books.market(BUY, 1).reason()).isEqualTo(Reason.ACCOUNT_VIOLATION);
    books.knobs.set("can_trade_code", 10);
    assertThat(books.market(BUY, 1).reason()).isEqualTo(Reason.ACCOUNT_REJECTED);
    books.knobs.set("closes_when_locked", false);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).reason())
        .isEqualTo(Reason.ACCOUNT_REJECTED);
    books.knobs.set("closes_when_locked", null);
    assertThat(books.exchange.close(ACCOUNT, MNQ, null).ok()).isTrue();
    books.told();
    books.knobs.set("can_trade", true);
    assertThat(books.told()).containsExactly("account true");
    assertThat(books.market(BUY, 1).ok()).isTrue();
  }

  @Test
  void aSizeLimitCountsAllContractsButNeverStopsAReduction() {
    books.knobs.set("max_position", 3);
    assertThat(books.market(BUY, 3).ok()).isTrue();
    assertThat(books.market(BUY, 1).message()).isEqualTo("Not enough margin.");
    books.knobs.set("max_position", 1);
    assertThat(books.market(SELL, 1).ok()).isTrue();
  }

  @Test
  void toldToRejectItDoesSoManyTimes() {
    books.knobs.set("reject_orders", Map.of("text", "Not today.", "times", 2));
    assertThat(books.market(BUY, 1).message()).isEqualTo("Not today.");
    assertThat(books.market(BUY, 1).message()).isEqualTo("Not today.");
    assertThat(books.market(BUY, 1).ok()).isTrue();
  }

  @Test
  void outsideTheSessionItRejectsWithTheRecordedText() {
    books.knobs.set("sessions", true);
    books.now = Instant.parse("2026-08-19T20:09:59.999Z");
    assertThat(books.market(BUY, 1).ok()).isTrue();
    books.now = Instant.parse("2026-08-19T20:10:00Z");
    Outcome refused = books.market(BUY, 1);
    assertThat(refused.message()).isEqualTo(OrderChecks.NOT_TRADING);
    assertThat(Codes.of(Operation.ORDER_PLACE, refused.reason())).isEqualTo(2);
    books.knobs.set("session_code", 5);
    assertThat(Codes.of(Operation.ORDER_PLACE, books.market(BUY, 1).reason())).isEqualTo(5);
    books.now = Instant.parse("2026-08-19T22:00:00Z");
    assertThat(books.market(BUY, 1).ok()).isTrue();
  }

  @Test
  void theVenueFlattensEverybodyBeforeItsBreak() {
    books.knobs.set("sessions", true);
    books.market(BUY, 2);
    Outcome working = books.limit(BUY, 1, "20990");
    books.now = Instant.parse("2026-08-19T20:07:59Z");
    books.exchange.sessionCheck();
    assertThat(books.position()).isEqualTo("2@21000.25");
    books.now = Instant.parse("2026-08-19T20:08:00Z");
    books.exchange.sessionCheck();
    assertThat(books.position()).isEqualTo("flat");
    assertThat(books.order(working).status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(books.orders().getLast().customTag()).isNull();
  }
}
