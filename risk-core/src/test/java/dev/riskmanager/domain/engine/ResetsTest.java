package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trading days: when they begin, what begins anew, and what of them survives. */
class ResetsTest extends WorldTest {
  private static final String CHICAGO =
      """
      daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/Chicago}
      """;

  private static Money gross(World world, String reset) {
    return world.books().trades().day(ResetTime.parse(reset)).gross();
  }

  @Test
  void theSumsBeginAnewAtTheReset() {
    World world = new World(CHICAGO);
    world.loss("-499");
    world.clock("21:59:59.999");
    assertThat(gross(world, "17:00 America/Chicago")).isEqualTo(Money.of("-499"));
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    assertThat(gross(world, "17:00 America/Chicago")).isEqualTo(Money.ZERO);
    world.loss("-499");
  }

  @ParameterizedTest
  @CsvSource({"21:59:59.999999999,true", "22:00,false"})
  void aTradeBelongsToTheDayOfItsExecutionHoweverLateItComes(String executed, boolean old) {
    World world = new World(CHICAGO);
    world.loss("-300");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.at("22:00:05").trade("MNQ", -1).pnl("-300").executed(executed).send();
    assertThat(gross(world, "17:00 America/Chicago"))
        .isEqualTo(old ? Money.ZERO : Money.of("-300"));
  }

  @Test
  void aTradeOfTheNextDayThatComesEarlyIsCountedWhenItBegins() {
    World world = new World(CHICAGO);
    world.at("21:59:59.900").trade("MNQ", -1).pnl("-300").executed("22:00:00.050").send();
    assertThat(gross(world, "17:00 America/Chicago")).isEqualTo(Money.ZERO);
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    assertThat(gross(world, "17:00 America/Chicago")).isEqualTo(Money.of("-300"));
  }

  @Test
  void twoZonesAtOneInstantAreTwoResets() {
    World world =
        new World(
            """
            general: {reset_time: "17:00", timezone: America/Chicago}
            daily_realized_loss: {limit: -500, reset_time: "18:00", timezone: America/New_York}
            """);
    world
        .clock("22:00")
        .expect(
            "reset 17:00 America/Chicago begins 2025-11-01",
            "reset 18:00 America/New_York begins 2025-11-01");
  }

  @Test
  void oneResetThatSeveralShareIsOneLine() {
    World world =
        new World(
            """
            general: {reset_time: "17:00", timezone: America/Chicago}
            daily_realized_loss: {limit: -500}
            """);
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
  }

