package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link UnlockRequest} would do now: the answer of {@code unlock.preview}.
 *
 * @param asOf when
 * @param named the lockouts the request names, each with the policy of its rule
 * @param stays account lockouts that the request does not end, by which the account stays locked
 * @param locksAtOnce lockouts that the evaluation after the unlock would set at once
 * @param actions what would be done at the venue at once, a line each
 */
public record UnlockPreview(
    Instant asOf,
    List<Named> named,
    List<LockoutRecord> stays,
    List<LockoutRecord> locksAtOnce,
    List<String> actions) {

  public UnlockPreview {
    named = Lists.copy(named);
    stays = Lists.copy(stays);
    locksAtOnce = Lists.copy(locksAtOnce);
    actions = Lists.copy(actions);
  }

  /**
   * A lockout that the request names.
   *
   * @param policy what its rule says of unlocking
   * @param endsAt when it would end, null when it would not
   * @param acknowledged what the rule finds now, which the unlock acknowledges; null when it finds
   *     nothing
   * @param locksAgain when its rule would lock again, in words
   * @param acknowledgedUntil end of the trading day for which that holds
   */
  public record Named(
      LockoutRecord lockout,
      Policy policy,
      @Nullable Instant endsAt,
      @Nullable String acknowledged,
      String locksAgain,
      Instant acknowledgedUntil) {}

  /** What a rule says of unlocking. */
  public enum Policy {
    ALLOWED,
    DELAYED,
    FORBIDDEN,
    /** A value this version does not know; only ever read, never sent. */
    @com.fasterxml.jackson.annotation.JsonEnumDefaultValue
    UNKNOWN
  }
}
