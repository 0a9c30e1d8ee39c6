package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTimerTest {
  private final Health health = new Health(Instant.EPOCH);
  private final EngineTimer timer = new EngineTimer(1, health);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void aTaskThatThrewRunsAgainAndIsAProblemUntilItSucceeds() {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicInteger runs = new AtomicInteger();
    timer.scheduleWithFixedDelay(
        () -> {
          runs.incrementAndGet();
          if (broken.get()) {
            throw new IllegalStateException("no such map");
          }
        },
        0,
        1,
        TimeUnit.MILLISECONDS);
    Awaitility.await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(3));
    assertThat(health.view(Instant.EPOCH).problems())
        .singleElement()
        .asString()
        .contains("no such map");
    broken.set(false);
    Awaitility.await()
        .untilAsserted(() -> assertThat(health.view(Instant.EPOCH).problems()).isEmpty());
  }

  @Test
  void atAFixedRateToo() {
    AtomicInteger runs = new AtomicInteger();
    timer.scheduleAtFixedRate(
        () -> {
          runs.incrementAndGet();
          throw new IllegalStateException("again");
        },
        0,
        1,
        TimeUnit.MILLISECONDS);
    Awaitility.await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(3));
  }
}
