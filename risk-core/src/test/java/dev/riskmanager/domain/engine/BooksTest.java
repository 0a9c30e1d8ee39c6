package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The books: what comes twice counts once, and the order of arrival does not matter. */
class BooksTest extends WorldTest {
  private World world;

  @BeforeEach
  void anEngine() {
    world = new World("");
    world.clock("14:00");
  }

  private Holding mnq() {
    return world.books().holding(World.id("MNQ"));
  }

  private DayLedger today() {
    var reset = world.state().rules().of(World.ME).orElseThrow().general().reset();
    return world.books().trades().day(reset);
  }

  private Money realized() {
    return today().realized(true);
  }

  @Test
  void whatComesTwiceChangesNothing() {
    world.position("MNQ", 1);
    world.trade("MNQ", 1).id(7).fees("0.74").send();
    world.order(5, "MNQ").buy(1).limit("1").send();
    world.canTrade(true);
    world.quote("ES", "6000");
    var before = world.state();
    world.position("MNQ", 1);
    world.trade("MNQ", 1).id(7).fees("0.74").send();
    world.order(5, "MNQ").buy(1).limit("1").send();
    world.canTrade(true);
    world.quote("ES", "6000");
    assertThat(world.state()).isEqualTo(before);
    assertThat(realized()).isEqualTo(Money.of("-0.74"));
  }

  @Test
  void aHalfTurnCountsItsFeesAndNoProfit() {
    world.trade("MNQ", 2).fees("1.48").send();
    assertThat(realized()).isEqualTo(Money.of("-1.48"));
    world.trade("MNQ", -2).pnl("20").fees("1.48").send();
    assertThat(realized()).isEqualTo(Money.of("17.04"));
  }

  @Test
  void aTradeThatIsVoidedLeavesTheSumsAndALateDuplicateDoesNotBringItBack() {
    world.trade("MNQ", -1).id(7).order(3).pnl("40").fees("0.74").send();
    assertThat(world.books().trades().fills().get(3)).isPresent();
    world.trade("MNQ", -1).id(7).order(3).pnl("40").fees("0.74").voided().send();
    assertThat(realized()).isEqualTo(Money.ZERO);
    assertThat(world.books().trades().fills().get(3)).isEmpty();

    world.trade("MNQ", -1).id(7).order(3).pnl("40").fees("0.74").send();

    assertThat(realized()).isEqualTo(Money.ZERO);
    assertThat(world.books().trades().fills().get(3)).isEmpty();
  }

  @Test
  void aVoidedTradeThatTheVenuesBooksShowAsValidCountsAgain() {
    world.trade("MNQ", -1).id(7).order(3).pnl("-40").fees("0.74").send();
    world.trade("MNQ", -1).id(7).order(3).pnl("-40").fees("0.74").voided().send();

    world.snapshot().trade(world.trade("MNQ", -1).id(7).order(3).pnl("-40").fees("0.74")).send();

    assertThat(realized()).isEqualTo(Money.of("-40.74"));
    assertThat(today().trades()).isEqualTo(1);
    assertThat(world.books().trades().fills().get(3)).isPresent();
    world.snapshot().trade(world.trade("MNQ", -1).id(7).order(3).pnl("-40").fees("0.74")).send();
    assertThat(realized()).isEqualTo(Money.of("-40.74"));
  }

  @Test
  void aTradeThatIsVoidFromTheStartIsNoTrade() {
    world.trade("MNQ", 1).id(7).pnl("-40").voided().send();
    assertThat(realized()).isEqualTo(Money.ZERO);
    assertThat(mnq().implied()).isZero();
  }

  // ---- a trade told again with other amounts

  @Test
  void anotherProfitOfTheSameTradeTakesThePlaceOfTheFirst() {
    world.trade("MNQ", -1).id(7).order(3).pnl("-400").fees("0.74").send();
    world.trade("MNQ", -1).id(7).order(3).pnl("-300").fees("0.74").send();
    assertThat(realized()).isEqualTo(Money.of("-300.74"));
    assertThat(today().trades()).isEqualTo(1);
    var order = world.books().trades().fills().get(3).orElseThrow();
    assertThat(order.profitAndLoss()).isEqualTo(Money.of("-300"));
    assertThat(order.fills()).isEqualTo(1);
  }

  @Test
  void aProfitThatWasMissingIsTakenInWhenItIsTold() {
    world.trade("MNQ", -1).id(7).order(3).send();
    world.snapshot().trade(world.trade("MNQ", -1).id(7).order(3).pnl("-300")).send();
    assertThat(realized()).isEqualTo(Money.of("-300"));
  }

