package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the watched accounts the venue lists (ADR 0022). One that it does not is NOT PROTECTED
 * until it does, and keeps nobody from protecting the others. Safe for many threads.
 */
final class AccountPresence {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** The part of {@link Health} that tells of it. */
  static final String PART = "listed";

  private final RuleKeeper rules;
  private final Health health;
  private final InstantSource clock;
  private final Consumer<List<Store.Change>> rows;
  private final Consumer<String> refuse;
  private final Runnable accepted;
  private Set<AccountId> missing = Set.of();

  /**
   * Knows nothing yet.
   *
   * @param rows takes what is to be written; must not block
   * @param refuse ends the engine with that line
   * @param accepted run when the engine has an account to protect
   */
  AccountPresence(
      RuleKeeper rules,
      Health health,
      InstantSource clock,
      Consumer<List<Store.Change>> rows,
      Consumer<String> refuse,
      Runnable accepted) {
    this.rules = rules;
    this.health = health;
    this.clock = clock;
    this.rows = rows;
    this.refuse = refuse;
    this.accepted = accepted;
  }

  /**
   * The venue's list was read.
   *
   * @param absent those of the watched accounts that are not on it
   * @return false when the engine ends because of it
   */
  synchronized boolean listed(Set<AccountId> absent, List<Account> list) {
    Set<AccountId> watched = new TreeSet<>(rules.accounts());
    Set<AccountId> gone = new TreeSet<>(absent);
    gone.retainAll(watched);
    if (gone.equals(watched) && !rules.hasProtected()) {
      refuse.accept(
          "account "
              + gone.stream().findFirst().map(AccountId::toString).orElse("?")
              + " is not among the accounts of this login; correct account_id in accounts.yaml. "
              + venueLists(list));
      return false;
    }
    accepted.run();
    Set<AccountId> present = new TreeSet<>(watched);
    present.removeAll(gone);
    rows.accept(rules.listed(present, clock.instant()));
    for (AccountId account : gone) {
      health.notProtected(account, PART, text(account));
      LOG.error("{}. {}", text(account), venueLists(list));
    }
    for (AccountId account : missing) {
      if (present.contains(account)) {
        LOG.warn("Account {}: the venue lists it again; it is read and protected", account);
      }
    }
    missing = gone;
    tick();
    return true;
  }

  /** An account that is not watched any more is nobody's business; called every second. */
  synchronized void tick() {
    Set<AccountId> now = new TreeSet<>(missing);
    now.retainAll(rules.accounts());
    health.onlyNotProtected(PART, now);
    missing = now;
  }

  private static String text(AccountId account) {
    return "NOT PROTECTED: account "
        + account
        + ": the venue does not list it for this login; it is asked for again, and protected when"
        + " it does. If the number is wrong or the account closed: risk-admin accounts remove "
        + account
        + " --now";
  }

  /** What there is instead. */
  static String venueLists(List<Account> list) {
    List<String> known = new ArrayList<>();
    list.forEach(account -> known.add(account.id() + " (" + account.name() + ")"));
    return "The venue lists: " + (known.isEmpty() ? "none" : String.join(", ", known));
  }
}
