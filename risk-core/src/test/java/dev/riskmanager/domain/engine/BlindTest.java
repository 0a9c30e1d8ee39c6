package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided while nobody sees an account, and what ends it. */
class BlindTest extends WorldTest {
  private static final String LOSS =
      "daily_realized_loss: {limit: -500, reset_time: \"17:00\", timezone: America/Chicago}\n";

  private static String blind(String policy) {
    return "general: {blind: {policy: " + policy + ", after: 30s}}\n" + LOSS;
  }

  /** Two long MNQ; the connection is lost at 14:01. */
  private static World lost(String rules) {
    World world = new World(rules);
    world.trade("MNQ", 2).send();
    world.position("MNQ", 2);
    return world.at("14:01").disconnected();
  }

  private static World back(World world) {
    world.reconnected().snapshot().position("MNQ", 2, "20000").reconcile();
    return world;
  }

  // ---- the policies at their deadline

  @Test
  void nothingIsDecidedWithoutAPolicy() {
    World world = lost(LOSS);
    assertThat(world.books().blindSince()).contains(world.now());
    world.clock("15:00").expect();
    assertThat(back(world).books().blindSince()).isEmpty();
  }

  @Test
  void alertAlertsOnce() {
    World world = lost(blind("alert"));
    world.clock("14:01:29.999").expect();
    world.clock("14:01:30").expect("alert BLIND");
    back(world.at("14:05"));
    assertThat(world.books().timers().isEmpty()).isTrue();
    world.at("14:06").disconnected().clock("14:06:30").expect("alert BLIND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alert", "hold", "flatten"})
  void aShortGapDecidesNothing(String policy) {
    World world = lost(blind(policy)).at("14:01:29");
    back(world).clock("14:10").expect();
  }

