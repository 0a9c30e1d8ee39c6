package dev.riskmanager.sim.exchange;

import java.util.List;

/**
 * The books as an earlier process of the venue left them, from the events it told. Orders that were
 * on their way are lost with it: they end cancelled, as after a fail-over. A position is one lot at
 * its average price, and bracket legs no longer know of each other.
 */
final class Recovery {
  private final Floor floor;

  Recovery(Floor floor) {
    this.floor = floor;
  }

  void replay(List<UserEvent> events) {
    events.forEach(this::take);
    for (Order order : List.copyOf(floor.live.values())) {
      if (order.status == OrderStatus.PENDING) {
        floor.finish(order, OrderStatus.CANCELLED);
      }
    }
  }

  private void take(UserEvent event) {
    Account account = floor.accounts.get(event.accountId());
    if (account == null) {
      return;
    }
    switch (event) {
      case UserEvent.OrderChanged(OrderView view) -> order(account, view);
      case UserEvent.Traded(TradeView trade) -> {
        account.trades.add(trade);
        floor.usedTradeId(trade.id());
        floor.usedOrderId(trade.orderId());
      }
      case UserEvent.PositionChanged(PositionView view) -> position(account, view);
      case UserEvent.AccountChanged(AccountView view) -> account.balance = view.balance();
    }
  }

  private void order(Account account, OrderView view) {
    Order order =
        account.orders.computeIfAbsent(
            view.id(),
            id ->
                new Order(
                    id,
                    account.id,
                    view.contract(),
                    view.created(),
                    view.type(),
                    view.side(),
                    view.size(),
                    view.customTag()));
    order.status = view.status();
    order.updated = view.updated();
    order.size = view.size();
    order.filled = view.fillVolume();
    order.limitPrice = view.limitPrice();
    order.stopPrice = view.stopPrice();
    order.trailTicks = view.trailDistance();
    order.parentId = view.parentOrderId();
    order.linkedId = view.linkedOrderId();
    if (view.customTag() != null) {
      account.tags.add(view.customTag());
    }
    if (order.status.finished()) {
      floor.live.remove(order.id);
    } else {
      floor.live.put(order.id, order);
    }
    floor.usedOrderId(order.id);
  }

  private void position(Account account, PositionView view) {
    floor.usedPositionId(view.id());
    account.positions.remove(view.contract().id());
    if (view.size() > 0) {
      Position position =
          new Position(
              view.id(),
              account.id,
              view.contract(),
              view.created(),
              view.type() == 1 ? OrderSide.BUY : OrderSide.SELL);
      position.add(view.size(), view.averagePrice());
      account.positions.put(view.contract().id(), position);
    }
  }
}
