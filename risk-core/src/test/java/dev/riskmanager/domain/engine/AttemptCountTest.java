package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;

/** One order against a lockout is one attempt, however it comes to be known. */
class AttemptCountTest extends WorldTest {
  private final World world = locked();

  private static World locked() {
    World world =
        new World(
            """
            daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
            """);
    world.loss("-500").takePrinted();
    return world.at("14:01");
  }

  private void attempts(long expected) {

    assertThat(world.lockout("003").attempts()).isEqualTo(expected);
  }

  @Test
  void anOrderThatFillsInPartsIsOne() {
    world.order(5, "MNQ").buy(2).send().takePrinted();
    attempts(1);
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 2).takePrinted();
    world.order(5, "MNQ").buy(2).filled(2).status(OrderStatus.FILLED).send().takePrinted();
    world.position("MNQ", 0).takePrinted();
    attempts(1);
  }

  @Test
  void soItIsWhenTheFirstPartIsClosedBeforeTheSecondFills() {
    world.order(5, "MNQ").buy(2).send().takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    world.position("MNQ", 0).takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    attempts(1);
  }

  @Test
  void anOrderThatWasNeverSeenWorkingIsOne() {
    world.order(5, "MNQ").buy(2).filled(2).status(OrderStatus.FILLED).send().takePrinted();
    attempts(0);
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 2).takePrinted();
    attempts(1);
  }

  @Test
  void positionsThatComeBeforeTheirFillsAreOne() {
    world.position("MNQ", 1).takePrinted();
    world.position("MNQ", 2).takePrinted();
    attempts(1);
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 3).takePrinted();
    attempts(1);
  }

  @Test
  void aPositionOfAnOrderThatWasSeenIsNoOtherOne() {
    world.order(5, "MNQ").buy(1).send().takePrinted();
    world.order(5, "MNQ").buy(1).filled(1).status(OrderStatus.FILLED).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    attempts(1);
    world.position("MNQ", 0).takePrinted();
    world.position("MNQ", 1).takePrinted();
    attempts(2);
  }

  @Test
  void anOrderThatComesToLightAfterItsPositionIsNoOtherOne() {
    world.position("MNQ", 1).takePrinted();
    world.position("MNQ", 0).takePrinted();
    world.order(5, "MNQ").buy(1).send().takePrinted();
    attempts(1);
    world.order(6, "MNQ").buy(1).send().takePrinted();
    attempts(2);
  }

  @Test
  void everyOrderCounts() {
    world.order(5, "MNQ").buy(1).send().takePrinted();
    world.order(6, "ES").sell(1).send().takePrinted();
    world.trade("MNQ", 1).order(7).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    attempts(3);
    world.trade("MNQ", -2).order(8).send().takePrinted();
    world.position("MNQ", -1).takePrinted();
    attempts(4);
  }

  @Test
  void whatWasOrderedBeforeTheLockoutIsNone() {
    world.order(5, "MNQ").buy(1).created("13:59").send().takePrinted();
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    attempts(0);
  }

  @Test
  void theLegsOfABracketBelongToTheirEntry() {
    bracket(OrderStatus.SUSPENDED);
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    attempts(1);
    bracket(OrderStatus.OPEN);
    world.position("MNQ", 0).takePrinted();
    attempts(1);
  }

  @Test
  void soDoesALegThatFillsAfterItsPositionIsClosed() {
    bracket(OrderStatus.SUSPENDED);
    world.trade("MNQ", 1).order(5).send().takePrinted();
    world.position("MNQ", 1).takePrinted();
    bracket(OrderStatus.OPEN);
    world.position("MNQ", 0).takePrinted();
    world.trade("MNQ", -1).order(6).send().takePrinted();
    world.position("MNQ", -1).takePrinted();
    attempts(1);
  }

  private void bracket(OrderStatus legs) {
    if (legs == OrderStatus.SUSPENDED) {
      world.order(5, "MNQ").buy(1).status(OrderStatus.PENDING).send().takePrinted();
    }
    world.order(6, "MNQ").sell(1).stop("19900").status(legs).parent(5).send().takePrinted();
    world.order(7, "MNQ").sell(1).limit("20100").status(legs).parent(5).send().takePrinted();
  }
}
