package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.wire.BalanceView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares each account's balance with its trades, and says when they do not agree. Nothing is
 * decided by it: what it has read becomes ordinary events. For one thread.
 */
final class BalanceWatch {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** An event that was lost is found by the next poll of the accounts, after 30 seconds. */
  static final BalanceCheck.Patience PATIENCE =
      new BalanceCheck.Patience(Duration.ofSeconds(5), Duration.ofSeconds(45));

  /** Before an account's base among the store's named values. */
  private static final String KEPT = "balance.";

  private final Supplier<EngineState> state;
  private final InstantSource clock;
  private final BalanceCheck.Patience patience;
  private final Consumer<AccountId> read;
  private final Consumer<Store.Change> keep;
  private final BiConsumer<AccountId, BalanceView> shown;
  private final Health health;
  private final Map<AccountId, BalanceCheck> checks = new TreeMap<>();
  private final Map<AccountId, String> kept = new TreeMap<>();

  /**
   * Watches the accounts of a state.
   *
   * @param read has an account read in full
   * @param keep writes a row
   * @param shown is told what the comparison shows
   */
  BalanceWatch(
      Supplier<EngineState> state,
      InstantSource clock,
      BalanceCheck.Patience patience,
      Consumer<AccountId> read,
      Consumer<Store.Change> keep,
      BiConsumer<AccountId, BalanceView> shown,
      Health health) {
    this.state = state;
    this.clock = clock;
    this.patience = patience;
    this.read = read;
    this.keep = keep;
    this.shown = shown;
    this.health = health;
  }

  /** Goes on from what was kept, and looks every second once the books are the venue's. */
  void begin(ScheduledExecutorService scheduler, List<Store.MetaSaved> kept) {
    restore(kept);
    scheduler.scheduleWithFixedDelay(
        () -> {
          if (health.isReady()) {
            look();
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
  }

  /** Goes on from what an earlier run compared from. */
  void restore(List<Store.MetaSaved> rows) {
    for (Store.MetaSaved row : rows) {
      if (row.key().startsWith(KEPT)) {
        long account = Long.parseLong(row.key().substring(KEPT.length()));
        kept.put(new AccountId(account), row.value());
      }
    }
  }

  /** Looks at every account; called every second. */
  void look() {
    EngineState now = state.get();
    for (LongMap.Entry<AccountState> entry : now.accounts()) {
      AccountState account = entry.value();
      RuleSet rules = now.rules().of(account.id()).orElse(null);
      Account row = account.row().orElse(null);
      if (rules != null
          && row != null
          && !account.missing()
          && account.phase() == AccountState.Phase.RUNNING) {
        look(
            account.id(),
            row.balance(),
            BalanceCheck.Sums.of(account.trades().day(rules.general().reset())));
      }
    }
  }

  private void look(AccountId account, Money balance, BalanceCheck.Sums sums) {
    Instant at = clock.instant();
    BalanceCheck known = checks.get(account);
    BalanceCheck.Look look =
        known == null
            ? first(account, new BalanceCheck.Base(balance, sums, at))
            : known.look(balance, sums, at, patience);
    checks.put(account, look.check());
    BalanceView view = look.check().view(balance, sums);
    switch (look.finding()) {
      case NOTHING -> {}
      case BASE -> {
        solved(account);
        keep(account, look.check().base());
      }
      case READ -> {
        LOG.info("Account {}: {}; reading its trades", account, differs(view));
        read.accept(account);
      }
      case MISMATCH -> {
        String text = differs(view) + ": trades or fees may be missing from the day's P&L";
        LOG.warn("Account {}: {}", account, text);
        health.problem(part(account), "account " + account + ": " + text);
      }
      case SOLVED -> {
        LOG.info("Account {}: the balance is what the trades make it again", account);
        solved(account);
      }
      case MOVED -> {
        moved(account, Objects.requireNonNull(known).view(balance, sums));
        keep(account, look.check().base());
      }
    }
    shown.accept(account, view);
  }

  private static void moved(AccountId account, BalanceView before) {
    LOG.warn(
        "Account {}: {}, and no trade came with it: a deposit, a withdrawal or a reset. It is"
            + " compared from ${} on",
        account,
        differs(before),
        before.balance());
  }

  private static String differs(BalanceView view) {
    return "the venue's balance is $"
        + view.balance()
        + ", the trades make it $"
        + view.expected()
        + " (difference $"
        + view.difference()
        + ")";
  }

  private void solved(AccountId account) {
    health.problem(part(account), "");
  }

  private static String part(AccountId account) {
    return "balance " + account;
  }

  private BalanceCheck.Look first(AccountId account, BalanceCheck.Base now) {
    BalanceCheck.Base earlier = earlier(kept.remove(account));
    return earlier != null && earlier.sums().dayStart().equals(now.sums().dayStart())
        ? BalanceCheck.from(earlier).look(now.balance(), now.sums(), now.at(), patience)
        : new BalanceCheck.Look(BalanceCheck.from(now), BalanceCheck.Finding.BASE);
  }

  private void keep(AccountId account, BalanceCheck.Base base) {
    keep.accept(
        new Store.MetaSaved(
            KEPT + account.value(),
            String.join(
                " ",
                base.balance().toString(),
                base.at().toString(),
                base.sums().dayStart().toString(),
                base.sums().gross().toString(),
                base.sums().fees().toString(),
                Long.toString(base.sums().trades()))));
  }

  private static BalanceCheck.@Nullable Base earlier(@Nullable String text) {
    String[] words = text == null ? new String[0] : text.split(" ", -1);
    if (words.length != 6) {
      return null;
    }
    return new BalanceCheck.Base(
        Money.of(words[0]),
        new BalanceCheck.Sums(
            Instant.parse(words[2]),
            Money.of(words[3]),
            Money.of(words[4]),
            Long.parseLong(words[5])),
        Instant.parse(words[1]));
  }
}
