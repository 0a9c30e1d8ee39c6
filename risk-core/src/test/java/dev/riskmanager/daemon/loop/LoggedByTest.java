package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who did it is what a line of the log is called by. */
class LoggedByTest extends WorldTest {
  private static final String RULES =
      "trade_frequency_limit: {limits: {per_minute: 1}}\n"
          + "daily_realized_loss: {limit: -500, reset_time: \"17:00\", timezone:"
          + " America/Chicago}\n";

  private static List<String> lines(World world, EngineState before) {
    return StateChanges.between(
            before, world.state(), new RiskEvent.ClockTicked(), world.decisions())
        .stream()
        .filter(Store.LogAppended.class::isInstance)
        .map(Store.LogAppended.class::cast)
        .map(line -> line.kind() + " " + line.rule().orElseThrow() + " " + start(line.text()))
        .toList();
  }

  private static String start(String text) {
    return text.substring(0, Math.min(21, text.length()));
  }

  @Test
  void aRuleThatLocksDuringACooldownIsNotTheGuard() {
    World world = new World(RULES);
    world.trade("MNQ", 2).send().takePrinted();
    world.position("MNQ", 2).takePrinted();
    EngineState before = world.state();
    world.trade("MNQ", -1).pnl("-500").send().takePrinted();

    assertThat(lines(world, before))
        .containsExactly(
            "precheck_blocked RULE-006 LOCKOUT ACTIVE (coold",
            "violation RULE-003 VIOLATION: DailyReali",
            "lockout_set RULE-003 Account 1 locked unti",
            "cancel_all_orders RULE-003 cancel all orders [RU",
            "close_all_positions RULE-003 close all positions [");
  }

  @Test
  void whatIsUndoneDuringItIs() {
    World world = new World(RULES);
    world.trade("MNQ", 2).send().takePrinted();
    world.position("MNQ", 2).takePrinted();
    world.at("14:00:05").trade("MNQ", 1).send().takePrinted();
    EngineState before = world.state();
    world.position("MNQ", 3).takePrinted();

    assertThat(lines(world, before))
        .containsExactly(
            "precheck_blocked RULE-006 LOCKOUT ACTIVE (coold",
            "guard RULE-006 GUARD: reduce MNQ LON");
  }
}
