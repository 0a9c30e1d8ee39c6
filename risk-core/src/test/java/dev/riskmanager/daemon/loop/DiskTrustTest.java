package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the disk is waited for, and when its trouble is said. */
class DiskTrustTest {
  private final DiskTrust disk = new DiskTrust();

  @Test
  void aDiskThatAnswersIsWaitedForAndNothingIsSaid() {
    assertThat(disk.waits()).isTrue();
    assertThat(disk.fails(true)).isFalse();
    assertThat(disk.answersAgain(true)).isFalse();
    assertThat(disk.answersAgain(false)).isFalse();
    assertThat(disk.waits()).isTrue();
  }

  @Test
  void oneThatDidNotAnswerInTimeIsNotWaitedForAgainAndThatIsSaidOnce() {
    assertThat(disk.fails(false)).isTrue();
    assertThat(disk.waits()).isFalse();
    assertThat(disk.fails(false)).isFalse();
    assertThat(disk.fails(true)).as("one write alone proves nothing").isFalse();
    assertThat(disk.waits()).isFalse();
  }

  @Test
  void itIsWaitedForAgainWhenItHasTakenEverything() {
    disk.fails(false);
    assertThat(disk.answersAgain(false)).isFalse();
    assertThat(disk.waits()).isFalse();

    assertThat(disk.answersAgain(true)).isTrue();
    assertThat(disk.waits()).isTrue();
    assertThat(disk.answersAgain(true)).as("said once").isFalse();
    assertThat(disk.fails(false)).as("and again when it stops again").isTrue();
  }
}
