package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.state.Saved;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each lockout counts what was tried against it: in its scope, and since it began. */
class AttemptScopeTest extends WorldTest {
  private static final String ES_IS_BLOCKED = "symbol_blocks: {blocked_symbols: [ES]}";

  private static World esLocked() {
    World world = new World(ES_IS_BLOCKED);
    world.position("ES", 1, "6000").takePrinted();
    world.position("ES", 0, "6000").takePrinted();
    return world.at("14:01");
  }

  private static void attempts(World world, String rule, long expected) {
    assertThat(world.lockout(rule).attempts()).as(rule).isEqualTo(expected);
  }

  private static void order(World world, long id, String symbol) {
    world.order(id, symbol).buy(1).limit("1").send().takePrinted();
  }

  private static void cancelled(World world, long id, String symbol) {
    world.order(id, symbol).buy(1).limit("1").status(OrderStatus.CANCELLED).send().takePrinted();
  }

  private static void inAndOut(World world, String symbol) {
    world.position(symbol, 1, "6000").takePrinted();
    world.position(symbol, 0, "6000").takePrinted();
  }

  @Test
  void aLockoutOfASymbolCountsNothingOfAnother() {
    World world = esLocked();
    world.lockUntil("15:00").takePrinted();
    world.at("14:02");
    order(world, 5, "MNQ");
    inAndOut(world, "MNQ");
    inAndOut(world, "MNQ");
    attempts(world, "MANUAL", 2);
    attempts(world, "011", 0);
  }

  @Test
  void anOrderMetByTwoCountsOnceInEach() {
    World world = esLocked();
    world.lockUntil("15:00").takePrinted();
    world.at("14:02");
    order(world, 5, "ES");
    world.trade("ES", 1).order(5).send().takePrinted();
    inAndOut(world, "ES");
    attempts(world, "MANUAL", 1);
    attempts(world, "011", 1);
  }

  @Test
  void aNewLockoutBeginsWithNone() {
    World world = esLocked();
    order(world, 5, "ES");
    order(world, 6, "ES");
    world.lockUntil("15:00").takePrinted();
    attempts(world, "011", 2);
    attempts(world, "MANUAL", 0);
  }

  @Test
  void anOrderFromBeforeItCountsInTheOlderOneAlone() {
    World world = esLocked();
    order(world, 5, "ES");
    world.at("14:02").lockUntil("15:00").takePrinted();
    world.at("14:03").trade("ES", 1).order(5).send().takePrinted();
    inAndOut(world, "ES");
    attempts(world, "011", 1);
    attempts(world, "MANUAL", 0);
  }

  @Test
  void anOrderThatIsToldLateCountsByWhenItWasPlaced() {
    World world = esLocked();
    world.at("14:02").lockUntil("15:00").takePrinted();
    world.at("14:03").order(5, "ES").buy(1).created("14:01:59").send().takePrinted();
    world.order(6, "ES").buy(1).created("14:02:01").send().takePrinted();
    attempts(world, "011", 2);
    attempts(world, "MANUAL", 1);
  }

  @Test
  void partialFillsOverBothCountOnce() {
    World world = esLocked();
    world.trade("ES", 1).order(5).send().takePrinted();
    world.position("ES", 1, "6000").takePrinted();
    world.at("14:02").lockUntil("15:00").takePrinted();
    world.at("14:03").trade("ES", 1).order(5).send().takePrinted();
    world.position("ES", 2, "6000").takePrinted();
    attempts(world, "011", 1);
    attempts(world, "MANUAL", 0);
  }

