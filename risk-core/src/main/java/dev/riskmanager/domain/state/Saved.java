package dev.riskmanager.domain.state;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * What was written of one account, in plain rows.
 *
 * @param lockouts those in force, with their baselines
 * @param trades of the current trading days and before; what is too old is of no harm
 * @param begun the newest trading day that was begun under each reset
 */
public record Saved(
    AccountId account,
    List<Lockout> lockouts,
    List<Timer> timers,
    List<Trade> trades,
    Table<ResetTime, LocalDate> begun,
    List<MemoryRow> memory) {

  /** Nothing was written. */
  public static Saved nothing(AccountId account) {
    return new Saved(account, List.of(), List.of(), List.of(), Table.empty(), List.of());
  }

  /**
   * The account as it was when this was written, its positions and orders still to be read. A reset
   * without a mark begins with the trading day of {@code lastSeen}.
   *
   * @param resets those in use by its rules
   * @throws IllegalArgumentException when a row cannot be read
   */
  public AccountState restored(Collection<ResetTime> resets, Instant lastSeen) {
    TradeBook book = TradeBook.EMPTY;
    for (ResetTime reset : resets) {
      DayLedger day =
          begun
              .get(reset)
              .map(label -> DayLedger.of(reset, label))
              .orElseGet(() -> DayLedger.at(reset, lastSeen));
      book = book.withDay(day);
    }
    for (Trade trade : trades) {
      book = book.with(trade);
    }
    Locks locks = Locks.NONE;
    for (Lockout lockout : lockouts) {
      locks = locks.withLockout(lockout);
    }
    Table<String, Timer> set = Table.empty();
    for (Timer timer : timers) {
      set = set.with(timer.name(), timer);
    }
    AccountState state =
        AccountState.empty(account)
            .withPhase(AccountState.Phase.RESTORED)
            .withTrades(book)
            .withLocks(locks)
            .withTimers(set);
    for (MemoryRow row : memory) {
      state = row.onto(state);
    }
    return state;
  }
}
