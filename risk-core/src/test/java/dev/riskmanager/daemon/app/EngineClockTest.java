package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.app.EngineClock.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The engine's clock against a machine's clock that is set, and a venue that knows better. */
class EngineClockTest {
  private static final Instant NOON = Instant.parse("2025-10-31T12:00:00Z");

  private final Machine machine = new Machine();
  private EngineClock clock = machine.clock();

  /** A machine whose clock can be set, and whose monotonic one cannot. */
  private static final class Machine {
    Instant wall = NOON;
    long nanos = 1_000;

    EngineClock clock() {
      return new EngineClock(() -> wall, () -> nanos);
    }

    void passes(Duration time) {
      wall = wall.plus(time);
      nanos += time.toNanos();
    }

    void sleeps(Duration time) {
      wall = wall.plus(time);
    }

    void isSet(Duration by) {
      wall = wall.plus(by);
    }
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private Kind kind() {
    return clock.trouble().kind();
  }

  // ---- while it runs

  @Test
  void itIsTheMachinesWhileThatIsRight() {
    machine.passes(hours(3));
    assertThat(clock.instant()).isEqualTo(NOON.plus(hours(3)));
    assertThat(clock.trouble()).isEqualTo(EngineClock.Trouble.NONE);
    assertThat(clock.trouble().text()).isEmpty();
  }

