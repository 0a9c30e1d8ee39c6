package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Fold;
import dev.riskmanager.domain.state.Holding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trades that were missed and are read afterwards, one after the other by the time of their
 * execution: which of them a lockout would have gated, and whether it let positions stay then. So
 * that what is found late is judged as it would have been live.
 */
final class Missed {
  /** Lockouts that ended while nobody saw the account. */
  private static final String ENDED = RuleId.BLIND + "/ended/";

  /** All of the account was read at least once: a trade that is new was made since then. */
  private static final String READ = RuleId.BOOKS + "/read";

  private final AccountStep step;
  private final List<MissedLock> locks = new ArrayList<>();
  private Table<ContractId, Long> positions;

  /** When what is being judged was executed, or its lockout ended. */
  private Instant at = Instant.MIN;

  Missed(AccountStep step, Fold.Merged merged) {
    this.step = step;
    AccountState before = step.before;
    boolean unread = before.phase() == Phase.RESTORED && merged.shown();
    positions = unread ? heldBefore(merged) : implied(before);
    for (Lockout lockout : before.locks().active()) {
      // Nobody would have been held for what was told.
      if (!lockout.rule().equals(RuleId.BLIND)) {
        locks.add(MissedLock.inForce(lockout, endOf(lockout, merged.newTrades())));
      }
    }
    remembered(before.memory());
  }

  /**
   * The end of a lockout that is in force by what is known: none; but where the venue lets the
   * account trade again, that was so when something was opened at the latest.
   */
  private Instant endOf(Lockout lockout, List<Trade> trades) {
    boolean over =
        lockout.type() == LockoutType.CONDITION && !lockout.isHold() && step.state.canTrade();
    for (Trade trade : over ? trades : List.<Trade>of()) {
      if (trade.profitAndLoss().isEmpty()) {
        return trade.executedAt();
      }
    }
    return Instant.MAX;
  }

  private void remembered(Table<String, Long> memory) {
    String last = "";
    for (String row : memory.keysFrom(ENDED)) {
      if (row.startsWith(ENDED)) {
        String rule = row.substring(ENDED.length(), row.indexOf('/', ENDED.length()));
        if (!rule.equals(last)) {
          MissedLock.remembered(memory, ENDED + rule, Integer.parseInt(rule)).ifPresent(locks::add);
        }
        last = rule;
      }
    }
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

  /** A lockout of the account ends while nobody sees what it gates. */
  static void ended(AccountStep step, Lockout lockout) {
    boolean unseen = step.state.blindSince().isPresent() || step.state.phase() == Phase.RESTORED;
    if (unseen && lockout.isAccountWide() && !lockout.isHold()) {
      String key = ENDED + lockout.rule().number();
      Table<String, Long> memory = forgotten(step.state.memory(), key + "/");
      step.state = step.state.withMemory(MissedLock.ended(memory, key, lockout, step.now));
    }
  }

  static Table<String, Long> forgotten(Table<String, Long> memory, String prefix) {
    Table<String, Long> rest = memory;
    for (String row : memory.keysFrom(prefix)) {
      rest = row.startsWith(prefix) ? rest.without(row) : rest;
    }
    return rest;
  }

  /** Everything was read: there is nothing more to come from that time. */
  static void read(AccountStep step) {
    Table<String, Long> memory = MissedGrowth.forgotten(forgotten(step.state.memory(), ENDED));
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
   * The next end of a lockout at that time or before, told once, and the lockout is over:
   * everything is judged there before a trade of that time.
   */
  Optional<Instant> nextEnd(Instant time) {
    Instant end = Instant.MAX;
    for (MissedLock lock : locks) {
      end = lock.until().isBefore(end) ? lock.until() : end;
    }
    if (end.isAfter(time)) {
      return Optional.empty();
    }
    Instant ended = end;
    locks.removeIf(lock -> lock.until().equals(ended));
    at = end;
    return Optional.of(end);
  }

  /** Whether the account was locked when the trade was executed. */
  boolean isGated(Trade trade) {
    boolean blind = step.before.blindSince().isPresent();
    for (MissedLock lock : locks) {
      if (lock.gates(trade, blind)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the account is locked at the point that was reached. */
  boolean isLocked() {
    for (MissedLock lock : locks) {
      if (lock.gates()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the lockouts let anything stay that is still there. */
  boolean guardsPositions() {
    for (MissedLock lock : locks) {
      Table<ContractId, Long> allowed = lock.baseline().allowed();
      for (int i = 0; i < allowed.size(); i++) {
        if (stays(allowed.keyAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean stays(ContractId contract) {
    String symbol = step.market.symbol(contract);
    long held = positions.getOrDefault(contract, 0L);
    for (MissedLock lock : locks) {
      if (lock.covers(symbol)) {
        held = Baseline.tighter(lock.baseline().of(contract), held);
      }
    }
    return held != 0;
  }

  /** The position after the trade; what may stay only shrinks. */
  void happened(Trade trade) {
    at = trade.executedAt();
    ContractId contract = trade.contract();
    long after = positions.getOrDefault(contract, 0L) + trade.signedSize();
    positions = positions.with(contract, after);
    for (MissedLock lock : locks) {
      lock.happened(trade, after);
    }
  }

  /** When what is being judged happened. */
  Instant at() {
    return at;
  }

  /**
   * What is being judged started a lockout of the account.
   *
   * @param closes nothing may stay
   */
  void locked(RuleId rule, Instant until, boolean closes) {
    Optional<MissedLock> known = of(rule);
    if (known.isPresent()) {
      known.get().again(until, closes);
    } else {
      Baseline baseline = closes ? Baseline.ZERO : Baseline.of(positions);
      locks.add(MissedLock.found(rule.number(), at, until, baseline));
    }
  }

  private Optional<MissedLock> of(RuleId rule) {
    return locks.stream().filter(lock -> lock.gates() && lock.rule == rule.number()).findFirst();
  }

  /**
   * What may stay of a baseline taken now under a lockout that one of the trades started: what was
   * added since then goes.
   */
  Baseline within(RuleId rule, Baseline now) {
    Baseline lower = now;
    Baseline then = of(rule).map(MissedLock::baseline).orElse(Baseline.ZERO);
    for (int i = 0; i < now.allowed().size(); i++) {
      ContractId contract = now.allowed().keyAt(i);
      lower = lower.ratchet(contract, then.of(contract));
    }
    return lower;
  }

  /** Whether the account is locked now and nothing is left of what was let stay. */
  boolean silencesNow() {
    locks.removeIf(lock -> !lock.until().isAfter(step.now));
    return isLocked() && !guardsPositions();
  }
}
