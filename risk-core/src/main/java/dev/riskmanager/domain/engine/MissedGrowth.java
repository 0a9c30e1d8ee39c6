package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Fold;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was added under a lockout while nobody saw the account, and is found when that lockout is
 * over: no guard is left to undo it, so the reading that finds it does.
 *
 * <p>In doubt it stays: only fills that open and were never told before count; what was closed
 * since then was of it first; and nothing of a position that was opened later.
 */
final class MissedGrowth {
  /** Lockouts that ended while nobody saw the account, with what they let stay. */
  private static final String OVER = RuleId.BLIND + "/over/";

  /** By how much the venue's time of a fill and of the position it opened may differ. */
  private static final Duration SKEW = Duration.ofMillis(250);

  /** A lockout that is over. */
  private record Over(RuleId rule, MissedLock lock) {}

  private final AccountStep step;
  private final ContractId contract;
  private final String symbol;
  private final List<Over> locks;

  /** Signed contracts, and how many of them were added under a lockout. */
  private long held;

  private long added;
  private @Nullable Over under;
  private Instant at = Instant.MIN;

  private MissedGrowth(AccountStep step, ContractId contract, String symbol, List<Over> locks) {
    this.step = step;
    this.contract = contract;
    this.symbol = symbol;
    this.locks = locks;
  }

  /**
   * A lockout ends. That the venue allows trading again is known late: what was opened before it
   * was told was allowed.
   */
  static void ended(AccountStep step, Lockout lockout) {
    AccountState state = step.state;
    boolean unseen = state.blindSince().isPresent() || state.phase() == Phase.RESTORED;
    boolean known = !lockout.isHold() && !lockout.baseline().unread();
    if (unseen && known && lockout.type() != LockoutType.CONDITION) {
      String key = OVER + lockout.rule().text() + "/" + lockout.symbol().orElse("");
      Table<String, Long> memory = Missed.forgotten(state.memory(), key + "/");
      step.state = state.withMemory(MissedLock.ended(memory, key, lockout, step.now));
    }
  }

  /** Everything was read: there is nothing more to come from that time. */
  static Table<String, Long> forgotten(Table<String, Long> memory) {
    return Missed.forgotten(memory, OVER);
  }

  /** Undoes what a reading of positions and trades has found of it. */
  static void undo(AccountStep step, Fold.Merged merged) {
    if (merged.newTrades().isEmpty() || remembered(step.before.memory()).isEmpty()) {
      return;
    }
    Table<ContractId, Boolean> traded = Table.empty();
    for (Trade trade : merged.newTrades()) {
      traded = traded.with(trade.contract(), true);
    }
    for (int i = 0; i < traded.size(); i++) {
      ContractId contract = traded.keyAt(i);
      Position position = merged.state().holding(contract).position().orElse(null);
      if (position != null) {
        String symbol = step.market.symbol(contract);
        // What a lockout lets stay shrinks with each trade: each contract has its own copy.
        new MissedGrowth(step, contract, symbol, remembered(step.before.memory()))
            .undo(merged, position);
      }
    }
  }

  private static List<Over> remembered(Table<String, Long> memory) {
    List<Over> all = new ArrayList<>();
    String last = "";
    for (String row : memory.keysFrom(OVER)) {
      if (row.startsWith(OVER)) {
        int rule = row.indexOf('/', OVER.length());
        int symbol = row.indexOf('/', rule + 1);
        String key = row.substring(0, symbol);
        if (!key.equals(last)) {
          RuleId id = RuleId.parse(row.substring(OVER.length(), rule));
          String name = row.substring(rule + 1, symbol);
          Optional<String> of = name.isEmpty() ? Optional.empty() : Optional.of(name);
          MissedLock.remembered(memory, key, id.number(), of)
              .ifPresent(lock -> all.add(new Over(id, lock)));
        }
        last = key;
      }
    }
    all.sort(Comparator.comparing(Over::rule));
    return all;
  }

  private void undo(Fold.Merged merged, Position position) {
    List<Trade> trades = trades(merged);
    held = position.signedSize();
    for (Trade trade : trades) {
      held -= trade.signedSize();
    }
    for (Trade trade : trades) {
      boolean missed = !merged.state().trades().trades().containsKey(trade.id());
      boolean older = trade.executedAt().isBefore(position.openedAt().minus(SKEW));
      happened(trade, missed && !older);
    }
    if (added > 0 && under != null) {
      decide(position, under);
    }
  }

  /**
   * All trades of the contract since the first that was missed: some may have been told before the
   * reading.
   */
  private List<Trade> trades(Fold.Merged merged) {
    List<Trade> all = new ArrayList<>();
    for (Trade trade : merged.newTrades()) {
      if (trade.contract().equals(contract)) {
        all.add(trade);
      }
    }
    Instant first = all.getFirst().executedAt();
    for (LongMap.Entry<Trade> entry : merged.state().trades().trades()) {
      Trade known = entry.value();
      boolean since = !known.executedAt().isBefore(first);
      if (since && !known.voided() && known.contract().equals(contract)) {
        all.add(known);
      }
    }
    all.sort(Comparator.comparing(Trade::executedAt).thenComparingLong(Trade::id));
    return all;
  }

  /**
   * One trade.
   *
   * @param counts it was missed, and may be part of the position that is there now
   */
  private void happened(Trade trade, boolean counts) {
    long after = held + trade.signedSize();
    boolean turned = Long.signum(after) != Long.signum(held);
    long before = turned ? 0 : Math.abs(held);
    long shrunk = Math.max(0, before - Math.abs(after));
    added = turned ? 0 : Math.max(0, added - shrunk);
    for (Over over : locks) {
      over.lock().happened(trade, after);
    }
    // A fill with a P&L closes, whatever the position is taken for.
    long grown = Math.max(0, Math.abs(after) - before);
    if (counts && grown > 0 && trade.profitAndLoss().isEmpty()) {
      grown(trade, after, grown);
    }
    held = after;
  }

  private void grown(Trade trade, long after, long grown) {
    long beyond = 0;
    Over governing = null;
    for (Over over : locks) {
      if (over.lock().wasInForce(trade) && over.lock().covers(symbol)) {
        beyond = Math.max(beyond, over.lock().beyond(contract, after));
        boolean last = governing == null || over.lock().until().isAfter(governing.lock().until());
        governing = last ? over : governing;
      }
    }
    if (beyond > 0) {
      added += Math.min(grown, beyond);
      under = governing;
      at = trade.executedAt();
    }
  }

  private void decide(Position position, Over over) {
    long size = position.size();
    long goes = Math.min(added, size);
    Cause cause =
        step.cause(
            over.rule(),
            true,
            goes
                + " of "
                + size
                + " opened at "
                + at.truncatedTo(ChronoUnit.SECONDS)
                + " under "
                + over.rule()
                + ", which ended at "
                + over.lock().until().truncatedTo(ChronoUnit.SECONDS)
                + ", while nobody looked");
    step.lines.plan().add(Guard.close(step, contract, position.signedSize(), size - goes, cause));
  }
}
