package dev.riskmanager.domain.world;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A REST snapshot being written down: what is not named was not read. */
public final class Rest {
  private final World world;
  private Optional<List<Account>> accounts = Optional.empty();
  private Optional<List<Position>> positions = Optional.empty();
  private Optional<List<Order>> orders = Optional.empty();
  private Optional<List<Trade>> trades = Optional.empty();

  Rest(World world) {
    this.world = world;
  }

  /** The account is in the venue's list. */
  public Rest listed(boolean canTrade) {
    accounts = with(accounts, world.row(canTrade));
    return this;
  }

  /** The list was read, and nobody is in it. */
  public Rest nobody() {
    accounts = Optional.of(List.of());
    return this;
  }

  public Rest flat() {
    positions = Optional.of(positions.orElse(List.of()));
    return this;
  }

  public Rest position(String symbol, long signedSize, String average) {
    positions = with(positions, world.row(symbol, signedSize, average).orElseThrow());
    return this;
  }

  /** A position that the venue opened at that time. */
  public Rest opened(String time, String symbol, long signedSize) {
    Position row = world.row(symbol, signedSize, "20000").orElseThrow();
    positions =
        with(
            positions,
            new Position(
                row.id(),
                row.account(),
                row.contract(),
                row.side(),
                row.size(),
                row.averagePrice(),
                world.instant(time)));
    return this;
  }

  public Rest noOrders() {
    orders = Optional.of(orders.orElse(List.of()));
    return this;
  }

  public Rest order(Ticket ticket) {
    orders = with(orders, ticket.row());
    return this;
  }

  public Rest trade(Fill fill) {
    trades = with(trades, fill.row());
    return this;
  }

  private static <T> Optional<List<T>> with(Optional<List<T>> rows, T row) {
    List<T> longer = new ArrayList<>(rows.orElse(List.of()));
    longer.add(row);
    return Optional.of(longer);
  }

  /** Nothing was traded. */
  public Rest noTrades() {
    trades = Optional.of(trades.orElse(List.of()));
    return this;
  }

  /** Read after a gap: what was not named was read, and there is none. */
  public World reconcile() {
    return world.send(
        new RiskEvent.SnapshotTaken(
            true,
            accounts.or(() -> Optional.of(List.of(world.row(true)))),
            positions.or(() -> Optional.of(List.of())),
            orders.or(() -> Optional.of(List.of())),
            trades.or(() -> Optional.of(List.of()))));
  }

  public World send() {
    return world.send(new RiskEvent.SnapshotTaken(false, accounts, positions, orders, trades));
  }
}
