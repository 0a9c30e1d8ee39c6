package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.BalanceView;
import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The whole picture: state in, view out. */
public final class StatusViews {
  private final Map<AccountId, String> names;
  private final Set<RuleViews.Failed> failed = new HashSet<>();
  private volatile Map<RuleId, String> starved = Map.of();
  private volatile Map<AccountId, String> unprotected = Map.of();
  private final Map<AccountId, BalanceView> balances = new ConcurrentHashMap<>();
  private final EntriesViews entries = new EntriesViews();

  /**
   * For accounts with the names the configuration gives them.
   *
   * @param names may leave accounts out
   */
  public StatusViews(Map<AccountId, String> names) {
    this.names = Map.copyOf(names);
  }

  /** From now on that rule is shown FAILED on that account. */
  public void failed(AccountId account, RuleId rule) {
    synchronized (failed) {
      failed.add(new RuleViews.Failed(account, rule));
    }
  }

  /** How that account's balance compares from now on. */
  public void balance(AccountId account, BalanceView view) {
    balances.put(account, view);
  }

  /** From now on these rules, and no others, are shown DEGRADED: what they wait for is missing. */
  public void starved(Map<RuleId, String> rules) {
    starved = Map.copyOf(rules);
  }

  /** From now on these accounts, and no others, are shown NOT PROTECTED, and why. */
  public void notProtected(Map<AccountId, String> accounts) {
    unprotected = Map.copyOf(accounts);
  }

  /**
   * The picture at {@code now}.
   *
   * @param only this account; empty means all
   */
  public StatusView status(
      EngineState state,
      Instant now,
      EngineView engine,
      GatewayView gateway,
      OptionalLong only,
      List<LogEntry> lastActions) {
    List<AccountView> accounts = new ArrayList<>();
    ClockView clock = null;
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      AccountState account = entry.value();
      Optional<RuleSet> rules = state.rules().of(account.id());
      if (rules.isPresent() && (only.isEmpty() || only.getAsLong() == entry.key())) {
        accounts.add(
            new AccountViews(account, rules.get(), state.market(), now)
                .view(
                    name(account.id()),
                    copy(),
                    balances.get(account.id()),
                    entries.of(state, account, now),
                    unprotected.get(account.id())));
        clock = clock == null ? clock(rules.get().general().reset(), now) : clock;
      }
    }
    return new StatusView(now, engine, gateway, accounts, clock, lastActions);
  }

  /** The active lockouts of all accounts. */
  public List<LockoutRecord> active(EngineState state, Instant now) {
    List<LockoutRecord> records = new ArrayList<>();
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      AccountState account = entry.value();
      account
          .locks()
          .active()
          .forEach(
              lockout ->
                  records.add(
                      active(
                          lockout,
                          AccountViews.name(name(account.id()), account),
                          unlocksAt(account, lockout),
                          now)));
    }
    return records;
  }

  /** When an admin's delayed unlock ends a lockout sooner than it would end by itself. */
  private static Optional<Instant> unlocksAt(AccountState account, Lockout lockout) {
    return account
        .timers()
        .get(lockout.unlockTimer())
        .map(timer -> timer.deadline())
        .filter(at -> lockout.expiresAt().filter(end -> !end.isAfter(at)).isEmpty());
  }

  /** A lockout in force, with how often trading against it was undone. */
  public static LockoutRecord active(Lockout lockout, String name, Instant now) {
    return active(lockout, name, Optional.empty(), now);
  }

  private static LockoutRecord active(
      Lockout lockout, String name, Optional<Instant> unlocksAt, Instant now) {
    return new LockoutRecord(
        lockout.account().value(),
        name,
        AccountViews.lockout(lockout, now),
        true,
        null,
        null,
        (int) Math.min(Integer.MAX_VALUE, lockout.attempts()),
        unlocksAt.orElse(null));
  }

  /** A lockout that has ended, with how often trading against it was undone. */
  public static LockoutRecord ended(
      Lockout lockout, String name, Instant clearedAt, String clearedBy, Instant now) {
    return new LockoutRecord(
        lockout.account().value(),
        name,
        AccountViews.withoutRemaining(lockout, now),
        false,
        clearedAt,
        clearedBy,
        (int) Math.min(Integer.MAX_VALUE, lockout.attempts()),
        null);
  }

  /** The name of an account, for people. */
  public String nameOf(EngineState state, AccountId id) {
    return state
        .account(id)
        .map(account -> AccountViews.name(name(id), account))
        .orElseGet(() -> name(id).orElse(id.toString()));
  }

  /**
   * What an account has made of its trading day so far.
   *
   * @param account the venue's number of it
   * @param tradingDay the day
   * @param total realized and open P&amp;L, empty when it is not known
   */
  public record DayTotal(long account, LocalDate tradingDay, Optional<Money> total) {}

  /** What the accounts have made, without the rest of the picture. */
  public static List<DayTotal> totals(EngineState state, Instant now) {
    List<DayTotal> totals = new ArrayList<>();
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      AccountState account = entry.value();
      state
          .rules()
          .of(account.id())
          .ifPresent(
              rules ->
                  totals.add(new AccountViews(account, rules, state.market(), now).dayTotal()));
    }
    return totals;
  }

  /** The trading day of a reset at {@code now}. */
  public static ClockView clock(ResetTime reset, Instant now) {
    Instant next = reset.next(now);
    return new ClockView(
        reset.zone().getId(),
        reset.time().toString(),
        reset.tradingDay(now),
        next,
        Duration.between(now, next).toSeconds());
  }

  private Optional<String> name(AccountId id) {
    return Optional.ofNullable(names.get(id));
  }

  private RuleViews.Troubles copy() {
    synchronized (failed) {
      return new RuleViews.Troubles(Set.copyOf(failed), starved);
    }
  }
}
