package dev.riskmanager.trader.app;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * When the next picture may be drawn: at most ten in any second. Ordinary news waits for its turn,
 * eight times a second; the two turns left over each second are for what cannot wait: a key, or
 * another state line.
 */
final class PaintBudget {
  private static final int PER_SECOND = 10;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SPACING = Duration.ofMillis(125).toNanos();

  private final ArrayDeque<Long> drawn = new ArrayDeque<>(PER_SECOND);

  /**
   * How long to wait.
   *
   * @param nanos the time
   * @param urgent whether it cannot wait
   * @return nanoseconds until a picture may be drawn, 0 or less for now
   */
  long wait(long nanos, boolean urgent) {
    Long oldest = drawn.peekFirst();
    long full = oldest == null || drawn.size() < PER_SECOND ? 0 : oldest + SECOND - nanos;
    Long newest = drawn.peekLast();
    long turn = urgent || newest == null ? 0 : newest + SPACING - nanos;
    return Math.max(full, turn);
  }

  /** A picture was drawn. */
  void drawn(long nanos) {
    if (drawn.size() == PER_SECOND) {
      drawn.removeFirst();
    }
    drawn.addLast(nanos);
  }
}
