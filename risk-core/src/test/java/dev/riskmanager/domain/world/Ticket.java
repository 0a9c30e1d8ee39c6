package dev.riskmanager.domain.world;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Price;
import java.time.Instant;
import java.util.Optional;

/** An order being written down; a working limit order to buy one contract unless told otherwise. */
public final class Ticket {
  private final World world;
  private final long id;
  private final String symbol;
  private OrderStatus status = OrderStatus.OPEN;
  private OrderType type = OrderType.LIMIT;
  private OrderSide side = OrderSide.BUY;
  private long size = 1;
  private long filled;
  private Optional<Price> limit = Optional.empty();
  private Optional<Price> stop = Optional.empty();
  private Optional<Long> parent = Optional.empty();
  private Instant created;
  private Instant updated;
  private String tag = "";

  Ticket(World world, long id, String symbol) {
    this.world = world;
    this.id = id;
    this.symbol = symbol;
    this.created = world.now();
    this.updated = world.now();
  }

  public Ticket buy(long contracts) {
    side = OrderSide.BUY;
    size = contracts;
    return this;
  }

  public Ticket sell(long contracts) {
    side = OrderSide.SELL;
    size = contracts;
    return this;
  }

  public Ticket stop(String price) {
    type = OrderType.STOP;
    stop = Optional.of(Price.of(price));
    return this;
  }

  public Ticket limit(String price) {
    type = OrderType.LIMIT;
    limit = Optional.of(Price.of(price));
    return this;
  }

  public Ticket type(OrderType value) {
    type = value;
    return this;
  }

  public Ticket filled(long contracts) {
    filled = contracts;
    return this;
  }

  public Ticket status(OrderStatus value) {
    status = value;
    return this;
  }

  public Ticket parent(long value) {
    parent = Optional.of(value);
    return this;
  }

  public Ticket created(String time) {
    created = world.instant(time);
    return this;
  }

  public Ticket updated(String time) {
    updated = world.instant(time);
    return this;
  }

  public Ticket tag(String value) {
    tag = value;
    return this;
  }

  public Order row() {
    return new Order(
        id,
        world.account(),
        World.id(symbol),
        status,
        type,
        side,
        size,
        filled,
        limit,
        stop,
        Optional.empty(),
        parent,
        Optional.empty(),
        created,
        updated,
        tag);
  }

  public World send() {
    return world.send(new RiskEvent.OrderReported(row()));
  }
}
