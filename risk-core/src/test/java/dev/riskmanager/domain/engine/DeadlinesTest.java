package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What falls due fires in its order, at its own time, once, and whatever the clock does. */
class DeadlinesTest extends WorldTest {
  private static final String RESET =
      "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01";

  @Test
  void atOneInstantTheAccountGoesFirstThenTheResetThenTheLocksByNumberThenTheTimers() {
    World world =
        new World(
            """
            max_contracts: {limit: 1, action: none, lockout: 10m}
            daily_realized_loss: {limit: -500, action: none}
            session_block_outside:
              global_session: {start: "18:00", end: "17:00", timezone: America/Chicago}
            """,
            "21:50");
    for (long account = 2; account >= 1; account--) {
      world
          .account(account)
          .snapshot()
          .listed(true)
          .position("MNQ", 2, "20000")
          .trade(world.trade("MNQ", -1).pnl("-500"))
          .send()
          .expect(
              "violation 001 cooldown until 2025-10-31T22:00:00Z",
              "violation 003 hard until 2025-10-31T22:00:00Z",
              "lock 001 cooldown until 2025-10-31T22:00:00Z",
              "lock 003 hard until 2025-10-31T22:00:00Z");
      world.lockUntil("22:00").expect("lock MANUAL manual until 2025-10-31T22:00:00Z");
    }
    world
        .clock("22:00:07")
        .expect(
            RESET,
            "@2025-10-31T22:00:00Z unlock MANUAL by expired",
            "@2025-10-31T22:00:00Z unlock 001 by expired",
            "@2025-10-31T22:00:00Z unlock 003 by reset",
            "@2025-10-31T22:00:00Z violation 009 session until 2025-11-03T00:00:00Z",
            "@2025-10-31T22:00:00Z lock 009 session until 2025-11-03T00:00:00Z",
            "@2025-10-31T22:00:00Z cancel all 009",
            "@2025-10-31T22:00:00Z close all 009",
            "[2] " + RESET,
            "[2] @2025-10-31T22:00:00Z unlock MANUAL by expired",
            "[2] @2025-10-31T22:00:00Z unlock 001 by expired",
            "[2] @2025-10-31T22:00:00Z unlock 003 by reset",
            "[2] @2025-10-31T22:00:00Z violation 009 session until 2025-11-03T00:00:00Z",
            "[2] @2025-10-31T22:00:00Z lock 009 session until 2025-11-03T00:00:00Z",
            "[2] @2025-10-31T22:00:00Z cancel all 009",
            "[2] @2025-10-31T22:00:00Z close all 009");
  }

  @Test
  void anEarlierDeadlineOfALaterAccountGoesFirst() {
    World world =
        new World("").lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.account(2).lockUntil("14:30").expect("lock MANUAL manual until 2025-10-31T14:30:00Z");
    world
        .account(1)
        .clock("16:00")
        .expect(
            "[2] @2025-10-31T14:30:00Z unlock MANUAL by expired",
            "@2025-10-31T15:00:00Z unlock MANUAL by expired");
  }

  @Test
  void whatOneDeadlineSetsFallsDueInTheSameStep() {
    // Over a week that nobody saw, a session that ends sets the lock that its next start ends.
    World world =
        new World(
            """
            session_block_outside:
              global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
            """);
    world.position("MNQ", 1).clock("14:01");
    world
        .clock("2025-11-03T14:31:00Z")
        .expect(
            "@2025-10-31T20:00:00Z violation 009 session until 2025-11-03T14:30:00Z",
            "@2025-10-31T20:00:00Z lock 009 session until 2025-11-03T14:30:00Z",
            "@2025-10-31T20:00:00Z cancel all 009",
            "@2025-10-31T20:00:00Z close all 009",
            RESET,
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03",
            "@2025-11-03T14:30:00Z unlock 009 by expired");
  }

  // ---- time that goes back

  @Test
  void anEventOfTheClocksPastCountsAsNow() {
    World world = new World("max_contracts: {limit: 1}").clock("14:20");
    world
        .at("14:05")
        .position("MNQ", 2)
        .expect(
            "@2025-10-31T14:20:00Z violation 001",
            "@2025-10-31T14:20:00Z cancel all 001",
            "@2025-10-31T14:20:00Z close all 001");
    assertThat(world.state().now()).isEqualTo(world.instant("14:20"));
  }

