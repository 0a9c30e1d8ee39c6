package dev.riskmanager.daemon.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(new SplittableRandom(7));

  @ParameterizedTest
  @CsvSource({
    "0, 50",
    "1, 50",
    "2, 100",
    "3, 200",
    "4, 400",
    "5, 800",
    "6, 1600",
    "7, 2000",
    "1000, 2000"
  })
  void itDoublesUpToTwoSecondsLessAtMostAFifth(int attempt, long millis) {
    for (int i = 0; i < 200; i++) {
      assertThat(backoff.after(attempt)).isBetween(millis * 800_000, millis * 1_000_000);
    }
  }

  @Test
  void itIsJittered() {
    Set<Long> pauses =
        IntStream.range(0, 50).mapToObj(i -> backoff.after(3)).collect(Collectors.toSet());

    assertThat(pauses).hasSizeGreaterThan(40);
  }

  @Test
  void theSameSeedGivesTheSamePauses() {
    Backoff other = new Backoff(new SplittableRandom(7));

    for (int i = 1; i < 50; i++) {
      assertThat(other.after(i % 9)).isEqualTo(backoff.after(i % 9));
    }
  }

  @Test
  void afterA429ItIsNeverBriefer() {
    assertThat(backoff.afterThrottled(1)).isEqualTo(250_000_000);
    assertThat(backoff.afterThrottled(7)).isBetween(1_600_000_000L, 2_000_000_000L);
  }
}
