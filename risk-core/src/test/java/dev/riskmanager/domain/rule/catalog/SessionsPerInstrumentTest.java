package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Test;

/**
 * RULE-009 with sessions of single symbols: ES nearly round the clock, NQ in the morning only, all
 * others as New York's shares, which on Friday 2025-10-31 is 13:30 to 20:00 UTC.
 */
class SessionsPerInstrumentTest extends WorldTest {
  private static final String BY_SYMBOL =
      """
      session_block_outside:
        global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
        per_instrument_sessions:
          enabled: true
          sessions:
            ES: {start: "18:00", end: "17:00", timezone: America/Chicago}
            nq: {start: "09:30", end: "12:00", timezone: America/New_York}
        %s
      """;

  /** NQ's next start and that of the shares, after Friday. */
  private static final String MONDAY = "2025-11-03T14:30:00Z";

  private static final String ES_MONDAY = "2025-11-03T00:00:00Z";

  private static World world(String start, String... more) {
    return new World(BY_SYMBOL.formatted(String.join("\n  ", more)), start);
  }

  private static World inside(String... more) {
    return world("14:00", more);
  }

  @Test
  void aListedSymbolFollowsItsOwnSessionAloneAndAllOthersTheGlobalOne() {
    World world = inside();
    world.position("ES", 1, "6000");
    world.position("NQ", -1);
    world.position("MNQ", 2);
    world.position("MNQ.H26", -1);
    world.clock("15:59:59.999");
    // 12:00 New York: NQ alone.
    world
        .clock("16:00")
        .expect(
            "violation 009 NQ session until " + MONDAY,
            "lock 009 NQ session until " + MONDAY,
            "close NQ short 1 009");
    world.position("NQ", 0);
    world.clock("19:59:59.999");
    // 16:00 New York: what is not listed, all its months.
    world
        .clock("20:00")
        .expect(
            "violation 009 MNQ session until " + MONDAY,
            "lock 009 MNQ session until " + MONDAY,
            "close MNQ.H26 short 1 009",
            "close MNQ long 2 009");
    world.position("MNQ", 0);
    world.position("MNQ.H26", 0);
    world.clock("21:59:59.999");
    // 17:00 Chicago: ES.
    world
        .clock("22:00")
        .expect(
            "reset 17:00 America/Chicago begins 2025-11-01",
            "violation 009 ES session until " + ES_MONDAY,
            "lock 009 ES session until " + ES_MONDAY,
            "close ES long 1 009");
  }

  @Test
  void aSymbolsLockEndsAtItsOwnStart() {
    World world = inside().clock("14:00");
    world.clock("16:00").expect("lock 009 NQ session until " + MONDAY);
    world
        .clock("22:00")
        .expect(
            "reset 17:00 America/Chicago begins 2025-11-01",
            "lock 009 ES session until " + ES_MONDAY);
    world
        .clock("2025-11-03T14:30:00Z")
        .expect(
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03",
            "@2025-11-03T00:00:00Z unlock 009 ES by expired",
            "unlock 009 NQ by expired");
    world.position("NQ", 1);
    world.position("ES", 1, "6000");
  }

  @Test
  void whileOneSymbolIsLockedTheOthersTrade() {
    World world = inside().clock("16:00").expect("lock 009 NQ session until " + MONDAY);
    world.at("16:01").position("MNQ", 1);
    world.order(5, "ES").buy(1).limit("5000").send();
    assertThat(world.books().locks().accountLocked()).isFalse();
    // The guard keeps the locked one flat, from whatever platform it is tried.
    world.position("NQ", 1).expect("close NQ long 1 009 guard");
    world.order(6, "NQ").sell(1).limit("30000").send();
    world.position("NQ", 0).expect("cancel 6 009 guard");
  }

  @Test
  void anEntryOrderIsCancelledAndAnotherSymbolsStays() {
    World world = inside();
    world.order(5, "NQ").buy(1).limit("20000").send();
    world.order(6, "MNQ").buy(1).limit("20000").send();
    world
        .clock("16:00")
        .expect(
            "violation 009 NQ session until " + MONDAY,
            "lock 009 NQ session until " + MONDAY,
            "cancel 5 009");
  }

  @Test
  void aStopOfWhatIsClosedIsLeftToTheClosing() {
    World world = inside();
    world.position("NQ", 1);
    world.order(5, "NQ").sell(1).stop("19000").send();
    world
        .clock("16:00")
        .expect(
            "violation 009 NQ session until " + MONDAY,
            "lock 009 NQ session until " + MONDAY,
            "close NQ long 1 009");
    world.position("NQ", 0).expect("cancel 5 009 guard");
  }

  @Test
  void aStartOutsideLocksEachListedSymbol() {
    World world = world("2025-11-01T12:00:00Z");
    world
        .snapshot()
        .position("CL", 1, "60")
        .noOrders()
        .send()
        .expect(
            "violation 009 CL session until " + MONDAY,
            "lock 009 CL session until " + MONDAY,
            "lock 009 ES session until " + ES_MONDAY,
            "lock 009 NQ session until " + MONDAY,
            "close CL long 1 009");
    assertThat(world.books().locks().accountLocked()).isFalse();
  }

