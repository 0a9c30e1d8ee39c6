package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that stood still takes nothing that waited for it as a sign of life. */
class LastHeardTest {
  private static final Instant T = Instant.parse("2025-10-31T14:00:00Z");

  private LastHeard last = new LastHeard(T);

  @BeforeEach
  void connected() {
    last = new LastHeard(T);
  }

  private static Instant at(int millis) {
    return T.plusMillis(millis);
  }

  private void alive() {
    last.watched(at(0));
    last.heard(at(700));
    last.watched(at(1000));
  }

  @Test
  void whatWaitedDuringAStandstillIsNoSignOfLife() {
    alive();
    last.heard(at(34_000));
    last.heard(at(34_001));
    assertThat(last.inTime()).isEqualTo(at(700));
    last.watched(at(34_002));
    last.heard(at(34_003));
    assertThat(last.inTime()).isEqualTo(at(700));
  }

  @Test
  void norWhenTheWatchLooksFirst() {
    alive();
    last.watched(at(34_000));
    last.heard(at(34_001));
    last.watched(at(35_000));
    assertThat(last.inTime()).isEqualTo(at(700));
  }

  @Test
  void aWatchThatIsALittleLateIsNoStandstill() {
    alive();
    last.heard(at(6000));
    assertThat(last.inTime()).isEqualTo(at(6000));
    last.watched(at(6000));
    last.heard(at(11_001));
    assertThat(last.inTime()).isEqualTo(at(6000));
  }

  @Test
  void aConnectionThatIsHeardLongAfterHasLivedThroughIt() {
    alive();
    last.heard(at(20_000));
    last.watched(at(20_500));
    last.watched(at(24_900));
    last.heard(at(25_000));
    assertThat(last.inTime()).isEqualTo(at(700));
    last.heard(at(25_001));
    assertThat(last.inTime()).isEqualTo(at(25_001));
  }

  @Test
  void aSecondStandstillSoonAfterIsPartOfTheFirst() {
    alive();
    last.heard(at(20_000));
    last.watched(at(20_500));
    last.heard(at(26_000));
    assertThat(last.inTime()).isEqualTo(at(700));
  }

  @Test
  void beforeTheWatchHasLookedNothingIsLate() {
    last.heard(at(9000));
    assertThat(last.inTime()).isEqualTo(at(9000));
  }
}
