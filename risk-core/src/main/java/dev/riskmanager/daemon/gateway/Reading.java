package dev.riskmanager.daemon.gateway;

import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What could be read of the venue's state over REST, and why the rest could not: one request that
 * fails says nothing against the others.
 *
 * @param listed all accounts of the login, watched or not; empty when they could not be read
 * @param accounts those that were read; none that is not listed
 * @param failures what could not be read, and why
 */
record Reading(Optional<List<Account>> listed, List<OfAccount> accounts, List<String> failures) {
  /**
   * One account; what is empty could not be read.
   *
   * @param account which
   */
  record OfAccount(
      AccountId account,
      Optional<List<Position>> positions,
      Optional<List<Order>> orders,
      Optional<List<Trade>> trades) {

    /** All of it was read. */
    boolean isWhole() {
      return positions.isPresent() && orders.isPresent() && trades.isPresent();
    }

    private boolean isNothing() {
      return positions.isEmpty() && orders.isEmpty() && trades.isEmpty();
    }
  }

  boolean isWhole() {
    return listed.isPresent() && accounts.stream().allMatch(OfAccount::isWhole);
  }

  /** The same, with a list of accounts that is not believed yet, nor what it says of any. */
  Reading doubted(String why) {
    List<String> all = new ArrayList<>(failures);
    all.add(why);
    List<OfAccount> there = accounts.stream().filter(one -> isListed(one.account())).toList();
    return new Reading(Optional.empty(), there, List.copyOf(all));
  }

  private boolean isListed(AccountId account) {
    return listed.stream().flatMap(List::stream).anyMatch(row -> row.id().equals(account));
  }

  /** The accounts of which everything was read. */
  Set<AccountId> whole() {
    Set<AccountId> whole = new LinkedHashSet<>();
    accounts.stream().filter(OfAccount::isWhole).forEach(one -> whole.add(one.account()));
    return whole;
  }

  /**
   * The events that tell of it: one where everything was read, else one for each account, so that
   * what is known of it is acted on.
   *
   * @param watched of the accounts listed, those that are wanted
   * @param known accounts that were read before: theirs is a reconciliation
   */
  List<SnapshotTaken> events(Set<AccountId> watched, Predicate<AccountId> known) {
    Optional<List<Account>> rows =
        listed.map(all -> all.stream().filter(row -> watched.contains(row.id())).toList());
    // Those that are not listed are not waited for. Without any there is nothing to begin with.
    boolean all = isWhole() && !accounts.isEmpty() && rows.orElseThrow().size() == accounts.size();
    if (all) {
      boolean again = accounts.stream().allMatch(one -> known.test(one.account()));
      return List.of(
          new SnapshotTaken(
              again,
              rows,
              Optional.of(joined(accounts.stream().map(OfAccount::positions).toList())),
              Optional.of(joined(accounts.stream().map(OfAccount::orders).toList())),
              Optional.of(joined(accounts.stream().map(OfAccount::trades).toList()))));
    }
    List<SnapshotTaken> events = new ArrayList<>();
    rows.ifPresent(
        list ->
            events.add(
                new SnapshotTaken(
                    false,
                    Optional.of(list),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
    for (OfAccount one : accounts) {
      if (!one.isNothing()) {
        events.add(
            new SnapshotTaken(
                known.test(one.account()),
                Optional.of(one.account()),
                Optional.empty(),
                one.positions(),
                one.orders(),
                one.trades()));
      }
    }
    return events;
  }

  private static <T> List<T> joined(List<Optional<List<T>>> lists) {
    return lists.stream().flatMap(list -> list.orElse(List.of()).stream()).toList();
  }
}
