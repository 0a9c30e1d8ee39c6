package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaintBudgetTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void theFirstPictureIsDrawnAtOnce() {
    assertThat(new PaintBudget().wait(17, false)).isLessThanOrEqualTo(0);
  }

  @Test
  void ordinaryNewsWaitsForItsTurnAndAKeyDoesNot() {
    PaintBudget budget = new PaintBudget();
    budget.drawn(0);

    assertThat(budget.wait(MILLI, false)).isEqualTo(124 * MILLI);
    assertThat(budget.wait(125 * MILLI - 1, false)).isEqualTo(1);
    assertThat(budget.wait(125 * MILLI, false)).isZero();
    assertThat(budget.wait(MILLI, true)).isLessThanOrEqualTo(0);
  }

  @Test
  void theEleventhPictureOfASecondWaitsEvenForAKey() {
    PaintBudget budget = new PaintBudget();
    for (int i = 0; i < 10; i++) {
      assertThat(budget.wait(i * MILLI, true)).isLessThanOrEqualTo(0);
      budget.drawn(i * MILLI);
    }

    assertThat(budget.wait(10 * MILLI, true)).isEqualTo(SECOND - 10 * MILLI);
    assertThat(budget.wait(SECOND - 1, true)).isEqualTo(1);
    assertThat(budget.wait(SECOND, true)).isZero();
  }

  /** Whatever comes in, and however urgent: any second has at most ten pictures. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverMoreThanTenInAnySecond(long seed) {
    Random random = new Random(seed);
    PaintBudget budget = new PaintBudget();
    List<Long> drawn = new ArrayList<>();
    for (long now = 0; now < 20 * SECOND; now += random.nextInt(60) * MILLI) {
      boolean urgent = random.nextInt(3) > 0;
      long wait = Math.max(0, budget.wait(now, urgent));
      now += wait;
      budget.drawn(now);
      drawn.add(now);
    }

    for (int i = 10; i < drawn.size(); i++) {
      assertThat(drawn.get(i) - drawn.get(i - 10)).isGreaterThanOrEqualTo(SECOND);
    }
    // And it does not starve: with this much news nearly all turns are used.
    assertThat(drawn.size()).isGreaterThan(20 * 7);
  }
}
