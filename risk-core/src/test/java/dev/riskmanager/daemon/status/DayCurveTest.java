package dev.riskmanager.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DayCurveTest {
  private static final LocalDate DAY = LocalDate.parse("2025-10-31");
  private static final Instant START = Instant.parse("2025-10-31T14:00:00Z");

  private static Money dollars(long amount) {
    return Money.of(Long.toString(amount));
  }

  private static DayCurve.Point point(long second, long amount) {
    return new DayCurve.Point(START.plusSeconds(second), dollars(amount));
  }

  @Test
  void aPointIsAddedWhenItIsNewsAndNotTooSoon() {
    DayCurve curve =
        DayCurve.of(DAY)
            .plus(START, dollars(0))
            .plus(START.plusSeconds(5), dollars(0))
            .plus(START.plusSeconds(6), dollars(-20))
            .plus(START.plusMillis(6_999), dollars(-30))
            .plus(START.plusSeconds(7), dollars(-40));

    assertThat(curve.points()).containsExactly(point(0, 0), point(6, -20), point(7, -40));
  }

  @Test
  void aLongDayKeepsItsBoundsItsEndsAndItsPlunge() {
    DayCurve curve = DayCurve.of(DAY);
    for (int second = 0; second < 86_400; second++) {
      // One second of a plunge in a day that goes gently up.
      long amount = second == 40_000 ? -5_000 : second / 100 + second % 2;
      curve = curve.plus(START.plusSeconds(second), dollars(amount));
      assertThat(curve.points().size()).isLessThanOrEqualTo(DayCurve.MOST);
    }

    assertThat(curve.points().getFirst()).isEqualTo(point(0, 0));
    assertThat(curve.points().getLast().t()).isAfter(START.plusSeconds(85_000));
    assertThat(curve.every()).isEqualTo(Duration.ofSeconds(512));
  }

  @Test
  void ofTwoNeighboursTheOneThatStandsOutStays() {
    DayCurve curve = DayCurve.of(DAY);
    for (int second = 0; second <= DayCurve.MOST; second++) {
      curve = curve.plus(START.plusSeconds(second), dollars(second == 100 ? -700 : second));
    }

    assertThat(curve.points()).hasSizeLessThan(DayCurve.MOST / 2 + 3).contains(point(100, -700));
    assertThat(curve.points().getLast()).isEqualTo(point(DayCurve.MOST, DayCurve.MOST));
    assertThat(curve.every()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatWasKeptGoesOnAtItsOwnPace() {
    DayCurve curve = DayCurve.of(DAY);
    for (int second = 0; second < 20_000; second++) {
      curve = curve.plus(START.plusSeconds(second), dollars(second));
    }

    DayCurve kept = DayCurve.kept(DAY, curve.points());

    assertThat(kept.points()).isEqualTo(curve.points());
    assertThat(kept.every()).isGreaterThan(Duration.ofSeconds(80));
    assertThat(DayCurve.kept(DAY, java.util.List.of())).isEqualTo(DayCurve.of(DAY));
  }
}