  @Test
  void aJumpForwardIsNotFollowedAndReported() {
    machine.passes(seconds(10));
    machine.isSet(hours(8));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(10)));
    assertThat(clock.trouble()).isEqualTo(new EngineClock.Trouble(Kind.UNCONFIRMED, hours(8)));
    machine.passes(seconds(20));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(30)));
    clock.venueSays(NOON.plus(seconds(30)));
    assertThat(clock.trouble()).isEqualTo(new EngineClock.Trouble(Kind.MACHINE_AHEAD, hours(8)));
    assertThat(clock.trouble().text()).contains("8 h 0 min ahead of the venue's");
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(30)));
    // And when the clock is right again, so is everything.
    machine.isSet(hours(-8));
    assertThat(kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void aJumpBackIsNotFollowedAndTimersGoOn() {
    machine.passes(seconds(10));
    machine.isSet(hours(-2));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(10)));
    machine.passes(seconds(10));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(20)));
    assertThat(clock.trouble()).isEqualTo(new EngineClock.Trouble(Kind.MACHINE_BEHIND, hours(2)));
    assertThat(clock.trouble().text()).contains("2 h 0 min behind");
  }

  @Test
  void afterASleepOfTheMachineTheVenueConfirmsTheTime() {
    machine.sleeps(hours(8));
    assertThat(clock.instant()).isEqualTo(NOON);
    clock.venueSays(NOON.plus(hours(8)));
    assertThat(clock.instant()).isEqualTo(NOON.plus(hours(8)));
    assertThat(kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void aTradeOfTheVenueConfirmsItToo() {
    machine.sleeps(hours(8));
    clock.witness(NOON.plus(hours(8)).minusSeconds(1));
    assertThat(clock.instant()).isEqualTo(NOON.plus(hours(8)).minusSeconds(1));
    // What is left is drift, and followed slowly.
    machine.passes(seconds(1_000));
    assertThat(clock.instant()).isEqualTo(NOON.plus(hours(8)).plusSeconds(1_000));
  }

  @Test
  void anOldTradeConfirmsNothingAndRefutesNothing() {
    machine.sleeps(hours(8));
    clock.witness(NOON.minus(hours(5)));
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(kind()).isEqualTo(Kind.UNCONFIRMED);
  }

  @Test
  void theVenueAloneIsNotBelieved() {
    machine.passes(seconds(5));
    clock.venueSays(NOON.plus(hours(8)));
    clock.witness(NOON.plus(hours(8)));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(5)));
    assertThat(clock.trouble())
        .isEqualTo(new EngineClock.Trouble(Kind.MACHINE_BEHIND, hours(8).minusSeconds(5)));
  }

  @Test
  void aPartOfAJumpThatIsTrueIsFollowed() {
    // Two hours of sleep, and then the clock is set on by six more.
    machine.sleeps(hours(2));
    machine.isSet(hours(6));
    clock.venueSays(NOON.plus(hours(2)));
    assertThat(clock.instant()).isBetween(NOON.plus(hours(2)), NOON.plus(hours(2)).plusSeconds(1));
    assertThat(kind()).isEqualTo(Kind.MACHINE_AHEAD);
  }

  /** A date of noon was written between noon and a second later; a lockout must not end sooner. */
  @Test
  void theVenuesSecondsAreNotRoundedUp() {
    machine.sleeps(hours(2));
    Instant truth = machine.wall.plusMillis(100);
    machine.passes(Duration.ofMillis(100));
    machine.isSet(hours(1));
    clock.venueSays(NOON.plus(hours(2)));
    assertThat(clock.instant()).isEqualTo(NOON.plus(hours(2))).isBefore(truth);
  }

  @Test
  void manySmallJumpsDoNotAddUp() {
    for (int i = 0; i < 1_000; i++) {
      machine.passes(Duration.ofMillis(100));
      machine.isSet(Duration.ofMillis(1_900));
      clock.instant();
    }
    // 100 seconds have passed; the machine says 2000.
    assertThat(clock.instant()).isBetween(NOON.plus(seconds(100)), NOON.plus(seconds(101)));
    assertThat(kind()).isEqualTo(Kind.UNCONFIRMED);
  }

  @Test
  void driftIsFollowedBothWaysAndTimeNeverGoesBack() {
    machine.isSet(Duration.ofMillis(1_500));
    machine.passes(seconds(1_000));
    assertThat(clock.instant()).isEqualTo(machine.wall);
    machine.isSet(Duration.ofMillis(-1_500));
    Instant last = clock.instant();
    for (int i = 0; i < 1_000; i++) {
      machine.passes(seconds(1));
      Instant next = clock.instant();
      assertThat(next).isAfter(last);
      last = next;
    }
    assertThat(last).isEqualTo(machine.wall);
  }

  @Test
  void exactlyTheToleranceIsDrift() {
    machine.isSet(EngineClock.TOLERANCE);
    assertThat(kind()).isEqualTo(Kind.NOTHING);
    machine.isSet(Duration.ofNanos(1));
    assertThat(kind()).isEqualTo(Kind.UNCONFIRMED);
  }

  // ---- at a start

  @Test
  void aStartGoesOnWhereTheEngineWasLastSeenUntilTheVenueSpeaks() {
    machine.isSet(hours(8));
    clock = machine.clock();
    clock.resumeFrom(NOON);
    machine.passes(seconds(3));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(3)));
    assertThat(kind()).isEqualTo(Kind.UNCONFIRMED);
    // It is true: the engine was down for eight hours.
    clock.venueSays(machine.wall.minusMillis(400));
    assertThat(clock.instant()).isEqualTo(machine.wall);
    assertThat(kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void aClockThatWasSetWhileTheEngineWasDownIsNotBelieved() {
    machine.isSet(hours(8));
    clock = machine.clock();
    clock.resumeFrom(NOON);
    clock.venueSays(NOON.plus(seconds(60)));
    assertThat(clock.instant()).isBetween(NOON.plus(seconds(60)), NOON.plus(seconds(61)));
    assertThat(kind()).isEqualTo(Kind.MACHINE_AHEAD);
  }

  @Test
  void aClockThatWasSetBackMeanwhileDoesNotStopTime() {
    machine.isSet(hours(-1));
    clock = machine.clock();
    clock.resumeFrom(NOON);
    assertThat(clock.instant()).isEqualTo(NOON);
    machine.passes(seconds(5));
    assertThat(clock.instant()).isEqualTo(NOON.plus(seconds(5)));
    assertThat(kind()).isEqualTo(Kind.MACHINE_BEHIND);
  }

  @Test
  void aFirstStartUnderAClockThatIsAheadIsToldApart() {
    clock.venueSays(NOON.minus(hours(1)));
    assertThat(kind()).isEqualTo(Kind.ENGINE_AHEAD);
    assertThat(clock.trouble().text()).contains("59 min 59 s ahead of the venue's");
    clock.venueSays(NOON.minus(EngineClock.LATE_ANSWER));
    assertThat(kind()).isEqualTo(Kind.NOTHING);
  }
}
