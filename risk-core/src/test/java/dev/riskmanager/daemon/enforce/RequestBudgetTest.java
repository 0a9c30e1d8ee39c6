package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.RequestAllowance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  void eighteenReadsMayLeaveAtOnceAndThenOneEveryFiveSeconds() {
    for (int i = 0; i < 18; i++) {
      assertThat(verify(Look.FIRST, 0)).as("read %s", i).isTrue();
    }

    assertThat(verify(Look.FIRST, 5 * SECOND - 1)).isFalse();
    assertThat(verify(Look.FIRST, 5 * SECOND)).isTrue();
    assertThat(verify(Look.FIRST, 10 * SECOND - 1)).isFalse();
    assertThat(verify(Look.FIRST, 10 * SECOND)).isTrue();
  }

  @Test
  void howeverManyWereMadeTheNextLookIsNoFurtherThanTenSeconds() {
    for (long t = 0; t < 200 * SECOND; t += SECOND / 10) {
      verify(Look.FIRST, t);
      assertThat(budget.verifiableAt(ACCOUNT, Look.FIRST, 2, t) - t)
          .isLessThanOrEqualTo(10 * SECOND);
    }
  }

  @Test
  void inNoMinuteAreThereMoreThanThirtyReads() {
    List<Long> left = new ArrayList<>();
    for (long t = 0; t < 300 * SECOND; t += SECOND / 10) {
      if (verify(Look.FIRST, t)) {
        left.add(t);
      }
    }

    for (int i = 30; i < left.size(); i++) {
      assertThat(left.get(i) - left.get(i - 30)).isGreaterThanOrEqualTo(60 * SECOND);
    }
    assertThat(left).hasSizeGreaterThan(70);
  }

  @Test
  void laterLooksLeaveOneToTheFirstAfterAClose() {
    while (verify(Look.AGAIN, 0)) {
      // Until there is no room for one more.
    }

    assertThat(both(Look.FIRST, 0)).isTrue();
    assertThat(verify(Look.FIRST, 0)).isFalse();
  }

  @Test
  void theWatchLeavesSevenReads() {
    while (verify(Look.WATCH, 0)) {
      // Until there is no room for one more.
    }

    for (int i = 0; i < 7; i++) {
      assertThat(verify(Look.FIRST, 0)).as("read %s", i).isTrue();
    }
    assertThat(verify(Look.FIRST, 0)).isFalse();
  }

  @Test
  void aFlattenOfSixReadsIsWatchedAtItsTimes() {
    for (int i = 0; i < 3; i++) {
      assertThat(both(Look.AGAIN, i * SECOND / 30)).isTrue();
    }

    assertThat(both(Look.WATCH, 6 * SECOND / 10)).isTrue();
    assertThat(both(Look.WATCH, 21 * SECOND / 10)).isTrue();
    assertThat(both(Look.WATCH, 51 * SECOND / 10)).isTrue();
  }

  /** As docs/adr/0018-few-reads.md has it. */
  @ParameterizedTest
  @CsvSource({"9,1", "12,15", "18,45"})
  void oneOfMoreIsWatchedAsSoonAsThereIsRoom(int reads, long seconds) {
    for (int i = 0; i < reads; i++) {
      assertThat(verify(Look.FIRST, 0)).isTrue();
    }

    assertThat(budget.verifiableAt(ACCOUNT, Look.WATCH, 2, SECOND)).isEqualTo(seconds * SECOND);
  }

  @Test
  void afterNineTheSecondLookOfTheWatchIsLate() {
    for (int i = 0; i < 9; i++) {
      assertThat(verify(Look.FIRST, 0)).isTrue();
    }

    assertThat(both(Look.WATCH, SECOND / 2)).isTrue();
    assertThat(budget.verifiableAt(ACCOUNT, Look.WATCH, 2, 2 * SECOND)).isEqualTo(10 * SECOND);
  }

  @Test
  void positionsLeaveOnlyWhenTheirOrdersFindRoomToo() {
    for (int i = 0; i < 17; i++) {
      verify(Look.FIRST, 0);
    }

    assertThat(budget.tryVerify(ACCOUNT, Look.FIRST, 2, 0)).isFalse();
    assertThat(budget.verifiableAt(ACCOUNT, Look.FIRST, 2, 0)).isEqualTo(5 * SECOND);
    assertThat(budget.tryVerify(ACCOUNT, Look.FIRST, 1, 0)).isTrue();
  }

  @Test
  void oneAccountsReadsAreNotAnothers() {
    for (int i = 0; i < 18; i++) {
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
  void each429InARowHoldsOthersLongerUpToEightSecondsAndAQuietMinuteForgetsThem() {
    long t = 0;
    for (long expected : new long[] {1, 2, 4, 8, 8}) {
      budget.throttled(t);
      assertThat(budget.freeAt(Lane.GENERAL, t) - t).isEqualTo(expected * SECOND);
      t = budget.freeAt(Lane.GENERAL, t);
    }
    t += 61 * SECOND;
    budget.throttled(t);

    assertThat(budget.freeAt(Lane.GENERAL, t) - t).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @CsvSource({"CLOSE, 0", "CANCEL_ENTRY, 1", "READ, 2", "CANCEL_PROTECTIVE, 2", "ENFORCE_OTHER, 2"})
  void enforcementKeepsItsLaneHoweverOftenTheVenueSays429(Lane lane, long seconds) {
    for (long t = 0; t <= 30; t += 10) {
      budget.throttled(t * SECOND);
    }

    assertThat(budget.freeAt(lane, 30 * SECOND) - 30 * SECOND).isEqualTo(seconds * SECOND);
    assertThat(budget.freeAt(Lane.GENERAL, 30 * SECOND) - 30 * SECOND).isEqualTo(8 * SECOND);
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
