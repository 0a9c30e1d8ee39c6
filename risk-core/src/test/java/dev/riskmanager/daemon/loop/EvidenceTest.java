package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Enforcement.Fact;
import dev.riskmanager.daemon.port.Enforcement.Grounds;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.world.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a receipt says of the decision: the numbers are those that the rule saw. */
class EvidenceTest {
  private static final RuleId LOSS = new RuleId(3, "daily_realized_loss");

  private static final String[] LOCKED = {
    "violation 003 hard until 2025-10-31T22:00:00Z", "lock 003 hard until 2025-10-31T22:00:00Z"
  };

  private static Grounds grounds(World world) {
    return Evidence.of(world.state(), World.ME, world.decisions());
  }

  @Test
  void aDailyLossNamesGrossAndFeesAndTheLimit() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world.trade("MNQ", -1).pnl("-499.26").fees("0.74").send();

    Grounds grounds = grounds(world);

    assertThat(grounds.formula())
        .isEqualTo("gross $-499.26 less fees $0.74 = $-500.00 <= $-500.00");
    assertThat(grounds.inputs())
        .contains(
            new Fact("observed", "Daily P&L: $-500.00"),
            new Fact("limit", "$-500.00"),
            new Fact("gross P&L", "$-499.26"),
            new Fact("fees", "$0.74"),
            new Fact("trades", "1"),
            new Fact("trading day", "2025-10-31"));
    assertThat(grounds.quoteAge()).isEmpty();
    assertThat(grounds.symbol()).isEmpty();
    world.expect(LOCKED[0], LOCKED[1], "cancel all 003", "close all 003");
  }

  @Test
  void anOpenLossNamesPriceTickSizeAndTheAgeOfTheQuote() {
    World world = new World("daily_unrealized_loss: {limit: -50, confirm_ms: 0}");
    world.position("MNQ", 3, "20000.25");
    world.at("14:00:01").quote("MNQ", "19983.50");

    Grounds grounds = grounds(world);

    assertThat(grounds.formula())
        .isEqualTo("(19983.50 - 20000.25) / 0.25 x $0.50 x 3 = $-100.50 <= $-50.00");
    assertThat(grounds.symbol()).contains("MNQ");
    assertThat(grounds.quoteAge()).contains(Duration.ZERO);
    assertThat(grounds.inputs()).contains(new Fact("mark", "19983.50"));
    world.expect("violation 004 MNQ", "close MNQ long 3 004");
  }

  @Test
  void pastTheLimitIsWhatTheDayHasLostBeyondIt() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world.loss("-512.25").expect(LOCKED[0], LOCKED[1], "cancel all 003", "close all 003");

    assertThat(Evidence.pastLimit(world.state(), World.ME, LOSS)).contains("$12.25");

    world.trade("MNQ", -1).pnl("-18").send();
    assertThat(Evidence.pastLimit(world.state(), World.ME, LOSS)).contains("$30.25");
    assertThat(Evidence.pastLimit(world.state(), World.ME, RuleId.MANUAL)).isEmpty();
  }
}
