package dev.riskmanager.replay;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The positions that fills lead to, for trades of which nothing else is known. */
final class InferredPositions {
  private static final int SCALE = 9;

  private final Map<ContractId, Held> held = new TreeMap<>();
  private long nextId = 1;

  /**
   * What is held of a contract.
   *
   * @param size signed
   */
  private record Held(long id, long size, BigDecimal average, Instant openedAt) {}

  /** The position after a fill, as the venue would report it. */
  RiskEvent.PositionReported after(Trade fill) {
    long signed = fill.side() == OrderSide.BUY ? fill.size() : -fill.size();
    Held before = held.get(fill.contract());
    long size = (before == null ? 0 : before.size()) + signed;
    if (size == 0) {
      held.remove(fill.contract());
      return new RiskEvent.PositionReported(fill.account(), fill.contract(), Optional.empty());
    }
    Held now = next(before, fill, signed, size);
    held.put(fill.contract(), now);
    return new RiskEvent.PositionReported(
        fill.account(),
        fill.contract(),
        Optional.of(
            new Position(
                now.id(),
                fill.account(),
                fill.contract(),
                size > 0 ? Side.LONG : Side.SHORT,
                Math.abs(size),
                Price.of(now.average()),
                now.openedAt())));
  }

  private Held next(
      @org.jspecify.annotations.Nullable Held before, Trade fill, long signed, long size) {
    BigDecimal price = fill.price().toBigDecimal();
    if (before == null || Long.signum(before.size()) != Long.signum(size)) {
      return new Held(nextId++, size, price, fill.executedAt());
    }
    if (Long.signum(signed) != Long.signum(size)) {
      return new Held(before.id(), size, before.average(), before.openedAt());
    }
    BigDecimal sum =
        before
            .average()
            .multiply(BigDecimal.valueOf(before.size()))
            .add(price.multiply(BigDecimal.valueOf(signed)));
    BigDecimal average =
        sum.divide(BigDecimal.valueOf(size), MathContext.DECIMAL64)
            .setScale(SCALE, RoundingMode.HALF_EVEN);
    return new Held(before.id(), size, average, before.openedAt());
  }
}
