package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Fold;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.Nanos;
import java.time.Instant;
import java.util.Optional;

/**
 * Trades that were missed and are read afterwards, one after the other by the time of their
 * execution: which of them a lockout would have gated, and whether it let positions stay then. So
 * that what is found late is judged as it would have been live.
 */
final class Missed {
  /** When the last lockout ended while nobody saw the account. */
  private static final String GATED = RuleId.BLIND + "/gated";

  /** Whether it let positions stay. */
  private static final String STAYED = RuleId.BLIND + "/stayed";

  /** All of the account was read at least once: a trade that is new was made since then. */
  private static final String READ = RuleId.BOOKS + "/read";

  private final AccountStep step;
  private Table<ContractId, Long> positions = Table.empty();
  private Table<ContractId, Long> stays = Table.empty();

  /** Trades before this were gated by a lockout that is over, or that was found on the way. */
  private Instant gatedUntil = Instant.MIN;

  private boolean found;

  /** The end of the last lockout at which everything was judged again, as it would have been. */
  private Instant reviewedAt = Instant.MIN;

  /** When the trade was executed that started a lockout which lets positions stay. */
  private Instant startedAt = Instant.MIN;

  Missed(AccountStep step, Fold.Merged merged) {
    this.step = step;
    AccountState before = step.before;
    Long ended = before.memory().find(GATED);
    if (ended != null) {
      gatedUntil = Nanos.toInstant(ended);
    }
    boolean unread = before.phase() == Phase.RESTORED && merged.shown();
    positions = unread ? heldBefore(merged) : implied(before);
    for (int i = 0; i < positions.size(); i++) {
      ContractId contract = positions.keyAt(i);
      if (before.locks().rulesGated()) {
        stays = stays.with(contract, stayed(before, contract));
      } else if (before.memory().containsKey(STAYED)) {
        stays = stays.with(contract, positions.valueAt(i));
      }
    }
    stays = stays.where(size -> size != 0);
  }

  private static Table<ContractId, Long> implied(AccountState account) {
    Table<ContractId, Long> held = Table.empty();
    for (Holding holding : account.holdings()) {
      held = held.with(holding.contract(), holding.implied());
    }
    return held;
  }

  /** Positions are not written: they are what was read now without the trades that are new. */
  private static Table<ContractId, Long> heldBefore(Fold.Merged merged) {
    Table<ContractId, Long> held = implied(merged.state());
    for (Trade trade : merged.newTrades()) {
      ContractId contract = trade.contract();
      held = held.with(contract, held.getOrDefault(contract, 0L) - trade.signedSize());
    }
    return held;
  }

  private long stayed(AccountState before, ContractId contract) {
    return before.locks().allowed(contract, step.market.symbol(contract));
  }

  /** A lockout of the account ends while nobody sees what it gates. */
  static void ended(AccountStep step, Lockout lockout) {
    boolean unseen = step.state.blindSince().isPresent() || step.state.phase() == Phase.RESTORED;
    if (unseen && lockout.isAccountWide() && !lockout.isHold()) {
      Table<String, Long> memory = step.state.memory().with(GATED, Nanos.of(step.now));
      step.state =
          step.state.withMemory(
              lockout.baseline().fixed() ? memory.without(STAYED) : memory.with(STAYED, 1L));
    }
  }

  /** Everything was read: there is nothing more to come from that time. */
  static void read(AccountStep step) {
    Table<String, Long> memory = step.state.memory().without(GATED).without(STAYED);
    step.state = step.state.withMemory(memory.containsKey(READ) ? memory : memory.with(READ, 1L));
  }

  /**
   * Whether the engine goes on with an account it watched before, and has not read all of it yet:
   * what is new to the books was made while it was down. At the first start of all it was made
   * before anybody watched.
   */
  static boolean whileDown(AccountState before) {
    boolean unread = before.phase() == Phase.RESTORED || before.blindSince().isPresent();
    return unread && before.memory().containsKey(READ);
  }

  /**
   * The end of a lockout before this trade, told once: everything is judged there before the trade.
   */
  Optional<Instant> lockEndsBefore(Trade trade) {
    boolean ends = !trade.executedAt().isBefore(gatedUntil) && gatedUntil.isAfter(reviewedAt);
    if (!ends || isGated(trade)) {
      return Optional.empty();
    }
    reviewedAt = gatedUntil;
    return Optional.of(gatedUntil);
  }

  /** Whether the account was locked when the trade was executed. */
  boolean isGated(Trade trade) {
    if (trade.executedAt().isBefore(gatedUntil)) {
      return true;
    }
    for (Lockout lockout : step.before.locks().active()) {
      boolean gates = lockout.isAccountWide() && !lockout.isHold();
      if (gates && trade.executedAt().isAfter(lockout.lockedAt())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a lockout let anything stay that is still there. */
  boolean guardsPositions() {
    return !stays.isEmpty();
  }

  /** The position after the trade; what may stay only shrinks. */
  void happened(Trade trade) {
    ContractId contract = trade.contract();
    long after = positions.getOrDefault(contract, 0L) + trade.signedSize();
    positions = positions.with(contract, after);
    if (trade.executedAt().equals(startedAt)) {
      // Another fill of the same moment, as when a position turns: what it made was there.
      stays = positions.where(size -> size != 0);
    } else if (stays.containsKey(contract)) {
      long left = Baseline.tighter(stays.getOrDefault(contract, 0L), after);
      stays = left == 0 ? stays.without(contract) : stays.with(contract, left);
    }
  }

  /**
   * A trade started a lockout.
   *
   * @param at when that trade was executed
   * @param gated whether the account was locked already
   * @param closes nothing may stay
   */
  void locked(Instant until, Instant at, boolean gated, boolean closes) {
    if (until.isAfter(gatedUntil)) {
      gatedUntil = until;
    }
    found = true;
    if (closes) {
      stays = Table.empty();
      startedAt = Instant.MIN;
    } else if (!gated) {
      startedAt = at;
      stays = positions.where(size -> size != 0);
    }
  }

  /**
   * What may stay of a baseline taken now under a lockout that one of them started: what was added
   * since then goes.
   */
  Baseline within(Baseline now) {
    Baseline lower = now;
    for (int i = 0; i < now.allowed().size(); i++) {
      ContractId contract = now.allowed().keyAt(i);
      lower = lower.ratchet(contract, stays.getOrDefault(contract, 0L));
    }
    return lower;
  }

  /**
   * Whether the account is locked now and nothing is left of what was let stay.
   *
   * @param guarded a lockout from before is in force
   */
  boolean silencesNow(boolean guarded) {
    return (guarded || (found && gatedUntil.isAfter(step.now))) && stays.isEmpty();
  }
}