  @Test
  void holdKeepsWhatIsThere() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    assertThat(world.lockout("BLIND").baseline().of(World.id("MNQ"))).isEqualTo(2);
    assertThat(world.lockout("BLIND").reason())
        .isEqualTo(
            "nothing was seen of the account for 30 s: the connection is gone since"
                + " 2025-10-31T14:01:00Z");
    world
        .clock("23:00")
        .expect("@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01");
    back(world.at("23:01")).expect("unlock BLIND by reconciliation");
    world.position("MNQ", 3).expect();
  }

  @Test
  void flattenLocksAndCloses() {
    World world = lost(blind("flatten"));
    world
        .clock("14:01:30")
        .expect("lock BLIND condition open", "cancel all BLIND", "close all BLIND");
    assertThat(world.lockout("BLIND").baseline()).isEqualTo(Baseline.ZERO);
    // A reading while the hub is gone finds a new position.
    world.at("14:02").snapshot().flat().noOrders().noTrades().reconcile();
    world
        .at("14:03")
        .snapshot()
        .position("ES", 1, "6000")
        .reconcile()
        .expect("close ES long 1 BLIND guard");
    world
        .at("14:04")
        .reconnected()
        .snapshot()
        .flat()
        .reconcile()
        .expect("unlock BLIND by reconciliation");
  }

  @Test
  void theLastSignOfLifeCounts() {
    World world = new World(blind("hold")).at("14:01");
    world
        .send(new RiskEvent.Disconnected("silent", Optional.of(world.instant("14:00:40"))))
        .clock("14:01:09")
        .expect();
    world.clock("14:01:10").expect("lock BLIND condition open");
  }

  @Test
  void whatIsNoticedTooLateIsDecidedAtOnce() {
    World world = new World(blind("hold")).at("14:01");
    world
        .send(new RiskEvent.Disconnected("silent", Optional.of(world.instant("14:00:30"))))
        .expect("lock BLIND condition open");
  }

  // ---- what is found while it is held

  @Test
  void theGuardActsOnWhatAReadingInTheWindowFinds() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    world
        .at("14:01:50")
        .snapshot()
        .position("MNQ", 3, "20000")
        .order(world.order(7, "ES").buy(1).type(OrderType.LIMIT))
        .trade(world.trade("MNQ", 1).executed("14:01:45"))
        .reconcile()
        .expect("cancel 7 BLIND guard", "reduce MNQ 3>2 BLIND guard");
    assertThat(world.books().blindSince()).isPresent();
  }

  @Test
  void whatWasDoneBeforeTheHoldMayStay() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    world
        .at("14:01:50")
        .snapshot()
        .position("MNQ", 3, "20000")
        .trade(world.trade("MNQ", 1).executed("14:01:29"))
        .reconcile()
        .expect();
    assertThat(world.lockout("BLIND").baseline().of(World.id("MNQ"))).isEqualTo(3);
  }

  @Test
  void theReadingThatEndsTheHoldUndoesWhatWasAddedUnderIt() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    world
        .at("14:03")
        .reconnected()
        .snapshot()
        .position("MNQ", 3, "20000")
        .trade(world.trade("MNQ", 1).executed("14:01:31"))
        .reconcile()
        .expect("unlock BLIND by reconciliation", "reduce MNQ 3>2 BLIND guard");
  }

  @Test
  void aLossFoundUnderAHoldLocks() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    world
        .at("14:01:50")
        .snapshot()
        .trade(world.trade("MNQ", -2).pnl("-500").executed("14:01:45"))
        .reconcile()
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.at("14:05").reconnected().snapshot().reconcile().expect("unlock BLIND by reconciliation");
    assertThat(world.books().locks().rulesGated()).isTrue();
  }

  // ---- what ends the window, and what does not

  @Test
  void theReadingMayComeWithTheConnection() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    world.at("14:02").snapshot().position("MNQ", 2, "20000").reconcile().expect();
    world.at("14:02").reconnected().expect("unlock BLIND by reconciliation");
  }

  @Test
  void anEarlierReadingDoesNot() {
    World world = lost(blind("hold"));
    world.at("14:01:20").snapshot().position("MNQ", 2, "20000").reconcile();
    world.at("14:01:21").reconnected().clock("14:01:30").expect("lock BLIND condition open");
    // Positions alone are not everything.
    world.snapshot().position("MNQ", 2, "20000").send().expect();
    world
        .snapshot()
        .position("MNQ", 2, "20000")
        .reconcile()
        .expect("unlock BLIND by reconciliation");
  }

  @Test
  void lostAgainBeforeTheReadingItIsTheSameWindow() {
    World world = lost(blind("hold"));
    world.at("14:01:10").reconnected().at("14:01:11").disconnected();
    world.clock("14:01:30").expect("lock BLIND condition open");
    world.at("14:01:40").snapshot().position("MNQ", 2, "20000").reconcile().expect();
    back(world.at("14:01:50")).expect("unlock BLIND by reconciliation");
  }

  @Test
  void aRestartInTheWindowEndsNeitherDeadlineNorHold() {
    World world = lost(blind("hold"));
    world.restart();
    world.clock("14:01:30").expect("lock BLIND condition open");
    assertThat(world.lockout("BLIND").baseline()).isEqualTo(Baseline.UNREAD);
    world.restart();
    world.configure(blind("hold")).clock("14:10").expect();
    // The start's own reading comes when the hub is there.
    world
        .snapshot()
        .listed(true)
        .position("MNQ", 2, "20000")
        .noOrders()
        .noTrades()
        .send()
        .expect("unlock BLIND by reconciliation");
  }

  @Test
  void anUnlockEndsItForThisWindow() {
    World world = lost(blind("hold"));
    world.clock("14:01:30").expect("lock BLIND condition open");
    world.unlock().expect("unlock BLIND by admin:root");
    world.clock("14:20").expect();
    assertThat(world.books().blindSince()).isPresent();
    back(world).disconnected().clock("14:20:30").expect("lock BLIND condition open");
  }

  // ---- a start: nobody has read the account yet, and a reading takes its time

  private static String flattenAfter(String after) {
    return "general: {blind: {policy: flatten, after: " + after + "}}\n" + LOSS;
  }

  private static void readAtLast(World world) {
    world.snapshot().listed(true).position("MNQ", 2, "20000").noOrders().noTrades().send();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1s", "29s"})
  void aSlowFirstReadingClosesNothing(String after) {
    World world = new World(flattenAfter(after)).disconnected().expect();
    world.clock("14:00:01").clock("14:00:29.999").expect();
    readAtLast(world);
    world.clock("14:10").expect();
    assertThat(world.books().blindSince()).isEmpty();
  }

  /** A venue that does not answer at all is another matter. */
  @Test
  void aFirstReadingThatDoesNotComeCloses() {
    World world = new World(flattenAfter("1s")).disconnected();
    world
        .clock("14:00:30")
        .expect("lock BLIND condition open", "cancel all BLIND", "close all BLIND");
  }

  @Test
  void moreIsGivenAtAStartWhereTheOwnerGivesMore() {
    World world = new World(flattenAfter("45s")).disconnected();
    world.clock("14:00:44.999").expect();
    world
        .clock("14:00:45")
        .expect("lock BLIND condition open", "cancel all BLIND", "close all BLIND");
  }

  /** The deadline of the window before fell due while the engine was down. */
  @Test
  void norDoesARestartCloseAtOnce() {
    World world = lost(flattenAfter("5s"));
    world.restart();
    world.at("16:20:10").disconnected().expect();
    world.clock("16:20:39.999").expect();
    readAtLast(world);
    world.clock("16:30").expect();
  }

  @Test
  void butItClosesWhenNothingCanBeReadAfterIt() {
    World world = lost(flattenAfter("5s"));
    world.restart();
    world.at("16:20:10").disconnected().clock("16:20:20").expect();
    world.restart();
    world.at("16:40").disconnected().clock("16:40:29.999").expect();
    world
        .clock("16:40:30")
        .expect("lock BLIND condition open", "cancel all BLIND", "close all BLIND");
  }

  /** After the first reading the owner's time holds again. */
  @Test
  void onceItIsReadTheOwnersTimeHolds() {
    World world = new World(flattenAfter("5s")).disconnected().at("14:00:20");
    readAtLast(world);
    world.at("14:01").disconnected();
    world
        .clock("14:01:05")
        .expect("lock BLIND condition open", "cancel all BLIND", "close all BLIND");
  }

  /** A hold costs nothing: it lets stay what the first reading finds. */
  @Test
  void aHoldComesInTime() {
    World world = new World("general: {blind: {policy: hold, after: 5s}}\n" + LOSS).disconnected();
    world.clock("14:00:05").expect("lock BLIND condition open");
  }
}
