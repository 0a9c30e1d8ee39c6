package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long to wait before an attempt: the delays in turn, the last one for ever, each varied by up
 * to a share of it, so that many clients do not come back in step.
 */
final class Backoff {
  private final List<Duration> delays;
  private final int jitterThousandths;
  private final RandomGenerator random;

  Backoff(List<Duration> delays, int jitterThousandths, RandomGenerator random) {
    this.delays = List.copyOf(delays);
    this.jitterThousandths = jitterThousandths;
    this.random = random;
  }

  /**
   * @param tries attempts made since the last good connection, from 0
   */
  Duration delay(int tries) {
    Duration base = delays.get(Math.min(tries, delays.size() - 1));
    long most = base.toNanos() / 1000 * jitterThousandths;
    return most == 0 ? base : base.plusNanos(random.nextLong(-most, most + 1));
  }

  /** A delay that may only become longer, by up to the same share. */
  Duration stretched(Duration least) {
    long most = least.toNanos() / 1000 * jitterThousandths;
    return most == 0 ? least : least.plusNanos(random.nextLong(most + 1));
  }

  /** Whether all the different delays have been tried without success. */
  boolean isExhausted(int tries) {
    return tries >= delays.size();
  }
}
