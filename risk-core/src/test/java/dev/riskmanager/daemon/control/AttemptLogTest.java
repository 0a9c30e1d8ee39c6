package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptLogTest {
  private static final Instant T = Instant.parse("2025-10-31T17:00:00Z");

  @Test
  void theFifthWrongOneBlocks() {
    AttemptLog log = AttemptLog.NONE;
    for (int i = 0; i < 4; i++) {
      log = log.afterWrong(T.plusSeconds(i));
      assertThat(log.blockedUntil(T.plusSeconds(i))).isEmpty();
      assertThat(log.left(T.plusSeconds(i))).isEqualTo(4 - i);
    }

    log = log.afterWrong(T.plusSeconds(60));

    assertThat(log.blockedUntil(T.plusSeconds(60))).contains(T.plusSeconds(60 + 900));
    assertThat(log.blockedUntil(T.plusSeconds(60 + 899))).isPresent();
    assertThat(log.blockedUntil(T.plusSeconds(60 + 900))).isEmpty();
    assertThat(log.left(T.plusSeconds(60 + 900))).isEqualTo(5);
  }

  @Test
  void onlyThoseOfTheLastQuarterOfAnHourCount() {
    AttemptLog four =
        new AttemptLog(List.of(T, T.plusSeconds(1), T.plusSeconds(2), T.plusSeconds(3)), null);

    assertThat(four.afterWrong(T.plusSeconds(899)).blockedUntil(T.plusSeconds(899))).isPresent();
    AttemptLog late = four.afterWrong(T.plusSeconds(900));
    assertThat(late.blockedUntil(T.plusSeconds(900))).isEmpty();
    assertThat(late.left(T.plusSeconds(900))).isEqualTo(1);
  }

  @Test
  void aClockSetBackDoesNotBlockForLonger() {
    AttemptLog blocked = new AttemptLog(List.of(), T.plusSeconds(900));
    Instant before = T.minusSeconds(86_400);

    assertThat(blocked.at(before).blockedUntil(before)).contains(before.plusSeconds(900));
    assertThat(blocked.at(T.plusSeconds(10)).blockedUntil(T.plusSeconds(10)))
        .contains(T.plusSeconds(900));
  }

  @Test
  void isReadBackAndNothingElseIs() {
    AttemptLog log = new AttemptLog(List.of(T, T.plusMillis(1500)), T.plusSeconds(900));

    assertThat(AttemptLog.read(log.write())).contains(log);
    assertThat(AttemptLog.read("")).contains(AttemptLog.NONE);
    assertThat(AttemptLog.read("wrong yesterday\n")).isEmpty();
    assertThat(AttemptLog.read(log.write() + "x")).isEmpty();
  }
}
