package dev.riskmanager.domain.lockout;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A lockout that is in force: nothing that increases exposure is let stand until it ends.
 *
 * @param id row number, unique and never used again
 * @param symbol only this symbol is locked; empty locks the account
 * @param reason for people, with the numbers
 * @param lockedAt time of the event that caused it
 * @param expiresAt when it ends; empty ends by its condition alone
 * @param baseline the exposure that may stay
 * @param tradingDay of its rule, at {@code lockedAt}
 * @param attempts how many orders against it were undone so far
 */
public record Lockout(
    long id,
    AccountId account,
    RuleId rule,
    Optional<String> symbol,
    LockoutType type,
    String reason,
    Instant lockedAt,
    Optional<Instant> expiresAt,
    Baseline baseline,
    LocalDate tradingDay,
    long attempts) {

  /** One against which nothing was tried. */
  public Lockout(
      long id,
      AccountId account,
      RuleId rule,
      Optional<String> symbol,
      LockoutType type,
      String reason,
      Instant lockedAt,
      Optional<Instant> expiresAt,
      Baseline baseline,
      LocalDate tradingDay) {
    this(id, account, rule, symbol, type, reason, lockedAt, expiresAt, baseline, tradingDay, 0L);
  }

  /** Whether it locks the account as a whole. */
  public boolean isAccountWide() {
    return symbol.isEmpty();
  }

  /**
   * Whether it only holds the account: nothing may be added, but no rule is silenced by it and it
   * answers no breach.
   */
  public boolean isHold() {
    return rule.holds();
  }

  /** How it ends, for people. */
  public String ending() {
    if (rule.equals(RuleId.BLIND)) {
      return "when the connection is back and the account has been read";
    }
    return rule.equals(RuleId.BOOKS)
        ? "when an admin confirms the books (unlock --rule BOOKS)"
        : type.ending();
  }

  /** Whether it still holds at {@code t}: one whose end equals now has ended. */
  public boolean isActiveAt(Instant t) {
    return expiresAt.isEmpty() || expiresAt.get().isAfter(t);
  }

  /** Time left at {@code t}, never negative; empty without an end. */
  public Optional<Duration> remaining(Instant t) {
    return expiresAt.map(end -> end.isAfter(t) ? Duration.between(t, end) : Duration.ZERO);
  }

  public Lockout withBaseline(Baseline newBaseline) {
    return new Lockout(
        id,
        account,
        rule,
        symbol,
        type,
        reason,
        lockedAt,
        expiresAt,
        newBaseline,
        tradingDay,
        attempts);
  }

  /** The same after so many more orders against it were undone. */
  public Lockout withMoreAttempts(long more) {
    return withAttempts(attempts + more);
  }

  /** The same with that count. */
  public Lockout withAttempts(long count) {
    return new Lockout(
        id, account, rule, symbol, type, reason, lockedAt, expiresAt, baseline, tradingDay, count);
  }

  /** Whether this one's end is later than the other's; an open end is the latest of all. */
  public boolean endsAfter(Lockout other) {
    if (expiresAt.isEmpty() || other.expiresAt.isEmpty()) {
      return expiresAt.isEmpty() && other.expiresAt.isPresent();
    }
    return expiresAt.get().isAfter(other.expiresAt.get());
  }

  /** The name of the timer by which an unlock that its rule delays ends it. */
  public String unlockTimer() {
    return "unlock/" + rule + "/" + symbol.orElse("");
  }
}