  @Test
  void aKnownProfitIsNotReplacedByAMissingOne() {
    world.trade("MNQ", -1).id(7).order(3).pnl("-300").fees("0.74").send();
    var before = world.state();
    world.trade("MNQ", -1).id(7).order(3).send();
    assertThat(world.state()).isEqualTo(before);
    // Nor on the way over a voiding.
    world.trade("MNQ", -1).id(7).order(3).voided().send();
    assertThat(realized()).isEqualTo(Money.ZERO);
    world.snapshot().trade(world.trade("MNQ", -1).id(7).order(3)).send();
    assertThat(realized()).isEqualTo(Money.of("-300.74"));
  }

  @Test
  void feesThatWereMissingAreTakenInAndKnownOnesStay() {
    world.trade("MNQ", -1).id(7).pnl("-300").send();
    world.trade("MNQ", -1).id(7).pnl("-300").fees("0.74").send();
    assertThat(realized()).isEqualTo(Money.of("-300.74"));
    world.trade("MNQ", -1).id(7).pnl("-300").fees("0.37").send();
    assertThat(realized()).isEqualTo(Money.of("-300.74"));
  }

  @Test
  void aCorrectionMovesNoPosition() {
    world.trade("MNQ", 2).id(7).send();
    assertThat(mnq().implied()).isEqualTo(2);
    world.trade("MNQ", 2).id(7).fees("0.74").send();
    assertThat(mnq().implied()).isEqualTo(2);
  }

  @Test
  void aCorrectionLastsOverARestart() {
    world.trade("MNQ", -1).id(7).order(3).send();
    world.trade("MNQ", -1).id(7).order(3).pnl("-300").fees("0.74").send();
    var before = world.books().trades();
    world.restart().clock("14:00:01");
    assertThat(world.books().trades()).isEqualTo(before);
  }

  // ---- orders

