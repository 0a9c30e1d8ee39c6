package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.Disconnected;
import dev.riskmanager.domain.event.RiskEvent.Reconnected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Instant T = Instant.parse("2026-01-05T15:00:00Z");

  private final List<RiskEvent> out = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private final Gate gate =
      new Gate(
          (at, event) -> {
            times.add(at);
            out.add(event);
          });

  private static RiskEvent event(String name) {
    return new Disconnected(name);
  }

  @Test
  void whatCameMeanwhileFollowsTheSnapshotWithItsOwnTime() {
    gate.pass(T, event("before"));
    gate.hold("reading");
    gate.pass(T.plusMillis(1), event("a"));
    gate.pass(T.plusMillis(2), event("b"));
    assertThat(out).containsExactly(event("before"));
    gate.release("reading", sink -> sink.accept(T.plusMillis(3), new Reconnected()));
    gate.pass(T.plusMillis(4), event("after"));
    assertThat(out)
        .containsExactly(
            event("before"), new Reconnected(), event("a"), event("b"), event("after"));
    assertThat(times)
        .containsExactly(T, T.plusMillis(3), T.plusMillis(1), T.plusMillis(2), T.plusMillis(4));
  }

  @Test
  void aLaterHolderIsNotReleasedByAnEarlierOne() {
    gate.hold("first");
    gate.pass(T, event("a"));
    gate.hold("second");
    gate.release("first", sink -> {});
    assertThat(out).isEmpty();
    gate.release("second", sink -> {});
    assertThat(out).containsExactly(event("a"));
  }

  @Test
  void tooMuchToWaitGoesOn() {
    gate.hold("reading");
    for (int i = 0; i < Gate.MAX_WAITING; i++) {
      gate.pass(T, event("a"));
    }
    assertThat(out).isEmpty();
    gate.pass(T, event("last"));
    assertThat(out).hasSize(Gate.MAX_WAITING + 1);
    assertThat(out.getLast()).isEqualTo(event("last"));
  }
}
