package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A symbol lockout ends when the removal of its block takes effect, not when it is asked for. */
class UnblockedSymbolTest extends WorldTest {
  private static final RulesInForce BLOCKED = rules("symbol_blocks: {blocked_symbols: [MNQ, ES]}");
  private static final RulesInForce FREE = rules("symbol_blocks: {blocked_symbols: [ES]}");
  private static final RulesInForce OFF = rules("");

  /** 17:00 in Chicago. */
  private static final Instant RESET = Instant.parse("2025-10-31T22:00:00Z");

  private final RuleKeeper keeper = RuleKeeper.start(List.of(), BLOCKED, RESET).keeper();
  private final World world = locked();

  private static RulesInForce rules(String yaml) {
    return new RulesInForce(
        Table.<dev.riskmanager.domain.model.AccountId, ConfigNode>empty()
            .with(World.ME, RuleFile.tree(yaml)),
        Holidays.NONE);
  }

  private World locked() {
    World made = new World(BLOCKED.rules(World.ME), "14:00");
    made.configure(Configuration.book(keeper.inForce()));
    made.position("MNQ", 1)
        .expect("violation 011 MNQ symbol", "lock 011 MNQ symbol open", "close MNQ long 1 011");
    made.position("MNQ", 0);
    return made;
  }

  private void take(Changeover change) {
    world.configure(Configuration.book(change.now()));
    keeper.took(change, world.now());
  }

  @Test
  void removedItEndsAtTheResetAndNotBefore() {
    world.at("15:00");
    take(keeper.judge(FREE, world.now()));
    assertThat(world.lockout("011").symbol()).contains("MNQ");
    world.clock("21:59:59.999");
    assertThat(keeper.due(world.now())).isEmpty();
    assertThat(world.lockout("011").symbol()).contains("MNQ");

    world.clock("22:00");
    world.takePrinted();
    // That a day has begun does not end it: the change does.
    assertThat(world.lockout("011").symbol()).contains("MNQ");
    take(keeper.due(world.now()).orElseThrow());
    world.expect("unlock 011 MNQ by configuration");
    assertThat(world.books().locks().active()).isEmpty();
    world.position("MNQ", 1);
  }

  @Test
  void aRuleThatIsSwitchedOffHoldsUntilTheReset() {
    world.at("15:00");
    take(keeper.judge(OFF, world.now()));
    assertThat(world.lockout("011").symbol()).contains("MNQ");
    world.clock("22:00");
    world.takePrinted();
    take(keeper.due(world.now()).orElseThrow());
    world.expect("unlock 011 MNQ by configuration");
  }

  @Test
  void removedAtOnceItEndsAtOnce() {
    world.at("15:00");
    take(keeper.atOnce(FREE, world.now()));
    world.expect("unlock 011 MNQ by configuration");
    assertThat(world.books().locks().active()).isEmpty();
  }

  @Test
  void anotherSymbolsRemovalDoesNotEndIt() {
    world.at("15:00");
    take(keeper.atOnce(rules("symbol_blocks: {blocked_symbols: [MNQ]}"), world.now()));
    assertThat(world.lockout("011").symbol()).contains("MNQ");
  }
}
