package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The accounts of the rules in force that the venue has never listed: asked for, and not watched
 * (ADR 0022). They leave with the file that names them. Not safe for many threads.
 */
final class NeverListed {
  /** The row that holds them. */
  static final String ROW = "rules.unlisted";

  private final Set<AccountId> accounts = new TreeSet<>();

  /**
   * Those of some rules.
   *
   * @param listed accounts that were listed once
   */
  NeverListed(RulesInForce rules, Collection<AccountId> listed) {
    accounts.addAll(ids(rules));
    accounts.removeAll(listed);
  }

  /** The accounts of rules. */
  static List<AccountId> ids(RulesInForce rules) {
    List<AccountId> ids = new ArrayList<>();
    for (int i = 0; i < rules.accounts().size(); i++) {
      ids.add(rules.accounts().keyAt(i));
    }
    return List.copyOf(ids);
  }

  /** Rules that were stored, of the accounts that were watched. */
  static RulesInForce watched(RulesInForce stored, String row) {
    List<String> never = List.of(row.split(",", -1));
    Table<AccountId, ConfigNode> left = stored.accounts();
    for (AccountId id : ids(stored)) {
      if (never.contains(id.toString())) {
        left = left.without(id);
      }
    }
    return new RulesInForce(left, stored.holidays());
  }

  boolean contains(AccountId account) {
    return accounts.contains(account);
  }

  boolean containsAll(Collection<AccountId> others) {
    return accounts.containsAll(others);
  }

  /** The venue lists these; returns those of which that is news. */
  List<AccountId> listed(Collection<AccountId> now) {
    List<AccountId> found = now.stream().filter(accounts::contains).toList();
    accounts.removeAll(found);
    return found;
  }

  void retain(Collection<AccountId> others) {
    accounts.retainAll(others);
  }

  /** As it is stored. */
  Store.MetaSaved row() {
    return new Store.MetaSaved(
        ROW, accounts.stream().map(AccountId::toString).collect(Collectors.joining(",")));
  }

  /** That an account was found which others have been protected without. */
  static Store.Change record(AccountId account, Instant now) {
    return new Store.AuditAppended(
        now,
        "engine",
        "accounts.found",
        Optional.of(account),
        "the venue lists it; it is protected from now on",
        "");
  }
}
