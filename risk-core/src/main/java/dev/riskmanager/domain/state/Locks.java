package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * The lockouts in force on an account and what its guard has under way.
 *
 * @param active one at most for a rule and scope
 * @param closing signed contracts at the last close or reduce decided and not yet seen done
 * @param cancelled working orders whose cancelling has been decided
 * @param resized working orders whose resizing has been decided, with the size asked for
 * @param attempts which orders the guard has met since the first of the active lockouts
 */
public record Locks(
    Table<Key, Lockout> active,
    Table<ContractId, Long> closing,
    LongMap<Boolean> cancelled,
    LongMap<Long> resized,
    Attempts attempts) {

  public static final Locks NONE =
      new Locks(Table.empty(), Table.empty(), LongMap.empty(), LongMap.empty(), Attempts.NONE);

  /**
   * What is unique among the active.
   *
   * @param symbol empty for the account
   */
  public record Key(RuleId rule, String symbol) implements Comparable<Key> {
    public static Key of(Lockout lockout) {
      return new Key(lockout.rule(), lockout.symbol().orElse(""));
    }

    @Override
    public int compareTo(Key other) {
      int byRule = rule.compareTo(other.rule);
      return byRule != 0 ? byRule : symbol.compareTo(other.symbol);
    }
  }

  /** Whether the account as a whole is locked, be it only held. */
  public boolean accountLocked() {
    for (Lockout lockout : active) {
      if (lockout.isAccountWide()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the account is locked by more than a hold, and so no rule is asked. */
  public boolean rulesGated() {
    for (Lockout lockout : active) {
      if (lockout.isAccountWide() && !lockout.isHold()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the account as a whole is guarded: it is locked, and what may stay is known. */
  public boolean accountGuarded() {
    for (Lockout lockout : active) {
      if (lockout.isAccountWide() && !lockout.baseline().unread()) {
        return true;
      }
    }
    return false;
  }

  public boolean symbolLocked(String symbol) {
    for (Lockout lockout : active) {
      if (lockout.symbol().filter(symbol::equalsIgnoreCase).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything of that symbol is guarded: the account or the symbol is locked. */
  public boolean guards(String symbol) {
    return accountGuarded() || symbolLocked(symbol);
  }

  /**
   * The lockout that speaks for the guard: of those that cover the symbol, the one with the latest
   * end; an open end is the latest, a tie goes to the lower rule number. A hold speaks only where
   * nothing else does.
   */
  public Optional<Lockout> governing(String symbol) {
    Lockout best = null;
    for (Lockout lockout : active) {
      if (covers(lockout, symbol) && (best == null || speaksFor(lockout, best))) {
        best = lockout;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The account-wide lockout with the latest end, chosen as in {@link #governing(String)}. */
  public Optional<Lockout> governing() {
    Lockout best = null;
    for (Lockout lockout : active) {
      if (lockout.isAccountWide() && (best == null || speaksFor(lockout, best))) {
        best = lockout;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean speaksFor(Lockout lockout, Lockout other) {
    return lockout.isHold() == other.isHold() ? lockout.endsAfter(other) : other.isHold();
  }

  /** Whether it guards the symbol: what may stay under it is known. */
  public static boolean covers(Lockout lockout, String symbol) {
    return !lockout.baseline().unread()
        && lockout.symbol().map(symbol::equalsIgnoreCase).orElse(true);
  }

  /** Whether none of the lockouts that cover the symbol wants everything closed. */
  public boolean letsAnythingStay(String symbol) {
    for (Lockout lockout : active) {
      if (covers(lockout, symbol) && lockout.baseline().isZero()) {
        return false;
      }
    }
    return true;
  }

  /** Signed contracts that may stay, the tightest of the lockouts that cover the symbol. */
  public long allowed(ContractId contract, String symbol) {
    long allowed = 0;
    boolean first = true;
    for (Lockout lockout : active) {
      if (covers(lockout, symbol)) {
        long here = lockout.baseline().of(contract);
        allowed = first ? here : Baseline.tighter(allowed, here);
        first = false;
      }
    }
    return allowed;
  }

  public Locks withLockout(Lockout lockout) {
    return new Locks(active.with(Key.of(lockout), lockout), closing, cancelled, resized, attempts);
  }

  /** Without that lockout; when none is left the guard forgets what it had under way. */
  public Locks without(Lockout lockout) {
    Table<Key, Lockout> rest = active.without(Key.of(lockout));
    return rest.isEmpty() ? NONE : new Locks(rest, closing, cancelled, resized, attempts);
  }

  public Locks withActive(Table<Key, Lockout> lockouts) {
    return lockouts == active ? this : new Locks(lockouts, closing, cancelled, resized, attempts);
  }

  public Locks withClosing(ContractId contract, long signedSize) {
    return new Locks(
        active,
        closing.with(contract, signedSize),
        cancelled,
        resized,
        attempts.withClosing(contract, signedSize));
  }

  public Locks withoutClosing(ContractId contract) {
    Table<ContractId, Long> rest = closing.without(contract);
    Attempts tried = attempts.withoutClosing(contract);
    return rest == closing && tried == attempts
        ? this
        : new Locks(active, rest, cancelled, resized, tried);
  }

  public Locks withCancelled(long orderId) {
    return new Locks(active, closing, cancelled.with(orderId, true), resized, attempts);
  }

  public Locks withResized(long orderId, long size) {
    return new Locks(active, closing, cancelled, resized.with(orderId, size), attempts);
  }

  /** The order is as it was asked to be: made larger again, it is asked again. */
  public Locks withoutResized(long orderId) {
    LongMap<Long> rest = resized.without(orderId);
    return rest == resized ? this : new Locks(active, closing, cancelled, rest, attempts);
  }

  /** The order is no longer working: what was decided about it is history. */
  public Locks withoutOrder(long orderId) {
    LongMap<Boolean> stillCancelled = cancelled.without(orderId);
    LongMap<Long> stillResized = resized.without(orderId);
    return stillCancelled == cancelled && stillResized == resized
        ? this
        : new Locks(active, closing, stillCancelled, stillResized, attempts);
  }

  public Locks withAttempts(Attempts tried) {
    return tried == attempts ? this : new Locks(active, closing, cancelled, resized, tried);
  }

  /** The earliest end among the active; {@link Instant#MAX} when none has one. */
  public Instant nextEnd() {
    Instant next = Instant.MAX;
    for (Lockout lockout : active) {
      Instant end = lockout.expiresAt().orElse(Instant.MAX);
      next = end.isBefore(next) ? end : next;
    }
    return next;
  }
}
