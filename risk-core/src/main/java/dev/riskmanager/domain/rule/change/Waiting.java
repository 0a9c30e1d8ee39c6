package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.settings.ConfigNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Loosenings that are decided and not yet in force.
 *
 * @param accounts by account
 * @param holidays those that hold then
 */
public record Waiting(Table<AccountId, OfAccount> accounts, Optional<OfHolidays> holidays) {
  public static final Waiting NONE = new Waiting(Table.empty(), Optional.empty());

  /**
   * What an account waits for.
   *
   * @param wanted the tree as the files have it; empty when the account is not in them any more
   * @param due when each section of it is taken over; of an account that goes, {@link #GONE}
   */
  public record OfAccount(Optional<ConfigNode> wanted, Table<String, Instant> due) {
    /** Stands for the account itself. */
    public static final String GONE = "account";
  }

  /** Holidays that hold from then on. */
  public record OfHolidays(Holidays wanted, Instant due) {}

  /**
   * What the files said when they were last put in force: what holds, with what waits. Files that
   * differ from it have been edited since.
   */
  public RulesInForce wanted(RulesInForce inForce) {
    RulesInForce wanted = inForce;
    for (int i = 0; i < accounts.size(); i++) {
      AccountId id = accounts.keyAt(i);
      Optional<ConfigNode> tree = accounts.valueAt(i).wanted();
      wanted = tree.isPresent() ? wanted.with(id, tree.get()) : wanted.without(id);
    }
    return holidays.isPresent() ? wanted.with(holidays.get().wanted()) : wanted;
  }

  public boolean isEmpty() {
    return accounts.isEmpty() && holidays.isEmpty();
  }

  /** When the first of them takes effect; empty when nothing waits. */
  public Optional<Instant> next() {
    Instant first = holidays.map(OfHolidays::due).orElse(Instant.MAX);
    for (OfAccount account : accounts) {
      for (Instant due : account.due()) {
        first = due.isBefore(first) ? due : first;
      }
    }
    return first.equals(Instant.MAX) ? Optional.empty() : Optional.of(first);
  }
}
