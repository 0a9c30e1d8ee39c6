package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.world.Rest;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;

/** What survives a restart, and what falls due while the engine is down. */
class RestartTest extends WorldTest {
  private static final String LOSS =
      """
      daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
      """;

  @Test
  void aLockoutIsStillThereAndTheGuardGoesOn() {
    World world = new World(LOSS);
    world
        .loss("-600")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.restart();
    assertThat(world.books().phase()).isEqualTo(Phase.RESTORED);
    world.at("14:10").snapshot().listed(true).position("MNQ", 1, "21000").send();
    world.expect("close MNQ long 1 003 guard");
    assertThat(world.books().phase()).isEqualTo(Phase.RUNNING);
    assertThat(
            world
                .books()
                .trades()
                .day(world.state().rules().of(World.ME).orElseThrow().general().reset())
                .trades())
        .isEqualTo(1);
  }

  @Test
  void aBreachThatWasAnsweredIsNotAnsweredAgain() {
    World world = new World(LOSS.replace("limit: -500", "limit: -500, enforcement: close_all"));
    world.loss("-600").expect("violation 003", "cancel all 003", "close all 003");
    world.restart().at("14:10").flatSnapshot().send();
    world.loss("-1");
  }

  @Test
  void everyResetThatFellDueFiresOnceAtItsOwnTime() {
    World world = new World(LOSS);
    world
        .loss("-600")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    world.restart().on("2025-11-03").clock("15:00");
    world.expect(
        "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
        "@2025-10-31T22:00:00Z unlock 003 by reset",
        "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
        "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03");
    world.restart().clock("15:01");
    world.flatSnapshot().send();
    world.loss("-100");
  }

  @Test
  void aLossThatWasWonBackWhileTheEngineWasDownLocks() {
    World world = new World(LOSS);
    world.flatSnapshot().noTrades().send();
    world.loss("-100");
    world.restart().at("14:10").disconnected();
    missed(world).send().expect(lockedBy003());
    assertThat(world.lockout("003").reason())
        .isEqualTo("Daily loss limit exceeded: $-500.00 (limit: $-500.00)");
    world.restart().at("14:20").disconnected();
    world.flatSnapshot().noTrades().send().expect();
  }

  @Test
  void aLossThatStayedInsideTheLimitDoesNot() {
    World world = new World(LOSS.replace("-500", "-500.01"));
    world.flatSnapshot().noTrades().send();
    world.loss("-100");
    world.restart().at("14:10").disconnected();
    missed(world).send().expect();
  }

  @Test
  void aSecondKillBeforeTheReadingIsNoWayRound() {
    World world = new World(LOSS);
    world.flatSnapshot().noTrades().send();
    world.restart().at("14:03").disconnected();
    world.restart().at("14:10").disconnected();
    missed(world)
        .trade(world.trade("MNQ", -1).pnl("-100").executed("14:00:30"))
        .send()
        .expect(lockedBy003());
  }

  @Test
  void aTargetThatWasLostAgainWhileTheEngineWasDownLocks() {
    World world =
        new World(
            "daily_realized_profit: {target: 300, reset_time: \"17:00\","
                + " timezone: America/Chicago}\n");
    world.flatSnapshot().noTrades().send();
    world.restart().at("14:10").disconnected();
    world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("300").executed("14:01:30"))
        .trade(world.trade("MNQ", -1).pnl("-200").executed("14:02"))
        .send()
        .expect(
            "violation 013 hard until 2025-10-31T22:00:00Z",
            "lock 013 hard until 2025-10-31T22:00:00Z",
            "cancel all 013",
            "close all 013");
  }

  /** Nobody watched before: what was lost and won by then is no way round anything. */
  @Test
  void theFirstStartOfAllJudgesWhatIsThere() {
    World world = new World(LOSS.replace("-500", "-400"));
    world.restart().at("14:05").disconnected();
    // Killed before it had read anything: the next start is still the first.
    world.restart().at("14:10").disconnected();
    missed(world).send().expect();
  }

  @Test
  void aBreachThatAnAdminAcknowledgedStaysAcknowledged() {
    World world = new World(LOSS);
    world.flatSnapshot().noTrades().send();
    world.loss("-600").expect(lockedBy003());
    world.unlock("003").expect("unlock 003 by admin:root");
    world.restart().at("14:10").disconnected();
    world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("200").executed("14:01"))
        .trade(world.trade("MNQ", -1).pnl("-200").executed("14:02"))
        .trade(world.trade("MNQ", -1).pnl("300").executed("14:03"))
        .send()
        .expect();
    world.restart().at("14:20").disconnected();
    world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("-300.01").executed("14:11"))
        .trade(world.trade("MNQ", -1).pnl("300").executed("14:12"))
        .send()
        .expect(lockedBy003());
  }

  @Test
  void whatWasLostOnADayThatIsOverLocksNothing() {
    World world = new World(LOSS);
    world.flatSnapshot().noTrades().send();
    world.loss("-100");
    world.restart().at("22:30").disconnected();
    world.expect("@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01");
    missed(world).trade(world.trade("MNQ", -1).pnl("-499").executed("22:10")).send().expect();
  }

  /** The cooldown lets two stay: they are watched, though positions are not written. */
  @Test
  void aLossOfWhatACooldownLetStayIsJudgedThoughItIsWonBack() {
    World world = new World(LOSS + "max_contracts: {limit: 1, action: none, lockout: 20m}\n");
    world.flatSnapshot().noTrades().send();
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:20:00Z",
            "lock 001 cooldown until 2025-10-31T14:20:00Z");
    world.restart().at("14:10").disconnected();
    world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("-500").executed("14:01:30"))
        .trade(world.trade("MNQ", -1).pnl("400").executed("14:02"))
        .send();
    assertThat(world.lockout("003").reason())
        .isEqualTo("Daily loss limit exceeded: $-500.00 (limit: $-500.00)");
    world.takePrinted();
  }

  /** With the hundred lost before, 500 down at 14:01:30; won back at 14:02. */
  private static Rest missed(World world) {
    return world
        .flatSnapshot()
        .trade(world.trade("MNQ", -1).pnl("300").executed("14:02"))
        .trade(world.trade("MNQ", -1).pnl("-400").executed("14:01:30"));
  }

  private static String[] lockedBy003() {
    return new String[] {
      "violation 003 hard until 2025-10-31T22:00:00Z",
      "lock 003 hard until 2025-10-31T22:00:00Z",
      "cancel all 003",
      "close all 003"
    };
  }
}
