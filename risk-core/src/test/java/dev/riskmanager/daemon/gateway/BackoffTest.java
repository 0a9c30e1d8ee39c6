package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final List<Duration> DELAYS = GatewaySettings.defaults().reconnectDelays();

  @Test
  void takesTheDelaysInTurnAndTheLastForEver() {
    Backoff backoff = new Backoff(DELAYS, 0, new SplittableRandom(1));
    assertThat(IntStream.of(0, 1, 2, 3, 4, 5, 6, 1000).mapToObj(backoff::delay))
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 1L, 2L, 5L, 10L, 30L, 30L, 30L);
    assertThat(backoff.isExhausted(5)).isFalse();
    assertThat(backoff.isExhausted(6)).isTrue();
  }

  @Test
  void variesByAFifthBothWaysAndNoMore() {
    Backoff backoff = new Backoff(DELAYS, 200, new SplittableRandom(7));
    List<Duration> tens = IntStream.range(0, 2000).mapToObj(i -> backoff.delay(4)).toList();
    assertThat(tens).allMatch(d -> d.toMillis() >= 8_000 && d.toMillis() <= 12_000);
    assertThat(tens).anyMatch(d -> d.toMillis() < 8_200).anyMatch(d -> d.toMillis() > 11_800);
    assertThat(backoff.delay(0)).isZero();
  }

  @Test
  void theSameSeedGivesTheSameDelays() {
    Backoff one = new Backoff(DELAYS, 200, new SplittableRandom(42));
    Backoff two = new Backoff(DELAYS, 200, new SplittableRandom(42));
    assertThat(IntStream.range(0, 20).mapToObj(one::delay).toList())
        .isEqualTo(IntStream.range(0, 20).mapToObj(two::delay).toList());
  }
}
