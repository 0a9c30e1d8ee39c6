package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fills whose position events were lost: what they were once about excuses nothing that is opened
 * later in a locked account.
 */
class LostEventsTest extends WorldTest {
  private static final String RULES =
      """
      daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
      """;

  private static final String[] LOCKED = {
    "violation 003 hard until 2025-10-31T22:00:00Z",
    "lock 003 hard until 2025-10-31T22:00:00Z",
    "cancel all 003",
    "close all 003"
  };

  /** ES bought at 14:00 and sold ten seconds later, without an event of its position; locked. */
  private static World afterAnUnseenRoundTurn() {
    World world = new World(RULES);
    world.trade("ES", 1).send();
    world.at("14:00:10").trade("ES", -1).pnl("0").send();
    return world.at("14:00:20");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPositionOpenedLaterIsNotExcusedByAFillThatClosedAnother(boolean flatIsTold) {
    World world = afterAnUnseenRoundTurn();
    if (flatIsTold) {
      world.position("ES", 0);
    }
    world.loss("-600").expect(LOCKED);

    world.at("14:01").position("ES", 1).expect("blocked 003", "close ES long 1 003 guard");
  }

  @ParameterizedTest
  @CsvSource({"14:00:10.250,false", "14:00:10.251,true"})
  void itIsOpenedLaterWhenItsOpeningIsMoreThanTheClocksOfTheVenueDifferBy(
      String openedAt, boolean closed) {
    World world = afterAnUnseenRoundTurn();
    world.loss("-600").expect(LOCKED);

    world.openedAt(openedAt, "ES", 1);

    world.expect(closed ? new String[] {"blocked 003", "close ES long 1 003 guard"} : blocked());
  }

  @Test
  void aLateFillOfTheNewPositionIsTakenAsItsOwn() {
    World world = afterAnUnseenRoundTurn();
    world.loss("-600").expect(LOCKED);
    world.at("14:01").position("ES", 1).expect("blocked 003", "close ES long 1 003 guard");

    world.trade("ES", 1).send().expect("blocked 003");
    world.at("14:01:01").trade("ES", -1).pnl("-5").send().expect("blocked 003");
    world.position("ES", 0).expect("blocked 003");
    world.at("14:01:02").position("ES", 1).expect("blocked 003", "close ES long 1 003 guard");
  }

  @Test
  void aCloseDecidedForAPositionNeverShownIsNotOneOfAPositionOpenedLater() {
    World world = new World(RULES);
    world.trade("ES", 1).send();
    world.at("14:00:10").loss("-600").expect(LOCKED);

    world.at("14:01").position("ES", 1).expect("blocked 003", "close ES long 1 003 guard");
  }

  @Test
  void aCloseDecidedForOnePositionIsNotOneOfTheNext() {
    World world = new World(RULES);
    world.position("ES", 2);
    world.at("14:00:10").loss("-600").expect(LOCKED);

    world.at("14:01").reopened(2, "ES", 2).expect("blocked 003", "close ES long 2 003 guard");
  }

  @Test
  void theSameIdIsTheSamePositionWhateverItsOpening() {
    World world = new World(RULES);
    world.position("ES", 2);
    world.at("14:00:10").loss("-600").expect(LOCKED);

    world.at("14:01");
    world.openedAt("14:00:05", "ES", 2).expect("blocked 003");
  }

  @ParameterizedTest
  @CsvSource({"14:01:30,false", "14:01:30.001,true"})
  void aFillThatNoPositionEventShowsForAMinuteIsBelievedNoLonger(String told, boolean reduced) {
    World world = new World("max_contracts: {limit: 0, action: none, lockout: 10m}");
    world.trade("MNQ", 2).send();
    world
        .position("MNQ", 2)
        .expect(
            "violation 001 cooldown until 2025-10-31T14:10:00Z",
            "lock 001 cooldown until 2025-10-31T14:10:00Z");
    world.at("14:00:30").trade("MNQ", -1).pnl("-1").send().expect("blocked 001");

    world.at(told).position("MNQ", 2);
    if (reduced) {
      world.expect("blocked 001");
    }
    world.clock("14:02");
    if (reduced) {
      world.expect("@2025-10-31T14:01:30.251Z reduce MNQ 2>1 001 guard");
    }
  }

  private static String[] blocked() {
    return new String[] {"blocked 003"};
  }
}
