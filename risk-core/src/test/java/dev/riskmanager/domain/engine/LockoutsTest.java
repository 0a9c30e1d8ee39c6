package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How lockouts begin, lengthen, overlap and end. */
class LockoutsTest extends WorldTest {
  private static final String COOLDOWN =
      "daily_realized_loss: {limit: -500, action: none, lockout: 30m%s}\n";
  private static final String HARD =
      """
      daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago%s}
      """;
  private static final String RESET = "2025-10-31T22:00:00Z";

  private static World cooling(String more) {
    World world = new World(COOLDOWN.formatted(more));
    world
        .loss("-500")
        .expect(
            "violation 003 cooldown until 2025-10-31T14:30:00Z",
            "lock 003 cooldown until 2025-10-31T14:30:00Z");
    return world;
  }

  private static String[] lockedHard(String until) {
    return new String[] {
      "violation 003 hard until " + until,
      "lock 003 hard until " + until,
      "cancel all 003",
      "close all 003"
    };
  }

  private static World hard(String more) {
    World world = new World(HARD.formatted(more));
    world.loss("-600").expect(lockedHard(RESET));
    return world;
  }

  @Test
  void oneEndsAtItsExactInstantAndNotBefore() {
    World world = cooling("");
    world.clock("14:29:59.999999999");
    assertThat(world.books().locks().accountLocked()).isTrue();
    world.clock("14:30").expect("unlock 003 by expired");
    assertThat(world.books().locks().accountLocked()).isFalse();
  }

  @Test
  void anEventAtTheDeadlineMeetsAnAccountThatIsFree() {
    World world = cooling("");
    world.at("14:29:59.999").loss("-1").expect("blocked 003");
    world.at("14:30").loss("-1").expect("unlock 003 by expired");
  }

  @Test
  void itsEndIsToldAtItsOwnTimeHoweverLateTheNextEventIs() {
    World world = cooling("");
    world
        .at("14:45:10")
        .position("MNQ", 1)
        .expect(
            "@2025-10-31T14:30:00Z unlock 003 by expired",
            // The loss is still there; a position is exposure that was not when it was answered.
            "violation 003 cooldown until 2025-10-31T15:15:10Z",
            "lock 003 cooldown until 2025-10-31T15:15:10Z");
  }

  @Test
  void remainingTimeIsNeverNegative() {
    World world = cooling("");
    var lockout = world.lockout("003");
    assertThat(lockout.remaining(world.instant("14:29:58.001"))).contains(Duration.ofMillis(1999));
    assertThat(lockout.remaining(world.instant("15:00"))).contains(Duration.ZERO);
    assertThat(lockout.isActiveAt(world.instant("14:30"))).isFalse();
  }

  @Test
  void aLaterManualLockLengthensAndAnEarlierOneChangesNothing() {
    World world = new World("");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    long id = world.lockout("MANUAL").id();
    world.lockUntil("14:59");
    world.lockUntil("15:00");
    world.lockUntil("13:59");
    world.lockUntil("15:01").expect("lock MANUAL manual until 2025-10-31T15:01:00Z");
    assertThat(world.lockout("MANUAL").id()).isEqualTo(id);
    assertThat(world.lockout("MANUAL").lockedAt()).isEqualTo(world.instant("14:00"));
    world.clock("15:00");
    world.clock("15:01").expect("unlock MANUAL by expired");
  }

  @Test
  void aManualLockClosesNothingAndLetsWhatIsHeldStay() {
    World world = new World("");
    world.position("MNQ", 2);
    world.order(5, "MNQ").sell(2).stop("1").send();
    world.order(6, "MNQ").buy(1).limit("1").send();
    world
        .lockUntil("15:00")
        .expect("lock MANUAL manual until 2025-10-31T15:00:00Z", "cancel 6 MANUAL guard");
    assertThat(world.lockout("MANUAL").type()).isEqualTo(LockoutType.MANUAL);
  }

