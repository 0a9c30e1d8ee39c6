package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;

/**
 * What became of an {@link UnlockRequest}. At least one of the lists has an element.
 *
 * @param ended lockouts that have ended
 * @param delayed lockouts that will end later, because their rule delays an unlock
 * @param refused lockouts that stay, because their rule forbids an unlock
 */
public record UnlockResult(
    List<LockoutRecord> ended, List<DelayedUnlock> delayed, List<RefusedUnlock> refused) {

  public UnlockResult {
    ended = Lists.copy(ended);
    delayed = Lists.copy(delayed);
    refused = Lists.copy(refused);
  }

  /**
   * A lockout that ends later.
   *
   * @param lockout the lockout
   * @param endsAt when
   */
  public record DelayedUnlock(LockoutRecord lockout, Instant endsAt) {}

  /**
   * A lockout that stays.
   *
   * @param lockout the lockout
   * @param why the policy that forbids it
   */
  public record RefusedUnlock(LockoutRecord lockout, String why) {}
}
