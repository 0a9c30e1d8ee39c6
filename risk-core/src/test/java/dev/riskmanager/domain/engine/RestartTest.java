package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.state.AccountState.Phase;
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
    world.restart().at("14:10").snapshot().listed(true).flat().noOrders().send();
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
    world.snapshot().listed(true).flat().noOrders().send();
    world.loss("-100");
  }
}