  @Test
  void aRuleLocksUntilItsOwnResetAndIsNotReleasedByAnother() {
    World world =
        new World(
            """
            general: {reset_time: "17:00", timezone: America/Chicago}
            daily_realized_loss: {limit: -500, reset_time: "17:00", timezone: America/New_York}
            """);
    world
        .at("20:30")
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T21:00:00Z",
            "lock 003 hard until 2025-10-31T21:00:00Z",
            "cancel all 003",
            "close all 003");
    world
        .clock("21:00")
        .expect("reset 17:00 America/New_York begins 2025-11-01", "unlock 003 by reset");
    world
        .at("21:30")
        .loss("-501")
        .expect(
            "violation 003 hard until 2025-11-01T21:00:00Z",
            "lock 003 hard until 2025-11-01T21:00:00Z",
            "cancel all 003",
            "close all 003");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    assertThat(world.books().locks().accountLocked()).isTrue();
  }

  @Test
  void aResetHasEverythingEvaluated() {
    World world = new World(CHICAGO + "max_contracts: {limit: 1}\n");
    world
        .loss("-500")
        .expect(
            "violation 003 hard until 2025-10-31T22:00:00Z",
            "lock 003 hard until 2025-10-31T22:00:00Z",
            "cancel all 003",
            "close all 003");
    // The venue is halted: what the guard closes stays open.
    world.position("MNQ", 2).expect("blocked 003", "close MNQ long 2 003 guard");
    world
        .clock("22:00")
        .expect(
            "reset 17:00 America/Chicago begins 2025-11-01",
            "unlock 003 by reset",
            "violation 001",
            "cancel all 001",
            "close all 001");
  }

  @Test
  void aPositionHeldOverTheResetIsStillWatched() {
    World world = new World(CHICAGO + "max_contracts: {limit: 1}\n");
    world.position("MNQ", 1);
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.at("22:01").position("MNQ", 2).expect("violation 001", "cancel all 001", "close all 001");
  }

  @Test
  void daysThatNobodySawAreEachBegunOnceAtTheirTime() {
    World world = new World(CHICAGO);
    world
        .on("2025-11-02")
        .clock("23:30")
        .expect(
            "@2025-10-31T22:00:00Z reset 17:00 America/Chicago begins 2025-11-01",
            "@2025-11-01T22:00:00Z reset 17:00 America/Chicago begins 2025-11-02",
            "@2025-11-02T23:00:00Z reset 17:00 America/Chicago begins 2025-11-03");
  }

  @Test
  void nothingIsResetBeforeTheFirstEvent() {
    World world = new World(CHICAGO, "22:00");
    world.clock("22:00");
  }

  @Test
  void aVoidedTradeOfToDayLeavesTheSumsAndOneOfYesterdayChangesNothing() {
    World world = new World(CHICAGO);
    world.trade("MNQ", -1).pnl("-100").id(1).send();
    world.trade("MNQ", -1).pnl("-30").id(2).fees("1.11").send();
    world.trade("MNQ", -1).pnl("-100").id(1).voided().send();
    world.trade("MNQ", -1).pnl("-100").id(1).voided().send();
    assertThat(gross(world, "17:00 America/Chicago")).isEqualTo(Money.of("-30"));
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    world.trade("MNQ", -1).pnl("-30").id(2).executed("14:00").voided().send();
    assertThat(gross(world, "17:00 America/Chicago")).isEqualTo(Money.ZERO);
  }

  @Test
  void tradesOfOldDaysAreForgotten() {
    World world = new World(CHICAGO);
    world.trade("MNQ", -1).pnl("-1").id(7).send();
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-01");
    assertThat(world.books().trades().trades().size()).isEqualTo(1);
    world.on("2025-11-01").clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-02");
    assertThat(world.books().trades().trades().size()).isZero();
    assertThat(world.books().trades().fills().size()).isZero();
    // And when the venue names one of them again, that is no news.
    var before = world.state();
    world.trade("MNQ", -1).pnl("-1").id(7).executed("2025-10-31T14:00:00Z").send();
    assertThat(world.state()).isEqualTo(before);
  }

  // ---- daylight saving

  @Test
  void seventeenOClockStaysSeventeenOClockInAutumn() {
    World world = new World(CHICAGO, "2025-11-01T21:00:00Z");
    world.on("2025-11-01").clock("22:00").expect("reset 17:00 America/Chicago begins 2025-11-02");
    // 2 November has 25 hours in Chicago.
    world.on("2025-11-02").clock("22:59:59");
    world.clock("23:00").expect("reset 17:00 America/Chicago begins 2025-11-03");
  }

  @Test
  void seventeenOClockStaysSeventeenOClockInSpring() {
    World world = new World(CHICAGO, "2026-03-07T22:00:00Z");
    world.on("2026-03-07").clock("23:00").expect("reset 17:00 America/Chicago begins 2026-03-08");
    // 8 March has 23 hours in Chicago.
    world.on("2026-03-08").clock("21:59:59");
    world.clock("22:00").expect("reset 17:00 America/Chicago begins 2026-03-09");
  }

  @Test
  void aResetThatDoesNotExistIsTheNextValidMinute() {
    ResetTime reset = ResetTime.parse("02:30 America/Chicago");
    assertThat(reset.next(Instant.parse("2026-03-08T07:00:00Z")))
        .isEqualTo(Instant.parse("2026-03-08T08:00:00Z"));
    assertThat(reset.endOf(LocalDate.of(2026, 3, 8)))
        .isEqualTo(Instant.parse("2026-03-08T08:00:00Z"));
  }

  @Test
  void aResetThatOccursTwiceIsTheFirst() {
    ResetTime reset = ResetTime.parse("01:30 America/Chicago");
    Instant first = Instant.parse("2025-11-02T06:30:00Z");
    assertThat(reset.next(Instant.parse("2025-11-02T06:29:59Z"))).isEqualTo(first);
    assertThat(reset.next(first)).isEqualTo(Instant.parse("2025-11-03T07:30:00Z"));
    assertThat(reset.last(Instant.parse("2025-11-02T07:30:00Z"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "17:00 America/Chicago,2025-10-31T21:59:59Z,2025-10-31",
    "17:00 America/Chicago,2025-10-31T22:00:00Z,2025-11-01",
    "00:00 America/New_York,2025-10-31T03:59:59Z,2025-10-30",
    "00:00 America/New_York,2025-10-31T04:00:00Z,2025-10-31",
    "00:00 UTC,2025-10-31T23:59:59Z,2025-10-31",
    "08:00 Asia/Tokyo,2025-10-31T22:59:59Z,2025-11-01",
    "08:00 Asia/Tokyo,2025-10-31T23:00:00Z,2025-11-02"
  })
  void aDayIsLabelledByTheLocalDateOnWhichItEnds(String reset, String t, String label) {
    ResetTime time = ResetTime.parse(reset);
    Instant instant = Instant.parse(t);
    assertThat(time.tradingDay(instant)).isEqualTo(LocalDate.parse(label));
    assertThat(time.endOf(LocalDate.parse(label))).isEqualTo(time.next(instant));
    assertThat(ResetTime.parse(time.toString())).isEqualTo(time);
  }
}
