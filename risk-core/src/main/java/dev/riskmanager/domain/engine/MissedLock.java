package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lockout as it was in the time that is read afterwards, and what it let stay after each trade of
 * that time.
 */
final class MissedLock {
  private static final String FROM = "/from";
  private static final String UNTIL = "/until";
  private static final String FIXED = "/fixed";
  private static final String STAYS = "/stays/";

  /** By how much a fill may come later than the venue says it was executed. */
  private static final Duration LATE = Duration.ofSeconds(1);

  /** The number of its rule. */
  final int rule;

  private final Optional<String> symbol;
  private final boolean hold;

  /** A trade executed at that time or before belongs to the time before it. */
  private final Instant from;

  /** A trade started it: all that come after that one are under it. */
  private final boolean found;

  private Instant until;
  private Baseline baseline;

  private MissedLock(
      int rule,
      Optional<String> symbol,
      boolean hold,
      Instant from,
      boolean found,
      Instant until,
      Baseline baseline) {
    this.rule = rule;
    this.symbol = symbol;
    this.hold = hold;
    this.from = from;
    this.found = found;
    this.until = until;
    this.baseline = baseline;
  }

  /** One that is in force by what is known. */
  static MissedLock inForce(Lockout lockout, Instant until) {
    return new MissedLock(
        lockout.rule().number(),
        lockout.symbol(),
        lockout.isHold(),
        lockout.lockedAt(),
        false,
        until,
        lockout.baseline());
  }

  /** One that a trade started which was executed at that time. */
  static MissedLock found(int rule, Instant from, Instant until, Baseline baseline) {
    return new MissedLock(rule, Optional.empty(), false, from, true, until, baseline);
  }

  /** Remembers, under that key, a lockout of the account that ended at that time. */
  static Table<String, Long> ended(
      Table<String, Long> memory, String key, Lockout lockout, Instant at) {
    Table<String, Long> now =
        memory
            .with(key + FROM, Nanos.of(lockout.lockedAt()))
            .with(key + UNTIL, Nanos.of(at))
            .with(key + FIXED, lockout.baseline().fixed() ? 1L : 0L);
    Table<ContractId, Long> allowed = lockout.baseline().allowed();
    for (int i = 0; i < allowed.size(); i++) {
      now = now.with(key + STAYS + allowed.keyAt(i), allowed.valueAt(i));
    }
    return now;
  }

  /** What is remembered under that key; empty when it is not all there. */
  static Optional<MissedLock> remembered(Table<String, Long> memory, String key, int rule) {
    return remembered(memory, key, rule, Optional.empty());
  }

  /** The same of a lockout of that symbol, or of the account. */
  static Optional<MissedLock> remembered(
      Table<String, Long> memory, String key, int rule, Optional<String> symbol) {
    Long from = memory.find(key + FROM);
    Long until = memory.find(key + UNTIL);
    if (from == null || until == null) {
      return Optional.empty();
    }
    Table<ContractId, Long> allowed = Table.empty();
    for (String row : memory.keysFrom(key + STAYS)) {
      if (row.startsWith(key + STAYS)) {
        ContractId contract = new ContractId(row.substring((key + STAYS).length()));
        allowed = allowed.with(contract, memory.getOrDefault(row, 0L));
      }
    }
    Baseline baseline =
        memory.getOrDefault(key + FIXED, 0L) == 1L ? Baseline.ZERO : Baseline.of(allowed);
    return Optional.of(
        new MissedLock(
            rule, symbol, false, Nanos.toInstant(from), false, Nanos.toInstant(until), baseline));
  }

  Instant until() {
    return until;
  }

  Baseline baseline() {
    return baseline;
  }

  /** It was set again: it lasts longer or as long, and lets as much stay, or nothing. */
  void again(Instant end, boolean closes) {
    until = end.isAfter(until) ? end : until;
    baseline = closes ? Baseline.ZERO : baseline;
  }

  /** Whether no rule is asked because of it; a hold and the lockout of a symbol only guard. */
  boolean gates() {
    return !hold && symbol.isEmpty();
  }

  /**
   * The same, of a trade: not of one that belongs to the time before it. But one of its last moment
   * was on its way when the lockout was set, and would have been told under it.
   *
   * @param blind the trade was missed because nothing was told
   */
  boolean gates(Trade trade, boolean blind) {
    Instant began = blind ? from.minus(LATE) : from;
    return gates() && (found || trade.executedAt().isAfter(began));
  }

  /** Whether the trade was executed after it began and before it ended. */
  boolean wasInForce(Trade trade) {
    return trade.executedAt().isAfter(from) && trade.executedAt().isBefore(until);
  }

  /** How many contracts of that position are more than it lets stay. */
  long beyond(ContractId contract, long position) {
    return Math.abs(position) - Math.abs(Baseline.tighter(baseline.of(contract), position));
  }

  /** Whether it says what may stay of that symbol. */
  boolean covers(String name) {
    return !baseline.unread() && symbol.map(name::equalsIgnoreCase).orElse(true);
  }

  /**
   * A trade was executed.
   *
   * @param after the position after it
   */
  void happened(Trade trade, long after) {
    if (!trade.executedAt().isAfter(from)) {
      // Another fill of the same moment, as when a position turns: what it made was there.
      baseline = baseline.adjustedBy(trade.contract(), trade.signedSize());
    }
    baseline = baseline.ratchet(trade.contract(), after);
  }
}
