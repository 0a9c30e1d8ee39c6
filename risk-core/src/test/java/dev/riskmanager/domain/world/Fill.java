package dev.riskmanager.domain.world;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.util.Optional;

/** A half-turn being written down. */
public final class Fill {
  private final World world;
  private final String symbol;
  private final long signedSize;
  private long id;
  private long order;
  private Optional<Money> profitAndLoss = Optional.empty();
  private Money fees = Money.ZERO;
  private Price price = Price.of("20000");
  private Instant executedAt;
  private boolean voided;

  Fill(World world, String symbol, long signedSize) {
    this.world = world;
    this.symbol = symbol;
    this.signedSize = signedSize;
    this.id = world.freshId();
    this.order = world.freshId();
    this.executedAt = world.now();
  }

  public Fill id(long value) {
    id = value;
    return this;
  }

  public Fill order(long value) {
    order = value;
    return this;
  }

  public Fill pnl(String value) {
    profitAndLoss = Optional.of(Money.of(value));
    return this;
  }

  public Fill fees(String value) {
    fees = Money.of(value);
    return this;
  }

  public Fill price(String value) {
    price = Price.of(value);
    return this;
  }

  public Fill executed(String time) {
    executedAt = world.instant(time);
    return this;
  }

  public Fill voided() {
    voided = true;
    return this;
  }

  public Trade row() {
    return new Trade(
        id,
        world.account(),
        World.id(symbol),
        signedSize > 0 ? OrderSide.BUY : OrderSide.SELL,
        Math.abs(signedSize),
        price,
        profitAndLoss,
        fees,
        order,
        executedAt,
        voided);
  }

  public World send() {
    return world.send(new RiskEvent.TradeReported(row()));
  }
}
