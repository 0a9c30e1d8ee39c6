package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.RequestAllowance;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private final RequestBudget budget = new RequestBudget();

  @ParameterizedTest
  @CsvSource({
    "CLOSE, 200",
    "CANCEL_ENTRY, 190",
    "READ, 180",
    "CANCEL_PROTECTIVE, 170",
    "ENFORCE_OTHER, 160",
    "GENERAL, 140"
  })
  void eachLaneStopsWhileTheLanesBeforeItStillFindRoom(Lane lane, int ceiling) {
    for (int i = 0; i < ceiling; i++) {
      assertThat(budget.tryTake(lane, i)).as("request %s", i).isTrue();
    }

    assertThat(budget.tryTake(lane, ceiling)).isFalse();
    assertThat(budget.used(ceiling)).isEqualTo(ceiling);
    for (Lane other : Lane.values()) {
      assertThat(budget.freeAt(other, ceiling) == ceiling)
          .as("%s has room", other)
          .isEqualTo(other.compareTo(lane) < 0);
    }
  }

  @Test
  void sixtyRequestsAlwaysBelongToEnforcement() {
    int others = 0;
    while (budget.tryTake(Lane.GENERAL, 0)) {
      others++;
    }
    int closes = 0;
    while (budget.tryTake(Lane.CLOSE, 0)) {
      closes++;
    }

    assertThat(others + closes).isEqualTo(200);
    assertThat(closes).isEqualTo(60);
  }

  @Test
  void aRequestIsForgottenAfterAMinuteAndAMargin() {
    budget.tryTake(Lane.CLOSE, 0);

    assertThat(budget.used(60 * SECOND)).isEqualTo(1);
    assertThat(budget.used(60 * SECOND + SECOND / 4)).isZero();
  }

  @Test
  void theFirstFreeMomentIsWhenTheOldestRequestIsForgotten() {
    for (int i = 0; i < 140; i++) {
      budget.take(i * SECOND / 10);
    }

    long free = budget.freeAt(Lane.GENERAL, 20 * SECOND);

    assertThat(free).isEqualTo(60 * SECOND + SECOND / 4);
    assertThat(budget.tryTake(Lane.GENERAL, free - 1)).isFalse();
    assertThat(budget.tryTake(Lane.GENERAL, free)).isTrue();
  }

  @Test
  void whatBypassesTheBudgetStillCounts() {
    for (int i = 0; i < 250; i++) {
      budget.take(i);
    }

    assertThat(budget.used(250)).isEqualTo(250);
    assertThat(budget.tryTake(Lane.CLOSE, 250)).isFalse();
    // 51 of them have to be forgotten before a close finds room again.
    assertThat(budget.freeAt(Lane.CLOSE, 250)).isEqualTo(50 + 60 * SECOND + SECOND / 4);
  }

  @Test
  void theFirstLookAfterACloseFindsRoomUpToThirtyReadsAMinute() {
    for (int i = 0; i < 30; i++) {
      assertThat(verify(Look.FIRST, i)).as("read %s", i).isTrue();
    }

    assertThat(verify(Look.FIRST, 60 * SECOND)).isFalse();
    assertThat(verify(Look.FIRST, 60 * SECOND + SECOND / 4)).isTrue();
  }

  @Test
  void laterLooksStopAtTwentyTwoReadsAndTheLastSixAreSpread() {
    int reads = 0;
    for (long t = 0; t < 60 * SECOND; t += SECOND / 100) {
      if (verify(Look.AGAIN, t)) {
        reads++;
      }
      if (t == SECOND) {
        assertThat(reads).as("no burst after the sixteenth").isEqualTo(16);
      }
      if (t == 15 * SECOND / 100 + 5 * SECOND) {
        assertThat(reads).isEqualTo(17);
      }
    }

    assertThat(reads).isEqualTo(22);
    assertThat(verify(Look.FIRST, 60 * SECOND)).isTrue();
  }

  @Test
  void theWatchStopsAtEighteenReadsWhateverTheyWereFor() {
    for (int i = 0; i < 17; i++) {
      verify(Look.FIRST, i);
    }

    assertThat(verify(Look.WATCH, 17)).isTrue();
    assertThat(verify(Look.WATCH, 18)).isFalse();
    assertThat(verify(Look.FIRST, 18)).isTrue();
  }

  @Test
  void aFlattenOfTwelveReadsIsWatchedThreeTimesAllTheSame() {
    for (int i = 0; i < 6; i++) {
      assertThat(both(Look.AGAIN, i * SECOND / 30)).isTrue();
    }

    assertThat(both(Look.WATCH, 7 * SECOND / 10)).isTrue();
    assertThat(both(Look.WATCH, 22 * SECOND / 10)).isTrue();
    assertThat(both(Look.WATCH, 52 * SECOND / 10)).isTrue();
    assertThat(both(Look.WATCH, 53 * SECOND / 10)).isFalse();
  }

  @Test
  void positionsLeaveOnlyWhenTheirOrdersFindRoomToo() {
    for (int i = 0; i < 29; i++) {
      verify(Look.FIRST, i);
    }

    assertThat(budget.tryVerify(ACCOUNT, Look.FIRST, 2, 30)).isFalse();
    assertThat(budget.verifiableAt(ACCOUNT, Look.FIRST, 2, 30)).isEqualTo(60 * SECOND + SECOND / 4);
    assertThat(budget.tryVerify(ACCOUNT, Look.FIRST, 1, 30)).isTrue();
  }

  @Test
  void positionsAndOrdersAreReadAsOneLook() {
    for (int i = 0; i < 16; i++) {
      verify(Look.AGAIN, i);
    }

    assertThat(verify(Look.AGAIN, 6 * SECOND)).isTrue();
    assertThat(verify(Look.AGAIN, 6 * SECOND)).isTrue();
    assertThat(verify(Look.AGAIN, 6 * SECOND + 1)).isFalse();
  }

  @Test
  void oneAccountsReadsAreNotAnothers() {
    for (int i = 0; i < 30; i++) {
      verify(Look.FIRST, 0);
    }

    assertThat(verify(Look.FIRST, 0)).isFalse();
    assertThat(budget.tryVerify(OTHER, Look.WATCH, 1, 0)).isTrue();
  }

  private boolean both(Look look, long now) {
    return budget.tryVerify(ACCOUNT, look, 2, now) && budget.tryVerify(ACCOUNT, look, 1, now);
  }

  private boolean verify(Look look, long now) {
    return budget.tryVerify(ACCOUNT, look, 1, now);
  }

  @ParameterizedTest
  @EnumSource(Lane.class)
  void afterA429EverybodyButTheClosesHoldsBackForASecond(Lane lane) {
    budget.throttled(0);

    assertThat(budget.tryTake(lane, SECOND - 1)).isEqualTo(lane == Lane.CLOSE);
    assertThat(budget.tryTake(lane, SECOND)).isTrue();
  }

  @Test
  void each429InARowHoldsLongerUpToEightSecondsAndAQuietMinuteForgetsThem() {
    long t = 0;
    for (long expected : new long[] {1, 2, 4, 8, 8}) {
      budget.throttled(t);
      assertThat(budget.freeAt(Lane.READ, t) - t).isEqualTo(expected * SECOND);
      t = budget.freeAt(Lane.READ, t);
    }
    t += 61 * SECOND;
    budget.throttled(t);

    assertThat(budget.freeAt(Lane.READ, t) - t).isEqualTo(SECOND);
  }

  @Test
  void several429sAtOnceAreOne() {
    budget.throttled(0);
    budget.throttled(5);
    budget.throttled(9);

    assertThat(budget.freeAt(Lane.READ, 10)).isEqualTo(SECOND);
  }

  @Test
  void othersSeeTheirShareOnly() {
    long[] now = {0};
    RequestAllowance others = budget.others(() -> now[0]);
    int taken = 0;
    while (others.tryTake()) {
      taken++;
    }

    assertThat(taken).isEqualTo(140);
    assertThat(others.untilFree()).isEqualTo(Duration.ofMillis(60_250));
    now[0] = 61 * SECOND;
    assertThat(others.untilFree()).isZero();
    others.throttled();
    assertThat(others.untilFree()).isEqualTo(Duration.ofSeconds(1));
  }
}
