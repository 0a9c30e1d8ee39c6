package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;

/** What was missed is judged as it would have been live; the properties try it anywhere. */
class GapTest extends WorldTest {
  private static final String DAY = "reset_time: \"17:00\", timezone: America/Chicago}\n";
  private static final String HARD = " hard until 2025-10-31T22:00:00Z";

  @Test
  void aLossThatWasWonBackInTheGapLocksAllTheSame() {
    World world = new World("daily_realized_loss: {limit: -500, " + DAY);
    world.at("14:01").disconnected();
    world
        .at("14:03")
        .reconnected()
        .snapshot()
        .trade(world.trade("MNQ", -1).pnl("300").executed("14:02"))
        .trade(world.trade("MNQ", -1).pnl("-500").executed("14:01:30"))
        .reconcile()
        .expect("violation 003" + HARD, "lock 003" + HARD, "cancel all 003", "close all 003");
    assertThat(world.lockout("003").reason())
        .isEqualTo("Daily loss limit exceeded: $-500.00 (limit: $-500.00)");
  }

  @Test
  void aTargetThatWasLostAgainInTheGapLocksAllTheSame() {
    World world = new World("daily_realized_profit: {target: 500, " + DAY);
    world.at("14:01").disconnected();
    world
        .at("14:03")
        .reconnected()
        .snapshot()
        .trade(world.trade("MNQ", -1).pnl("-300").executed("14:02"))
        .trade(world.trade("MNQ", -1).pnl("500").executed("14:01:30"))
        .reconcile()
        .expect("violation 013" + HARD, "lock 013" + HARD, "cancel all 013", "close all 013");
  }

  @Test
  void tradesUnderACooldownThatEndedInTheGapStartNone() {
    World world =
        new World(
            """
            trade_frequency_limit:
              limits: {per_minute: 1}
              cooldown_on_breach: {enabled: true, per_minute_breach: 60}
            """);
    world
        .loss("-1")
        .expect(
            "violation 006 order 1001 cooldown until 2025-10-31T14:01:00Z",
            "lock 006 cooldown until 2025-10-31T14:01:00Z");
    world.at("14:00:10").disconnected().clock("14:01").expect("unlock 006 by expired");
    world
        .at("14:01:30")
        .reconnected()
        .snapshot()
        .trade(world.trade("MNQ", -1).pnl("-1").executed("14:00:59.999"))
        .reconcile()
        .expect();
    world.at("14:01:40").disconnected();
    world
        .at("14:02:30")
        .reconnected()
        .snapshot()
        .trade(world.trade("MNQ", -1).pnl("-1").order(77).executed("14:02:00"))
        .reconcile()
        .expect(
            "violation 006 order 77 cooldown until 2025-10-31T14:03:00Z",
            "lock 006 cooldown until 2025-10-31T14:03:00Z");
  }

  @Test
  void whatWasReachedUnderACooldownIsJudgedAtItsEnd() {
    World world =
        new World(
            "daily_realized_loss: {limit: -500, "
                + DAY
                + "cooldown_after_loss: {loss_thresholds: [{loss_amount: -100,"
                + " cooldown_duration: 60}]}\n");
    world.at("14:01").disconnected();
    // The cooldown from 14:01:10 closes everything: the loss is judged at its end, 14:02:10.
    world
        .at("14:03")
        .reconnected()
        .snapshot()
        .trade(world.trade("MNQ", -1).pnl("-100").order(1).executed("14:01:10"))
        .trade(world.trade("MNQ", -1).pnl("-400").order(2).executed("14:01:20"))
        .trade(world.trade("MNQ", -1).pnl("400").order(3).executed("14:02:30"))
        .reconcile()
        .expect(
            "violation 003" + HARD,
            "violation 007 order 1",
            "lock 003" + HARD,
            "cancel all 003",
            "close all 003");
  }

  @Test
  void whatWasLetStayAndWasClosedInTheGapMayNotComeBack() {
    World world = new World("max_contracts: {limit: 1, action: none, lockout: 10m}");
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    world.at("14:01").disconnected();
    world
        .at("14:03")
        .reconnected()
        .snapshot()
        .position("MNQ", 2, "20000")
        .trade(world.trade("MNQ", -2).pnl("10").executed("14:01:30"))
        .trade(world.trade("MNQ", 2).executed("14:02"))
        .reconcile()
        .expect("close MNQ long 2 001 guard");
  }

  /** Nothing that is read says that the venue had withdrawn trading for a while. */
  @Test
  void permissionThatCameBackInTheGapIsNotSeen() {
    World world = new World("auth_loss_guard: {enabled: true}");
    world.canTrade(true).at("14:01").disconnected();
    world.at("14:03").reconnected().snapshot().listed(true).reconcile().expect();
  }
}