  @Test
  void aClockThatSlipsBackOverTheResetDoesNotResetTwiceNorGiveTheOldDayBack() {
    World world = new World("daily_realized_loss: {limit: -500}");
    world.loss("-400");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.clock("21:59:59");
    // Executed after the reset, by a machine whose clock is now before it.
    world.at("21:59:59").trade("MNQ", -1).pnl("-400").executed("22:00:00").send();
    world.clock("22:00");
    world.clock("22:00:01");
    assertThat(world.books().trades().days().valueAt(0).gross()).isEqualTo(Money.of("-400"));
  }

  @Test
  void aClockThatSlipsBackNeitherEndsALockTwiceNorBringsItBack() {
    World world =
        new World("").lockUntil("14:30").expect("lock MANUAL manual until 2025-10-31T14:30:00Z");
    world.clock("14:30").expect("unlock MANUAL by expired");
    world.clock("14:29");
    world.clock("14:30");
    world.position("MNQ", 1);
  }

  // ---- resets on the days that are not 24 hours long, through the engine

  @ParameterizedTest
  @CsvSource({
    // Midnight does not exist in Havana on 8 March 2026: the day ends at 01:00.
    "00:00, America/Havana, 2026-03-08T04:00:00Z, 2026-03-08T05:00:00Z, 2026-03-08",
    // It occurs twice on 1 November: the first counts.
    "00:00, America/Havana, 2026-11-01T03:00:00Z, 2026-11-01T04:00:00Z, 2026-11-01",
    "02:30, America/Chicago, 2026-03-08T07:30:00Z, 2026-03-08T08:00:00Z, 2026-03-09",
    "02:30, Europe/Berlin, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26"
  })
  void aLockUntilTheResetEndsAtThatInstant(
      String time, String zone, String before, String end, String begins) {
    World world =
        new World(
            "general: {reset_time: \"%s\", timezone: %s}\ndaily_realized_loss: {limit: -500}"
                .formatted(time, zone),
            before);
    world
        .loss("-500")
        .expect(
            "violation 003 hard until " + end,
            "lock 003 hard until " + end,
            "cancel all 003",
            "close all 003");
    world.clock(Instant.parse(end).minusMillis(1).toString());
    world
        .clock(end)
        .expect("reset " + time + " " + zone + " begins " + begins, "unlock 003 by reset");
    // Not again when the same local time comes a second time.
    world.clock(Instant.parse(end).plusSeconds(3_600).toString());
  }

  // ---- down for days

  @Test
  void daysThatPassedWhileTheEngineWasDownEndTheLockOnceAtItsOwnReset() {
    World world =
        new World(
            "daily_realized_loss: {limit: -500, reset_time: \"16:00\", timezone:"
                + " America/New_York}");
    world
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T20:00:00Z",
            "lock 003 hard until 2025-10-31T20:00:00Z",
            "cancel all 003",
            "close all 003");
    world
        .restart()
        .clock("2025-11-02T12:00:00Z")
        .expect(
            "@2025-10-31T20:00:00Z reset 16:00 America/New_York begins 2025-11-01",
            "@2025-10-31T20:00:00Z unlock 003 by reset",
            RESET,
            "@2025-11-01T20:00:00Z reset 16:00 America/New_York begins 2025-11-02",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02");
    // And what was traded before all that comes late and counts for the day it was executed on.
    world
        .snapshot()
        .flat()
        .noOrders()
        .trade(world.trade("MNQ", -1).pnl("-900").executed("2025-10-31T19:59:59.999Z"))
        .trade(world.trade("MNQ", -1).pnl("-499").executed("2025-11-01T20:00:00Z"))
        .send();
    world
        .at("2025-11-02T12:01:00Z")
        .loss("-1")
        .expect(
            "violation 003 hard until 2025-11-02T21:00:00Z",
            "lock 003 hard until 2025-11-02T21:00:00Z",
            "cancel all 003",
            "close all 003");
  }
}
