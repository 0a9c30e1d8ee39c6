package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.MarketState;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.state.Saved;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of an engine that ran before, from what it wrote. Nothing is decided here: the first
 * step fires every reset, expiry and timer that fell due meanwhile, once each and in order, and the
 * first snapshot of an account's positions has its rules evaluated.
 */
public final class Restoration {
  private Restoration() {}

  /** A trading day that was begun. */
  public record ResetMark(AccountId account, ResetTime reset, LocalDate tradingDay) {}

  /** Something an account remembers. */
  public record Remembered(AccountId account, MemoryRow row) {}

  /**
   * Everything that was written, of all accounts, in any order; rows of accounts without rules are
   * passed over.
   *
   * @param lockouts those in force
   * @param marks several of one reset may be there: the newest counts
   * @param contracts economics as the venue listed them
   * @param lastSeen time of the newest event that was taken in; now, when there was none
   */
  public record Rows(
      List<Lockout> lockouts,
      long nextLockoutId,
      List<Timer> timers,
      List<Trade> trades,
      List<ResetMark> marks,
      List<Remembered> memory,
      List<Contract> contracts,
      Instant lastSeen) {

    /** Nothing was written yet. */
    public static Rows none(Instant now) {
      return new Rows(List.of(), 1, List.of(), List.of(), List.of(), List.of(), List.of(), now);
    }
  }

  /**
   * The state to go on from.
   *
   * @param products economics by product, for contracts the venue does not list
   * @throws IllegalArgumentException when a row cannot be read; nothing is guessed
   */
  public static EngineState restore(RuleBook book, List<Contract> products, Rows rows) {
    MarketState market = MarketState.of(products);
    for (Contract contract : rows.contracts()) {
      market = market.withContract(contract);
    }
    long nextId = rows.nextLockoutId();
    for (Lockout lockout : rows.lockouts()) {
      nextId = Math.max(nextId, lockout.id() + 1);
    }
    EngineState state =
        new EngineState(
            rows.lastSeen(), book, market, LongMap.empty(), Table.empty(), nextId, false);
    for (AccountId id : accounts(book, rows)) {
      RuleSet rules = book.of(id).orElse(null);
      if (rules != null) {
        AccountState account = saved(id, rows).restored(rules.resets(), rows.lastSeen());
        state = state.withAccount(account);
      }
    }
    return state;
  }

  /** What an engine in that state has written, so that another can go on from it. */
  public static Rows rows(EngineState state) {
    List<Lockout> lockouts = new ArrayList<>();
    List<Timer> timers = new ArrayList<>();
    List<Trade> trades = new ArrayList<>();
    List<ResetMark> marks = new ArrayList<>();
    List<Remembered> memory = new ArrayList<>();
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      AccountState account = entry.value();
      account.locks().active().forEach(lockouts::add);
      account.timers().forEach(timers::add);
      account.trades().trades().forEach(trade -> trades.add(trade.value()));
      for (DayLedger day : account.trades().days()) {
        marks.add(new ResetMark(account.id(), day.reset(), day.tradingDay()));
      }
      for (MemoryRow row : MemoryRow.changes(AccountState.empty(account.id()), account)) {
        memory.add(new Remembered(account.id(), row));
      }
    }
    List<Contract> contracts = new ArrayList<>();
    state.market().listed().forEach(contracts::add);
    return new Rows(
        List.copyOf(lockouts),
        state.nextLockoutId(),
        List.copyOf(timers),
        List.copyOf(trades),
        List.copyOf(marks),
        List.copyOf(memory),
        List.copyOf(contracts),
        state.now());
  }

  private static List<AccountId> accounts(RuleBook book, Rows rows) {
    Table<AccountId, Boolean> ids = Table.empty();
    for (int i = 0; i < book.accounts().size(); i++) {
      ids = ids.with(book.accounts().keyAt(i), true);
    }
    for (Lockout lockout : rows.lockouts()) {
      ids = ids.with(lockout.account(), true);
    }
    for (Timer timer : rows.timers()) {
      ids = ids.with(timer.account(), true);
    }
    for (Trade trade : rows.trades()) {
      ids = ids.with(trade.account(), true);
    }
    for (ResetMark mark : rows.marks()) {
      ids = ids.with(mark.account(), true);
    }
    List<AccountId> list = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      list.add(ids.keyAt(i));
    }
    return list;
  }

  private static Saved saved(AccountId id, Rows rows) {
    Table<ResetTime, LocalDate> begun = Table.empty();
    for (ResetMark mark : rows.marks()) {
      boolean newer =
          begun.get(mark.reset()).filter(known -> !mark.tradingDay().isAfter(known)).isEmpty();
      if (mark.account().equals(id) && newer) {
        begun = begun.with(mark.reset(), mark.tradingDay());
      }
    }
    return new Saved(
        id,
        rows.lockouts().stream().filter(lockout -> lockout.account().equals(id)).toList(),
        rows.timers().stream().filter(timer -> timer.account().equals(id)).toList(),
        rows.trades().stream().filter(trade -> trade.account().equals(id)).toList(),
        begun,
        rows.memory().stream()
            .filter(remembered -> remembered.account().equals(id))
            .map(Remembered::row)
            // It is this engine that begins now.
            .filter(row -> !row.key().equals(Blindness.BEGUN))
            .toList());
  }
}