  @Test
  void withoutAGlobalSessionWhatIsNotListedIsFree() {
    World world =
        new World(
            """
            session_block_outside:
              per_instrument_sessions:
                sessions: {NQ: {start: "09:30", end: "12:00", timezone: America/New_York}}
            """,
            "19:00");
    world.position("MNQ", 3).expect("lock 009 NQ session until " + MONDAY);
    world
        .clock("23:00")
        .expect("@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01");
    world.position("MNQ", 4);
  }

  @Test
  void whenTheListIsNotEnabledTheAccountFollowsTheGlobalSession() {
    World world =
        new World(BY_SYMBOL.formatted("").replace("enabled: true", "enabled: false"), "16:00");
    world.position("NQ", 1);
    world
        .clock("20:00")
        .expect(
            "violation 009 session until " + MONDAY,
            "lock 009 session until " + MONDAY,
            "cancel all 009",
            "close all 009");
  }

  @Test
  void anEntryThatIsNotEnabledIsAsIfItWereNotListed() {
    World world =
        new World(
            BY_SYMBOL
                .formatted("")
                .replace("{start: \"18:00\"", "{enabled: false, start: \"18:00\""),
            "20:00");
    world
        .position("ES", 1, "6000")
        .expect(
            "violation 009 ES session until " + MONDAY,
            "lock 009 ES session until " + MONDAY,
            "lock 009 NQ session until " + MONDAY,
            "close ES long 1 009");
  }

  @Test
  void whatIsHeldMayStayForOneSymbolToo() {
    World world = inside("close_positions_at_session_end: false");
    world.trade("NQ", 2).send();
    world.position("NQ", 2);
    world
        .clock("16:00")
        .expect("violation 009 NQ session until " + MONDAY, "lock 009 NQ session until " + MONDAY);
    world.at("16:01").trade("NQ", 1).send();
    world.position("NQ", 3).expect("reduce NQ 3>2 009 guard");
    world.position("NQ", 2);
    world.trade("MNQ", 1).send();
    world.position("MNQ", 1);
  }

  @Test
  void withoutLockingASymbolIsClosedEachTime() {
    World world = inside("lockout_outside_session: false");
    world.clock("16:00");
    world.at("16:01").position("NQ", 1).expect("violation 009 NQ", "close NQ long 1 009");
    world.position("NQ", 0);
    world.position("NQ", -1).expect("violation 009 NQ", "close NQ short 1 009");
    world.position("MNQ", 1);
  }

  @Test
  void anUnlockOfOneSymbolLeavesTheOthersLockedAndOpensThisClosureOnly() {
    World world = world("2025-11-03T12:00:00Z").on("2025-11-03");
    world.snapshot().flat().noOrders().send().expect("lock 009 NQ session until " + MONDAY);
    world.at("12:10").unlockSymbol("NQ").expect("unlock 009 NQ by admin:root");
    world.position("NQ", 1);
    world.clock("14:30");
    world
        .clock("17:00")
        .expect(
            "violation 009 NQ session until 2025-11-04T14:30:00Z",
            "lock 009 NQ session until 2025-11-04T14:30:00Z",
            "close NQ long 1 009");
  }

  @Test
  void aRestartKeepsASymbolsLock() {
    World world = inside().clock("16:00").expect("lock 009 NQ session until " + MONDAY);
    world.restart().at("16:30").flatSnapshot().send();
    world.position("NQ", 1).expect("close NQ long 1 009 guard");
    world.position("MNQ", 1);
  }

  @Test
  void underAnAccountLockOfAnotherRuleOnlyThatGuards() {
    World world =
        inside().lockUntil("17:00").expect("lock MANUAL manual until 2025-10-31T17:00:00Z");
    world.clock("16:00");
    world.at("16:30").position("NQ", 1).expect("blocked MANUAL", "close NQ long 1 MANUAL guard");
    world.position("NQ", 0).expect("blocked MANUAL");
    world.clock("17:00").expect("unlock MANUAL by expired", "lock 009 NQ session until " + MONDAY);
  }

  @Test
  void inShadowItOnlyTells() {
    World world = inside("mode: shadow");
    world.position("NQ", 1);
    world.clock("16:00").expect("violation 009 NQ shadow");
  }

  @Test
  void whatIsWrongWithASessionIsSaid() {
    assertThat(
            RuleFile.problems(
                """
                session_block_outside:
                  global_session: {start: "9:3", timezone: America/New_York}
                  per_instrument_sessions: {sessions: {ES: {start: "18:00", end: "17:00", zone: X}}}
                """))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("session_block_outside.global_session.start: "))
        .anyMatch(line -> line.startsWith("session_block_outside.global_session.end: "))
        .anyMatch(
            line ->
                line.startsWith(
                    "session_block_outside.per_instrument_sessions.sessions.ES.zone: "));
  }
}