  @Test
  void afterAnUnlockOnlyTheNextOneCounts() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world.lockUntil("15:00").takePrinted();
    world.at("14:01");
    inAndOut(world, "MNQ");
    Lockout first = world.lockout("MANUAL");
    assertThat(first.attempts()).isEqualTo(1);
    world.unlock("MANUAL").takePrinted();
    world.at("14:02").lockUntil("15:00").takePrinted();
    world.at("14:03");
    inAndOut(world, "MNQ");
    inAndOut(world, "MNQ");
    assertThat(world.lockout("MANUAL").id()).isNotEqualTo(first.id());
    attempts(world, "MANUAL", 2);
  }

  @Test
  void oneThatIsLengthenedCountsOn() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world.lockUntil("15:00").takePrinted();
    world.at("14:01");
    inAndOut(world, "MNQ");
    world.lockUntil("16:00").takePrinted();
    attempts(world, "MANUAL", 1);
  }

  @Test
  void aRestartCountsOnAndNothingTwice() {
    World world = esLocked();
    order(world, 5, "ES");
    world.trade("ES", 1).order(5).send().takePrinted();
    world.position("ES", 1, "6000").takePrinted();
    world.lockUntil("15:00").takePrinted();
    world.restart().at("14:05").snapshot().opened("14:01", "ES", 1).noOrders().send().takePrinted();
    attempts(world, "011", 1);
    attempts(world, "MANUAL", 0);
    world.position("ES", 0, "6000").takePrinted();
    world.trade("ES", 1).order(5).send().takePrinted();
    inAndOut(world, "ES");
    attempts(world, "011", 1);
    inAndOut(world, "ES");
    attempts(world, "011", 2);
    attempts(world, "MANUAL", 1);
  }

  @Test
  void aRestartInTheMiddleOfTheCloseThatTheRuleDecidedIsNoAttempt() {
    World world = new World(ES_IS_BLOCKED);
    world.position("ES", 1, "6000").takePrinted();
    world.restart().at("14:01").snapshot().opened("14:00", "ES", 1).noOrders().send().takePrinted();
    attempts(world, "011", 0);
  }

  @Test
  void ordersMadeWhileNobodyLookedAreMetByName() {
    World world = esLocked();
    world.disconnected().takePrinted();
    world
        .at("14:05")
        .snapshot()
        .opened("14:02", "ES", 2)
        .noOrders()
        .trade(world.trade("ES", 1).order(5).executed("14:02"))
        .trade(world.trade("ES", 1).order(6).executed("14:03"))
        .reconcile()
        .takePrinted();
    attempts(world, "011", 2);
  }

  @Test
  void aFillThatComesAfterItsPositionNamesIt() {
    World world = esLocked();
    world.position("ES", 1, "6000").takePrinted();
    world.trade("ES", 1).order(5).send().takePrinted();
    world.position("ES", 0, "6000").takePrinted();
    attempts(world, "011", 1);
    order(world, 6, "ES");
    attempts(world, "011", 2);
  }

  @Test
  void growthWhoseFillsCameLaterIsTheirOrders() {
    World world = esLocked();
    world.position("ES", 1, "6000").takePrinted();
    world.position("ES", 2, "6000").takePrinted();
    attempts(world, "011", 1);
    world.trade("ES", 1).order(5).send().takePrinted();
    attempts(world, "011", 1);
    world.trade("ES", 1).order(6).send().takePrinted();
    attempts(world, "011", 2);
  }

  @Test
  void whatWasOpenedAndClosedUnseenIsNoAttemptThatWasUndone() {
    World world = esLocked();
    world.disconnected().takePrinted();
    world
        .at("14:05")
        .snapshot()
        .flat()
        .noOrders()
        .trade(world.trade("ES", 1).order(5).executed("14:02"))
        .trade(world.trade("ES", -1).order(6).pnl("5").executed("14:03"))
        .reconcile()
        .takePrinted();
    attempts(world, "011", 0);
    inAndOut(world, "ES");
    attempts(world, "011", 1);
  }

  @Test
  void anOrderThatEndedUnfilledExplainsNoPosition() {
    World world = esLocked();
    order(world, 5, "ES");
    cancelled(world, 5, "ES");
    attempts(world, "011", 1);
    inAndOut(world, "ES");
    attempts(world, "011", 2);
  }

  @Test
  void thousandsOfOrdersAreCountedAndNotRemembered() {
    World world = esLocked();
    for (int id = 5; id < 1_005; id++) {
      order(world, id, "ES");
    }
    attempts(world, "011", 1_000);
    List<MemoryRow> rows =
        MemoryRow.changes(AccountState.empty(World.ME), world.books()).stream()
            .filter(row -> row.kind().equals(MemoryRow.TRIED))
            .toList();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().value().orElseThrow().length()).isLessThan(3_000);
  }

  @Test
  void aCountOfTheWholeAccountFromAnEarlierVersionIsPassedOver() {
    World world = esLocked();
    order(world, 5, "ES");
    Lockout lockout = world.lockout("011");
    Saved saved =
        new Saved(
            World.ME,
            List.of(lockout),
            List.of(),
            List.of(),
            Saved.nothing(World.ME).begun(),
            List.of(new MemoryRow("undone", "", Optional.of("3"))));
    AccountState restored = saved.restored(List.of(), Instant.parse("2025-10-31T14:02:00Z"));
    assertThat(restored.locks().active()).containsExactly(lockout);
    assertThat(restored.locks().attempts().ways().isEmpty()).isTrue();
  }
}
