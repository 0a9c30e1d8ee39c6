package dev.riskmanager.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private long nanos = 5;
  private boolean well;
  private boolean refused;
  private int calls;
  private final Heartbeat heartbeat =
      new Heartbeat(
          () -> {
            calls++;
            if (refused) {
              throw SendException.later("HTTP 500");
            }
          },
          () -> well,
          Duration.ofMinutes(1),
          () -> nanos);

  @Test
  void itBeatsAtOnceAndThenEachMinuteWhileAllIsWell() {
    heartbeat.look();
    assertThat(calls).isZero();

    well = true;
    heartbeat.look();
    heartbeat.look();
    assertThat(calls).isEqualTo(1);
    after(Duration.ofMinutes(1).minusNanos(1));
    assertThat(calls).isEqualTo(1);
    after(Duration.ofNanos(1));
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void itStopsWhenNothingIsProtectedAndGoesOnAfterwards() {
    well = true;
    heartbeat.look();
    well = false;
    after(Duration.ofMinutes(3));
    assertThat(calls).isEqualTo(1);
    well = true;
    heartbeat.look();
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void aCallThatFailsIsFollowedByTheNextAtItsTime() {
    well = true;
    refused = true;
    heartbeat.look();
    heartbeat.look();
    assertThat(calls).isEqualTo(1);
    after(Duration.ofMinutes(1));
    assertThat(calls).isEqualTo(2);
  }

  private void after(Duration time) {
    nanos += time.toNanos();
    heartbeat.look();
  }
}
