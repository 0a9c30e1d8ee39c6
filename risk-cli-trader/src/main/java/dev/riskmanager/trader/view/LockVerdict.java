package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What the lockouts of an account come to. */
final class LockVerdict {
  /** The engine did not see what happened in a gap. */
  private static final String BLIND = "BLIND";

  /** The engine's own books cannot be trusted. */
  private static final String BOOKS = "BOOKS";

  private LockVerdict() {}

  /**
   * Judges account lockouts.
   *
   * @param locks at least one, in any order; the one that ends last decides how long it takes
   * @param now the time: an end on another day is told with its day
   * @param times the zone of the texts
   * @param problems what is wrong with the engine, empty for nothing
   */
  static Verdict of(List<LockoutView> locks, Instant now, Times times, String problems) {
    LockoutView lock = last(locks);
    boolean cooldown = lock.type() == LockoutType.COOLDOWN;
    String more = more(locks);
    Instant ends = lock.expiresAt();
    // In few words: that closing is allowed must be seen on the smallest screen too.
    String how = lock.type() == LockoutType.MANUAL ? "as the admin said" : lock.unlock();
    String until =
        ends == null
            ? lock.unlock()
            : cooldown ? times.stamp(ends, now) : times.near(ends, now) + ", " + how;
    return new Verdict(
        cooldown ? Verdict.Kind.COOLDOWN : Verdict.Kind.LOCKED,
        word(lock, cooldown),
        lock.ruleId() + " " + lock.rule() + more,
        ends,
        List.of(
            times.in(lock.reason(), now),
            problems.isEmpty()
                ? "Ends " + until + ". " + meaning(lock)
                : inTrouble(lock, ends == null ? "" : "Ends " + times.near(ends, now) + ". ")
                    + problems));
  }

  /** Those of the whole account, without those of a symbol. */
  static List<LockoutView> ofAccount(AccountView account) {
    return account.lockouts().stream().filter(lock -> lock.symbol() == null).toList();
  }

  /** How many there are besides the one that is named; empty when it is the only one. */
  static String more(List<LockoutView> locks) {
    return locks.size() > 1 ? " (and " + (locks.size() - 1) + " more)" : "";
  }

  /**
   * The one that keeps the account locked longest: an open end is the latest; of two, the one that
   * is not a hold, and the lower rule.
   */
  static LockoutView last(List<LockoutView> locks) {
    return locks.stream()
        .max(
            Comparator.comparing(
                    (LockoutView lock) -> lock.expiresAt() == null ? Instant.MAX : lock.expiresAt())
                .thenComparing(lock -> !isHold(lock))
                .thenComparing(LockoutView::ruleId, Comparator.reverseOrder()))
        .orElseThrow();
  }

  /**
   * What keeps an account locked while no engine can tell.
   *
   * @param account as it was told last
   * @param now the time
   * @param times the zone of the texts
   * @return such as {@code Still LOCKED OUT until 17:00 by RULE-003 daily_realized_loss.}; empty
   *     when it is not locked
   */
  static String stays(AccountView account, Instant now, Times times) {
    List<LockoutView> locks = ofAccount(account);
    if (locks.isEmpty()) {
      return account.locked() ? "Still locked: the engine holds this account." : "";
    }
    LockoutView lock = last(locks);
    Instant ends = lock.expiresAt();
    String by = " by " + lock.ruleId() + " " + lock.rule() + more(locks);
    String word = word(lock, lock.type() == LockoutType.COOLDOWN);
    if (ends == null) {
      return "Still " + word + by + ". Ends " + lock.unlock() + ".";
    }
    return ends.isAfter(now)
        ? "Still " + word + " until " + times.near(ends, now) + by + "."
        : "Was " + word + " until " + times.near(ends, now) + by + "; the engine ends it.";
  }

  private static boolean isHold(LockoutView lock) {
    return lock.ruleId().equals(BLIND) || lock.ruleId().equals(BOOKS);
  }

  private static String word(LockoutView lock, boolean cooldown) {
    if (isHold(lock)) {
      return "HELD";
    }
    return cooldown ? "COOLDOWN" : "LOCKED OUT";
  }

  /** In so few words that what is wrong with the engine is seen behind them. */
  private static String inTrouble(LockoutView lock, String ends) {
    return ends
        + (lock.type() == LockoutType.CONDITION && !isHold(lock)
            ? "The venue forbids trading. BUT: "
            : "New trades are undone. BUT: ");
  }

  private static String meaning(LockoutView lock) {
    return switch (lock.ruleId()) {
      case BLIND, BOOKS -> "New trades are undone; closing is allowed.";
      default ->
          switch (lock.type()) {
            case CONDITION -> "The venue forbids trading; what opens is closed.";
            case SESSION -> "What opens until then is closed.";
            case HARD, COOLDOWN, MANUAL, SYMBOL, UNKNOWN ->
                "New trades are undone; closing is allowed.";
          };
    };
  }
}
