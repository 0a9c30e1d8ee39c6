package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The durable books. One transaction is one {@link #commit}: it returns when the bytes are on the
 * disk, or throws and nothing of it is there.
 *
 * <p>Called by one writer thread; the readers of history may be called by any thread.
 */
public interface Store extends DurableWriter, AutoCloseable {

  /** What was in force when the engine last ran. Called once, before anything else. */
  Restored restore() throws StoreException;

  /** Lockouts, newest first, ended ones too. */
  List<LockoutRow> lockoutHistory(int limit) throws StoreException;

  /** The log of violations, lockouts and enforcement, newest last. */
  default List<LogRow> log(int tail, Optional<RuleId> rule) throws StoreException {
    return log(tail, rule, OptionalLong.empty());
  }

  /** The same, of rows whose id is lower than {@code before}. */
  List<LogRow> log(int tail, Optional<RuleId> rule, OptionalLong before) throws StoreException;

  /** The newest receipts, of one account or all, newest last. */
  List<ReceiptRow> receipts(int tail, Optional<AccountId> account) throws StoreException;

  /** A receipt by its id, or the newest. */
  Optional<ReceiptRow> receipt(Optional<String> id) throws StoreException;

  /** Trades of an account executed from {@code from} on, oldest first. */
  List<Trade> trades(AccountId account, Instant from) throws StoreException;

  @Override
  void close();

  /** One row to write. */
  sealed interface Change {}

  /**
   * Inserts the lockout or updates the row of that id; lengthening, ratcheting and counting are
   * updates, and a count never falls. A row that has ended is never changed, and there is one
   * active row for an account, rule and symbol.
   */
  record LockoutSaved(Lockout lockout) implements Change {}

  /**
   * The lockout ended: a recorded event, not a deletion. The first end of a row is the one kept.
   */
  record LockoutEnded(long id, Instant at, String by) implements Change {}

  record TimerSaved(Timer timer) implements Change {}

  record TimerRemoved(AccountId account, String name) implements Change {}

  /** Inserts the trade or updates the row of that id (voided later). */
  record TradeSaved(Trade trade) implements Change {}

  /**
   * The sums of one trading day under one reset.
   *
   * @param reset as text, e.g. {@code 17:00 America/Chicago}
   */
  record DailyPnlSaved(
      AccountId account, String reset, LocalDate tradingDay, Money gross, Money fees, long trades)
      implements Change {}

  /** The trading day that began was begun: never twice. */
  record ResetMarked(AccountId account, String reset, LocalDate tradingDay, Instant at)
      implements Change {}

  /**
   * Something a rule or the engine must remember: episodes, acknowledgements, counters.
   *
   * @param kind who reads it, e.g. {@code episode}
   * @param value as its owner writes it
   */
  record MemorySaved(AccountId account, String kind, String key, String value) implements Change {}

  record MemoryRemoved(AccountId account, String kind, String key) implements Change {}

  /** A row of the log that people read. {@code json} is the decision line. */
  record LogAppended(
      Instant at, AccountId account, Optional<RuleId> rule, String kind, String text, String json)
      implements Change {}

  record ReceiptSaved(String id, AccountId account, Optional<RuleId> rule, Instant at, String json)
      implements Change {}

  /** Who did what. */
  record AuditAppended(
      Instant at,
      String by,
      String action,
      Optional<AccountId> account,
      String detail,
      String reason)
      implements Change {}

  /** Contract economics as the venue listed them. */
  record ContractSaved(Contract contract) implements Change {}

  /** A named value of the engine itself, e.g. the effective configuration. */
  record MetaSaved(String key, String value) implements Change {
    /** The value of that name among these; empty when it was never written. */
    public static String of(List<MetaSaved> rows, String key) {
      return rows.stream()
          .filter(row -> row.key().equals(key))
          .map(MetaSaved::value)
          .findFirst()
          .orElse("");
    }
  }

  /**
   * Everything that was in force.
   *
   * @param lockouts the active ones, by id; also those whose end passed while the engine was down
   * @param nextLockoutId one more than any id ever used
   * @param recentTrades of the last three days, oldest first
   * @param resets the last few of each account and reset, oldest first
   */
  record Restored(
      List<Lockout> lockouts,
      long nextLockoutId,
      List<Timer> timers,
      List<Trade> recentTrades,
      List<ResetMarked> resets,
      List<MemorySaved> memory,
      List<Contract> contracts,
      List<MetaSaved> meta) {}

  /** A lockout of any age. */
  record LockoutRow(Lockout lockout, Optional<Instant> clearedAt, Optional<String> clearedBy) {}

  record LogRow(
      long id,
      Instant at,
      OptionalLong account,
      String rule,
      String kind,
      String text,
      String json) {}

  record ReceiptRow(String id, Instant at, String json) {}

  /** The disk did not take it, or gave back what cannot be right. */
  final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean permanent;
    private final boolean damage;

    public StoreException(String message, Throwable cause) {
      this(message, cause, false, false);
    }

    public StoreException(String message) {
      super(message);
      this.permanent = false;
      this.damage = false;
    }

    private StoreException(
        String message, @Nullable Throwable cause, boolean permanent, boolean damage) {
      super(message, cause);
      this.permanent = permanent;
      this.damage = damage;
    }

    /** What stands there is not what was written, and will not be by trying again. */
    public static StoreException damaged(String message, @Nullable Throwable cause) {
      return new StoreException(message, cause, false, true);
    }

    /** The changes contradict what is stored, whatever state the disk is in. */
    public static StoreException refused(String message, @Nullable Throwable cause) {
      return new StoreException(message, cause, true, false);
    }

    /**
     * Whether the same changes would be refused again: repeating them can only hold up what waits
     * behind them. Otherwise the disk is at fault and the changes can be tried again.
     */
    public boolean isPermanent() {
      return permanent;
    }

    /** Whether the file itself is at fault, not the disk or another program. */
    public boolean isDamage() {
      return damage;
    }
  }
}