  @Test
  void severalAreSetByOneEventAndTheAccountIsFreeWhenTheLastEnds() {
    World world =
        new World(
            """
            max_contracts: {limit: 1, action: none, lockout: 10m}
            max_contracts_per_instrument: {limits: {MNQ: 1}, action: none, lockout: 20m}
            """);
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "violation 002 MNQ cooldown until 2025-10-31T14:20:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 002 cooldown until 2025-10-31T14:20:00Z");
    world.clock("14:10").expect("unlock 001 by expired");
    assertThat(world.books().locks().accountLocked()).isTrue();
    world.at("14:11").position("MNQ", 1).expect("blocked 002");
    world.clock("14:20").expect("unlock 002 by expired");
    assertThat(world.books().locks().accountLocked()).isFalse();
  }

  @Test
  void endingOneNeverEndsAnother() {
    World world = hard("");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.unlock("MANUAL").expect("unlock MANUAL by admin:root");
    world.loss("-1").expect("blocked 003");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.clock("15:00").expect("unlock MANUAL by expired");
    assertThat(world.lockout("003").expiresAt()).contains(world.instant("22:00"));
  }

  @Test
  void nothingButTimeOrAnAdminEndsAHardOne() {
    World world = hard("");
    world.at("14:05").trade("MNQ", -1).pnl("5000").send().expect("blocked 003");
    world.trade("MNQ", -1).pnl("-600").id(1_000).voided().send().expect("blocked 003");
    world.flatSnapshot().send();
    world.configure(HARD.formatted("").replace("-500", "-100000"));
    world.restart().at("14:06").flatSnapshot().send();
    assertThat(world.lockout("003").expiresAt()).contains(world.instant("22:00"));
    world.clock("21:59:59");
    world
        .clock("22:00")
        .expect("reset 17:00 America/Chicago begins 2025-11-01", "unlock 003 by reset");
  }

  @Test
  void aRestartGivesNeitherAFreshSentenceNorNone() {
    World world = cooling("");
    world.restart().at("14:20").flatSnapshot().send();
    assertThat(world.lockout("003").expiresAt()).contains(world.instant("14:30"));
    world.restart().clock("14:40").expect("@2025-10-31T14:30:00Z unlock 003 by expired");
    world.restart().flatSnapshot().send();
  }

  @Test
  void theIdOfALockoutIsNeverUsedAgain() {
    World world = cooling("");
    long first = world.lockout("003").id();
    world.clock("14:30").expect("unlock 003 by expired");
    world.restart().lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    assertThat(world.lockout("MANUAL").id()).isEqualTo(first + 1);
  }

  // ---- unlock

  @Test
  void anUnlockAcknowledgesTheBreachUntilItIsWorse() {
    World world = hard("");
    world.unlock().expect("unlock 003 by admin:root");
    world.loss("50");
    world.loss("-50");
    world.loss("-0.01").expect(lockedHard(RESET));
  }

  @Test
  void aBreachThatWasMadeGoodBeforeTheUnlockIsAnsweredWhenItComesAgain() {
    World world = hard("");
    world.loss("550").expect("blocked 003");
    world.unlock().expect("unlock 003 by admin:root");
    world.loss("-449.99");
    world.loss("-0.01").expect(lockedHard(RESET));
  }

  @Test
  void anAcknowledgementEndsWithAnUnlockAtWhichTheBreachIsMadeGood() {
    World world = hard("");
    world.unlock().expect("unlock 003 by admin:root");
    world.loss("-1").expect(lockedHard(RESET));
    world.loss("600").expect("blocked 003");
    world.unlock().expect("unlock 003 by admin:root");
    world.loss("-498.99");
    world.loss("-0.01").expect(lockedHard(RESET));
  }

  @Test
  void anUnlockForgetsAtTheReset() {
    World world = hard("");
    world.unlock().expect("unlock 003 by admin:root");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.at("22:01").loss("-550").expect(lockedHard("2025-11-01T22:00:00Z"));
  }

  @Test
  void anUnlockHasEverythingElseEvaluatedAtOnce() {
    World world = new World(HARD.formatted("") + "max_contracts: {limit: 1}\n");
    world.position("MNQ", 1);
    world.loss("-600").expect(lockedHard(RESET));
    world.position("ES", 2, "6000").expect("blocked 003", "close ES long 2 003 guard");
    world
        .unlock()
        .expect("unlock 003 by admin:root", "violation 001", "cancel all 001", "close all 001");
  }

  @Test
  void anUnlockThatARuleForbidsEndsTheOthers() {
    World world = hard(", admin_unlock: forbidden");
    world.lockUntil("23:00").expect("lock MANUAL manual until 2025-10-31T23:00:00Z");
    world.unlock().expect("unlock MANUAL by admin:root");
    world.unlock("003");
    assertThat(world.books().locks().accountLocked()).isTrue();
  }

  @Test
  void aDelayedUnlockHappensWhenItsTimeHasCome() {
    World world = hard(", admin_unlock: 30m");
    world.at("14:05").unlock();
    world.at("14:10").unlock();
    world.clock("14:34:59");
    world.clock("14:35").expect("unlock 003 by admin:root");
    world.clock("15:00");
  }

  @Test
  void aDelayedUnlockSurvivesARestartAndHappensOnce() {
    World world = hard(", admin_unlock: 30m");
    world.at("14:05").unlock();
    world.restart().clock("15:00").expect("@2025-10-31T14:35:00Z unlock 003 by admin:root");
    world.restart().at("15:10").flatSnapshot().send();
  }

  @Test
  void aDelayedUnlockThatComesAfterTheEndIsForgotten() {
    World world = new World(COOLDOWN.formatted(", admin_unlock: 1h"));
    world
        .loss("-500")
        .expect(
            "violation 003 cooldown until 2025-10-31T14:30:00Z",
            "lock 003 cooldown until 2025-10-31T14:30:00Z");
    world.at("14:05").unlock();
    world.clock("14:30").expect("unlock 003 by expired");
    assertThat(world.books().timers().isEmpty()).isTrue();
  }

  @Test
  void thereIsNothingToUnlock() {
    World world = new World(HARD.formatted(""));
    world.unlock().unlock("003").unlockSymbol("MNQ");
  }

  // ---- flatten

  @Test
  void anEmergencyFlattenLocksNothing() {
    World world = new World("");
    world.position("MNQ", 2);
    world.flatten().expect("cancel all MANUAL", "close all MANUAL");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  // ---- overrides

  @Test
  void aLockoutWithoutClosingLetsStayWhatIsHeld() {
    World world = new World(COOLDOWN.formatted(""));
    world.trade("MNQ", 3).send();
    world.position("MNQ", 3);
    world
        .trade("MNQ", -1)
        .pnl("-500")
        .send()
        .expect(
            "violation 003 cooldown until 2025-10-31T14:30:00Z",
            "lock 003 cooldown until 2025-10-31T14:30:00Z");
    assertThat(world.lockout("003").baseline().of(World.id("MNQ"))).isEqualTo(2);
    world.position("MNQ", 2).expect("blocked 003");
  }

  @Test
  void aLockoutThatReducesLetsStayWhatIsLeft() {
    World world =
        new World("max_contracts_per_instrument: {limits: {MNQ: 2, ES: 5}, lockout: 10m}");
    world.trade("ES", 1).send();
    world.position("ES", 1, "6000");
    world.trade("MNQ", 5).send();
    world
        .position("MNQ", 5)
        .expect(
            "violation 002 MNQ cooldown until 2025-10-31T14:10:00Z",
            "lock 002 cooldown until 2025-10-31T14:10:00Z",
            "reduce MNQ 5>2 002");
    assertThat(world.lockout("002").baseline().of(World.id("MNQ"))).isEqualTo(2);
    assertThat(world.lockout("002").baseline().of(World.id("ES"))).isEqualTo(1);
    world.position("MNQ", 3).expect("blocked 002");
    world.position("MNQ", 2).expect("blocked 002");
    world.at("14:01").trade("MNQ", 1).send().expect("blocked 002");
    world.position("MNQ", 3).expect("blocked 002", "reduce MNQ 3>2 002 guard");
  }

  @Test
  void aLockoutThatClosesOneSymbolLetsTheOthersStay() {
    World world =
        new World(
            "max_contracts_per_instrument:"
                + " {limits: {MNQ: 2, ES: 5}, enforcement: close_all, lockout: 10m}");
    world.trade("ES", 1).send();
    world.position("ES", 1, "6000");
    world.trade("MNQ", 3).send();
    world.order(7, "MNQ").buy(1).limit("1").send();
    world.order(8, "MNQ").sell(2).stop("1").send();
    world
        .position("MNQ", 3)
        .expect(
            "violation 002 MNQ cooldown until 2025-10-31T14:10:00Z",
            "lock 002 cooldown until 2025-10-31T14:10:00Z",
            "cancel 7 002",
            "close MNQ long 3 002");
    assertThat(world.lockout("002").baseline().of(World.id("MNQ"))).isZero();
    assertThat(world.lockout("002").baseline().of(World.id("ES"))).isEqualTo(1);
    world.position("MNQ", 1).expect("blocked 002", "resize 8 2>1 002 guard");
  }
}
