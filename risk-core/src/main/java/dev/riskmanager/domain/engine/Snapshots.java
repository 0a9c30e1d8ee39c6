package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A REST snapshot, sorted by account. */
final class Snapshots {
  private final RiskEvent.SnapshotTaken snapshot;
  private final TreeMap<AccountId, Rows> rows = new TreeMap<>();

  private static final class Rows {
    Optional<Account> account = Optional.empty();
    final List<Position> positions = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    final List<Trade> trades = new ArrayList<>();
  }

  Snapshots(RiskEvent.SnapshotTaken snapshot) {
    this.snapshot = snapshot;
    for (Account row : snapshot.accounts().orElse(List.of())) {
      of(row.id()).account = Optional.of(row);
    }
    snapshot.positions().orElse(List.of()).forEach(row -> of(row.account()).positions.add(row));
    snapshot.orders().orElse(List.of()).forEach(row -> of(row.account()).orders.add(row));
    snapshot.trades().orElse(List.of()).forEach(row -> of(row.account()).trades.add(row));
  }

  private Rows of(AccountId account) {
    return rows.computeIfAbsent(account, id -> new Rows());
  }

  /** Every account that a row is about. */
  List<AccountId> accounts() {
    return List.copyOf(rows.keySet());
  }

  /** What it says of one account. */
  Fold.Merged of(AccountState before) {
    Rows mine = rows.getOrDefault(before.id(), new Rows());
    AccountState state = before;
    if (snapshot.accounts().isPresent()) {
      state =
          mine.account.isPresent()
              ? Fold.account(before, mine.account.get())
              : Fold.missing(before);
    }
    boolean replaced = isNamed(before.id(), mine);
    return Fold.snapshot(
        state,
        snapshot.positions().filter(read -> replaced).map(read -> mine.positions),
        snapshot.orders().filter(read -> replaced).map(read -> mine.orders),
        mine.trades);
  }

  /** Whether positions, orders and trades of the account were read. */
  boolean readsAll(AccountId id) {
    return snapshot.positions().isPresent()
        && snapshot.orders().isPresent()
        && snapshot.trades().isPresent()
        && isNamed(id, rows.getOrDefault(id, new Rows()));
  }

  /**
   * Whether positions and orders of the account were read: it is in the list of accounts; where
   * that was not read, some row is about it, or no row is about any account.
   */
  private boolean isNamed(AccountId id, Rows mine) {
    if (snapshot.only().isPresent()) {
      return snapshot.only().get().equals(id);
    }
    return snapshot.accounts().isPresent()
        ? mine.account.isPresent()
        : rows.isEmpty() || rows.containsKey(id);
  }
}