  @Test
  void aWorkingOrderIsKeptUntilItEnds() {
    world.order(5, "MNQ").buy(2).limit("1").status(OrderStatus.PENDING).send();
    world.order(5, "MNQ").buy(2).limit("1").send();
    world.order(5, "MNQ").buy(2).limit("1").filled(1).send();
    assertThat(world.books().orders().get(5).orElseThrow().remaining()).isEqualTo(1);
    world.order(5, "MNQ").buy(2).limit("1").filled(2).status(OrderStatus.FILLED).send();
    assertThat(world.books().orders().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      names = {"FILLED", "CANCELLED", "EXPIRED", "REJECTED"})
  void anOrderThatEndedDoesNotComeBackThroughALateEvent(OrderStatus end) {
    world.order(5, "MNQ").status(end).send();
    world.order(5, "MNQ").send();
    world.order(6, "MNQ").send();
    assertThat(world.books().orders().containsKey(5)).isFalse();
    assertThat(world.books().orders().containsKey(6)).isTrue();
  }

  @Test
  void anOlderEventOfAnOrderDoesNotUndoANewerOne() {
    world.at("14:00:02").order(5, "MNQ").sell(2).stop("19990").filled(1).send();
    world.order(5, "MNQ").sell(2).stop("19980").updated("14:00:01").filled(1).send();
    world.order(5, "MNQ").sell(2).stop("19990").filled(0).send();
    world.order(5, "MNQ").sell(2).stop("19990").filled(1).status(OrderStatus.PENDING).send();
    var kept = world.books().orders().get(5).orElseThrow();
    assertThat(kept.stopPrice().orElseThrow()).hasToString("19990.00");
    assertThat(kept.filled()).isEqualTo(1);
    assertThat(kept.status()).isEqualTo(OrderStatus.OPEN);
    world.at("14:00:03").order(5, "MNQ").sell(2).stop("19980").filled(1).send();
    assertThat(world.books().orders().get(5).orElseThrow().stopPrice().orElseThrow())
        .hasToString("19980.00");
  }

  @Test
  void anOrderThatASnapshotShowsIsWorkingWhateverWasHeard() {
    world.order(5, "MNQ").status(OrderStatus.CANCELLED).send();
    world.order(6, "MNQ").send();
    world.snapshot().order(world.order(5, "MNQ")).send();
    assertThat(world.books().orders().containsKey(5)).isTrue();
    assertThat(world.books().orders().containsKey(6)).isFalse();
    world.order(6, "MNQ").send();
    assertThat(world.books().orders().containsKey(6)).isFalse();
  }

  // ---- positions and fills in any order

  @Test
  void aFillIsImpliedUntilThePositionShowsIt() {
    world.trade("MNQ", 2).send();
    assertThat(mnq().signedSize()).isZero();
    assertThat(mnq().implied()).isEqualTo(2);
    world.position("MNQ", 2);
    assertThat(mnq().implied()).isEqualTo(2);
    assertThat(mnq().pending()).isEmpty();
  }

  @Test
  void aPositionThatComesBeforeItsFillIsNotCountedTwice() {
    world.position("MNQ", 2);
    world.at("14:00:00.040").trade("MNQ", 1).executed("13:59:59.990").send();
    world.trade("MNQ", 1).executed("13:59:59.991").send();
    assertThat(mnq().implied()).isEqualTo(2);
    assertThat(mnq().shown()).isEmpty();
    world.at("14:01").trade("MNQ", 1).send();
    assertThat(mnq().implied()).isEqualTo(3);
  }

  /** A fill cannot have been executed after it arrived: the venue's clock is ahead of ours. */
  @Test
  void aClockOfTheVenueThatIsAheadDoesNotCountAFillTwice() {
    world.position("MNQ", 3);
    world.at("14:00:00.040").trade("MNQ", 3).executed("14:00:02.990").send();
    assertThat(mnq().implied()).isEqualTo(3);
    world.at("14:00:10").position("MNQ", 1);
    world.at("14:00:10.020").trade("MNQ", -2).pnl("6").executed("14:00:12.980").send();
    assertThat(mnq().held()).isEqualTo(1);
    world.at("14:00:11").trade("MNQ", 1).executed("14:00:13").send();
    assertThat(mnq().implied()).isEqualTo(2);
  }

  @Test
  void severalFillsShownByOnePosition() {
    world.trade("MNQ", 1).send();
    world.trade("MNQ", 1).send();
    world.trade("MNQ", -1).send();
    world.position("MNQ", 2);
    assertThat(mnq().pending()).extracting(Holding.Unseen::signedSize).containsExactly(-1L);
    assertThat(mnq().implied()).isEqualTo(1);
    assertThat(mnq().held()).isEqualTo(1);
    world.position("MNQ", 1);
    assertThat(mnq().pending()).isEmpty();
  }

  @Test
  void thePositionIsTheAuthority() {
    world.trade("MNQ", 1).send();
    world.position("MNQ", 5);
    assertThat(mnq().implied()).isEqualTo(5);
    assertThat(mnq().pending()).isEmpty();
  }

  @Test
  void aClosingFillNeverOpensTheOtherSide() {
    world.trade("MNQ", -3).pnl("-40").send();
    assertThat(mnq().implied()).isZero();
    world.position("MNQ", 2);
    world.at("14:01").trade("MNQ", -3).pnl("-40").send();
    assertThat(mnq().implied()).isZero();
    assertThat(mnq().held()).isZero();
    world.position("MNQ", -1);
    assertThat(mnq().implied()).isEqualTo(-1);
  }

  @Test
  void aSnapshotIsTheWholeTruthOfTheAccountsItNames() {
    world.position("MNQ", 2);
    world.trade("MNQ", 1).send();
    world.position("ES", 1, "6000");
    world.account(2).position("MNQ", 7);
    world.account(1).snapshot().listed(true).position("MNQ", 1, "20000").send();
    assertThat(mnq().implied()).isEqualTo(1);
    assertThat(world.books().holdings().size()).isEqualTo(1);
    assertThat(world.account(2).books().holding(World.id("MNQ")).signedSize()).isEqualTo(7);
  }

  @Test
  void whatASnapshotDidNotReadStays() {
    world.position("MNQ", 2);
    world.order(5, "MNQ").sell(2).stop("1").send();
    world.snapshot().listed(true).send();
    world.snapshot().trade(world.trade("ES", 1)).send();
    assertThat(mnq().signedSize()).isEqualTo(2);
    assertThat(world.books().orders().containsKey(5)).isTrue();
    world.snapshot().flat().noOrders().send();
    assertThat(world.books().isFlat()).isTrue();
    assertThat(world.books().orders().isEmpty()).isTrue();
  }

  @Test
  void timeNeverGoesBack() {
    world.clock("14:05");
    world.clock("14:01");
    assertThat(world.state().now()).isEqualTo(world.instant("14:05"));
  }

  @Test
  void accountsThatHoldAContractAreFoundByIt() {
    world.position("MNQ", 1);
    world.account(2).position("MNQ", 1);
    assertThat(world.state().holders().get(World.id("MNQ")).orElseThrow().size()).isEqualTo(2);
    world.position("MNQ", 0);
    assertThat(world.state().holders().get(World.id("MNQ")).orElseThrow().size()).isEqualTo(1);
    world.account(1).position("MNQ", 0);
  }
}
